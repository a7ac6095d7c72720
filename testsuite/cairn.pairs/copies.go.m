copies.go:8:19: to does not escape
copies.go:8:23: from does not escape
copies.go:10:18: to does not escape
copies.go:10:22: from does not escape
copies.go:19:22: to does not escape
copies.go:19:26: leaking param content: from
copies.go:29:2: moved to heap: i
copies.go:35:17: s does not escape
copies.go:36:11: make([]byte, len(s)) escapes to heap
copies.go:41:24: s does not escape
copies.go:41:27: t does not escape
copies.go:42:11: make([]byte, len(s) + len(t)) escapes to heap
copies.go:48:24: s does not escape
copies.go:49:11: make([]byte, len(s)) escapes to heap
copies.go:54:26: leaking param content: s
copies.go:55:11: make([]*int32, len(s)) escapes to heap
copies.go:60:15: a does not escape
copies.go:60:18: b does not escape
copies.go:75:12: leaking param: s to result ~r0 level=0
copies.go:84:14: s does not escape
copies.go:90:11: leaking param: s
copies.go:92:12: s does not escape
copies.go:94:19: to does not escape
copies.go:94:23: from does not escape
