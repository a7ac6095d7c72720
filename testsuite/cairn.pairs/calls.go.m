calls.go:12:14: leaking param: p
calls.go:13:21: leaking param: p
calls.go:17:2: moved to heap: x
calls.go:21:24: leaking param: p
calls.go:23:25: leaking param content: p
calls.go:25:23: p does not escape
calls.go:26:2: moved to heap: x
calls.go:30:21: leaking param: p
calls.go:33:2: moved to heap: x
calls.go:37:26: f does not escape
calls.go:38:2: moved to heap: x
calls.go:42:36: f does not escape
calls.go:42:42: leaking param: p
calls.go:44:15: o does not escape
calls.go:44:23: leaking param: p
calls.go:46:24: leaking param content: o
calls.go:48:11: leaking param: p to result ~r0 level=0
calls.go:50:11: leaking param: p
calls.go:52:11: p does not escape
calls.go:60:2: moved to heap: x
calls.go:65:2: moved to heap: x
calls.go:74:15: leaking param: p to result ~r0 level=0
calls.go:76:23: leaking param: p
calls.go:78:32: leaking param content: p
calls.go:80:32: leaking param: p to result ~r0 level=1
calls.go:82:33: leaking param: p to result ~r0 level=0
calls.go:87:21: p does not escape
calls.go:87:24: q does not escape
calls.go:94:17: leaking param: p
calls.go:94:20: q does not escape
calls.go:97:2: moved to heap: x
calls.go:105:27: leaking param: p to result ~r0 level=0
calls.go:101:33: leaking param: p to result ~r0 level=0
calls.go:107:18: leaking param: p
calls.go:125:2: moved to heap: x
calls.go:125:5: moved to heap: y
calls.go:133:21: leaking param: o
calls.go:142:2: moved to heap: x
