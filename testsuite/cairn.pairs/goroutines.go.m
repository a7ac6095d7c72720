goroutines.go:11:10: p does not escape
goroutines.go:16:14: leaking param: p
goroutines.go:19:2: moved to heap: x
goroutines.go:25:3: moved to heap: x
goroutines.go:30:27: leaking param content: p
goroutines.go:37:11: p does not escape
goroutines.go:39:11: leaking param: p
goroutines.go:48:2: moved to heap: x
goroutines.go:53:11: c does not escape
goroutines.go:53:24: leaking param: p
goroutines.go:55:17: c does not escape
goroutines.go:56:2: moved to heap: x
goroutines.go:60:19: c does not escape
goroutines.go:60:32: leaking param content: p
goroutines.go:62:15: c does not escape
goroutines.go:64:21: c does not escape
goroutines.go:66:10: m does not escape
goroutines.go:66:33: leaking param: p
goroutines.go:68:14: m does not escape
goroutines.go:68:37: leaking param: p
goroutines.go:70:16: m does not escape
goroutines.go:71:2: moved to heap: x
goroutines.go:75:20: m does not escape
goroutines.go:76:2: moved to heap: x
goroutines.go:80:16: m does not escape
goroutines.go:82:16: m does not escape
goroutines.go:82:32: p does not escape
goroutines.go:87:42: make(map[int]*int) escapes to heap
goroutines.go:90:11: make(map[int]*int) does not escape
