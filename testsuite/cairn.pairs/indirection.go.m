indirection.go:9:2: moved to heap: i
indirection.go:17:2: moved to heap: i
indirection.go:24:30: to does not escape
indirection.go:25:2: moved to heap: i
indirection.go:29:40: to does not escape
indirection.go:29:50: leaking param: p
indirection.go:31:28: to does not escape
indirection.go:31:39: leaking param: p
indirection.go:33:26: to does not escape
indirection.go:33:36: leaking param: p
indirection.go:35:38: leaking param: p
indirection.go:42:22: p does not escape
indirection.go:48:23: p does not escape
indirection.go:53:26: leaking param content: p
indirection.go:58:27: leaking param content: p
indirection.go:58:30: q does not escape
indirection.go:63:23: leaking param: p to result ~r0 level=0
indirection.go:70:29: leaking param content: p
indirection.go:75:17: to does not escape
indirection.go:77:20: to does not escape
indirection.go:77:24: from does not escape
indirection.go:88:2: moved to heap: i
indirection.go:89:10: new(*int) does not escape
indirection.go:95:2: moved to heap: i
indirection.go:96:10: new(*int) does not escape
indirection.go:102:2: moved to heap: i
indirection.go:109:2: moved to heap: i
indirection.go:115:24: a does not escape
indirection.go:115:27: b does not escape
indirection.go:115:36: leaking param: p
indirection.go:123:25: leaking param: p to result ~r0 level=1
