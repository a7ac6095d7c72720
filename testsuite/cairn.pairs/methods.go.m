methods.go:18:19: leaking param: m
methods.go:20:7: t does not escape
methods.go:22:7: leaking param: t to result ~r0 level=1
methods.go:24:7: leaking param: t to result ~r0 level=0
methods.go:26:7: leaking param: t to result ~r0 level=0
methods.go:28:7: leaking param: t
methods.go:30:7: leaking param content: t
methods.go:32:7: t does not escape
methods.go:32:17: leaking param: p
methods.go:34:7: t does not escape
methods.go:36:7: leaking param: t to result ~r0 level=0
methods.go:36:18: leaking param: p
methods.go:41:7: leaking param: t
methods.go:41:19: child does not escape
methods.go:43:7: leaking param: t to result ~r0 level=0
methods.go:52:2: moved to heap: t
methods.go:62:2: moved to heap: t
methods.go:73:2: moved to heap: i
methods.go:79:12: leaking param: t to result ~r0 level=1
methods.go:82:2: moved to heap: i
methods.go:87:15: leaking param: p
methods.go:88:10: new(T) escapes to heap
methods.go:92:24: leaking param: t
methods.go:94:27: leaking param: t
methods.go:97:2: moved to heap: t
methods.go:101:26: leaking param: t
methods.go:106:17: t does not escape
methods.go:108:15: leaking param: t to result ~r0 level=1
methods.go:111:10: new(T) does not escape
methods.go:117:10: new(T) escapes to heap
