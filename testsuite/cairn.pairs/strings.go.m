strings.go:12:11: leaking param: s to result ~r0 level=0
strings.go:14:11: leaking param: s to result ~r0 level=0
strings.go:16:13: leaking param: a to result ~r0 level=0
strings.go:16:16: leaking param: b to result ~r0 level=0
strings.go:23:11: leaking param: s
strings.go:25:12: s does not escape
strings.go:27:22: s does not escape
strings.go:33:14: moved to heap: s
strings.go:35:11: leaking param: n to result ~r0 level=1
strings.go:37:16: leaking param content: n
strings.go:39:14: n does not escape
strings.go:39:25: leaking param: s
strings.go:41:12: leaking param: s
strings.go:42:10: new(named_) escapes to heap
strings.go:47:20: s does not escape
strings.go:55:20: leaking param: s
