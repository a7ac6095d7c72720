recursion.go:17:13: leaking param: p to result ~r0 level=0
recursion.go:24:19: p does not escape
recursion.go:31:19: leaking param: p
recursion.go:39:17: p does not escape
recursion.go:48:2: moved to heap: x
recursion.go:55:11: leaking param: p
recursion.go:62:11: leaking param: p
recursion.go:64:11: p does not escape
recursion.go:71:10: p does not escape
recursion.go:79:2: moved to heap: x
recursion.go:84:2: moved to heap: x
recursion.go:88:12: t does not escape
recursion.go:95:15: leaking param: t to result ~r0 level=1
recursion.go:102:20: leaking param: t to result ~r0 level=0
recursion.go:109:15: leaking param content: t
recursion.go:119:10: new(tree) escapes to heap
recursion.go:127:16: p does not escape
recursion.go:127:19: q does not escape
recursion.go:134:25: leaking param: p to result ~r0 level=0
recursion.go:134:28: leaking param: q to result ~r0 level=0
recursion.go:141:22: up does not escape
recursion.go:152:27: leaking param: up
recursion.go:153:2: moved to heap: here
