structs.go:19:12: leaking param: u to result ~r0 level=0
structs.go:21:23: leaking param: u to result ~r0 level=1
structs.go:23:23: leaking param: u to result ~r0 level=1
structs.go:25:34: leaking param: u to result ~r0 level=2
structs.go:27:34: leaking param: u to result ~r0 level=0
structs.go:29:23: moved to heap: u
structs.go:31:17: leaking param: u
structs.go:33:28: leaking param content: u
structs.go:35:28: leaking param content: u
structs.go:37:39: leaking param content: u
structs.go:39:21: u does not escape
structs.go:41:11: leaking param: a to result ~r0 level=0
structs.go:43:22: leaking param: a to result ~r0 level=0
structs.go:45:13: leaking param: a to result ~r0 level=1
structs.go:47:14: moved to heap: a
structs.go:49:22: leaking param: v to result ~r0 level=0
structs.go:51:26: leaking param: v to result ~r0 level=1
structs.go:53:33: leaking param: v to result ~r0 level=1
structs.go:55:37: leaking param: v to result ~r0 level=2
structs.go:57:20: leaking param: v to result ~r0 level=0
structs.go:59:22: leaking param: v to result ~r0 level=0
structs.go:61:23: leaking param: w to result ~r0 level=0
structs.go:63:34: leaking param: w to result ~r0 level=1
structs.go:72:23: moved to heap: i
structs.go:82:2: moved to heap: i
structs.go:95:2: moved to heap: i
structs.go:101:2: moved to heap: i
structs.go:108:2: moved to heap: i
structs.go:109:2: moved to heap: u
structs.go:120:2: moved to heap: i
structs.go:125:11: leaking param: p to result ~r0 level=0
structs.go:132:15: leaking param: p
structs.go:133:10: new(u) escapes to heap
structs.go:138:19: leaking param: p
structs.go:138:39: &u{...} escapes to heap
structs.go:140:23: p does not escape
structs.go:141:10: new(u) does not escape
