copies.go:8:19: to does not escape
copies.go:8:23: from does not escape
copies.go:10:18: to does not escape
copies.go:10:22: from does not escape
copies.go:19:22: to does not escape
copies.go:19:26: leaking param content: from
copies.go:29:2: moved to heap: i
copies.go:35:17: s does not escape
copies.go:36:11: make([]byte, len(s)) escapes to heap
copies.go:41:15: a does not escape
copies.go:41:18: b does not escape
copies.go:56:12: leaking param: s to result ~r0 level=0
copies.go:65:14: s does not escape
copies.go:71:11: leaking param: s
copies.go:73:12: s does not escape
copies.go:75:19: to does not escape
copies.go:75:23: from does not escape
