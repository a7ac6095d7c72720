globals.go:18:10: leaking param: p
globals.go:20:18: leaking param: p
globals.go:26:18: leaking param: p
globals.go:29:2: moved to heap: x
globals.go:34:2: moved to heap: x
globals.go:38:16: leaking param: p
globals.go:40:27: leaking param: p
globals.go:42:18: leaking param: p
globals.go:44:17: leaking param: n
globals.go:46:24: leaking param content: n
globals.go:48:13: leaking param: p
globals.go:49:10: new(node) escapes to heap
globals.go:56:2: moved to heap: x
globals.go:60:18: leaking param: n
globals.go:66:6: moved to heap: n
globals.go:72:6: moved to heap: n
globals.go:87:31: leaking param: q
globals.go:93:2: moved to heap: x
globals.go:103:20: leaking param: p
globals.go:109:19: leaking param: p
globals.go:117:15: p does not escape
globals.go:42:40: index bounds check elided
