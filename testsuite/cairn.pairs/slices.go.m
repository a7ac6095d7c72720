slices.go:12:11: make([]int, 10) escapes to heap
slices.go:18:11: make([]int, 10) does not escape
slices.go:24:11: make([]int, n) escapes to heap
slices.go:29:2: moved to heap: a
slices.go:39:15: leaking param: s to result ~r0 level=0
slices.go:41:25: leaking param: s to result ~r0 level=0
slices.go:43:14: s does not escape
slices.go:45:22: leaking param: s to result ~r0 level=1
slices.go:47:29: leaking param content: s
slices.go:49:18: s does not escape
slices.go:51:26: s does not escape
slices.go:51:36: leaking param: p
slices.go:53:19: leaking param: s
slices.go:55:31: leaking param: s
slices.go:57:13: s does not escape
slices.go:59:19: s does not escape
slices.go:61:20: s does not escape
slices.go:70:30: leaking param content: s
slices.go:72:29: moved to heap: s
slices.go:83:2: moved to heap: i
slices.go:91:2: moved to heap: i
slices.go:92:24: []*int{...} escapes to heap
slices.go:95:13: to does not escape
slices.go:95:17: from does not escape
slices.go:97:22: to does not escape
slices.go:97:26: leaking param content: from
slices.go:99:19: leaking param: a to result ~r0 level=0
slices.go:99:22: leaking param: b to result ~r0 level=0
slices.go:106:24: leaking param: a to result ~r0 level=0
slices.go:108:10: s does not escape
slices.go:122:2: moved to heap: a
