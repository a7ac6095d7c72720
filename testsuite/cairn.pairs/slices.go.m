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
slices.go:59:20: s does not escape
slices.go:68:23: s does not escape
slices.go:75:20: a does not escape
slices.go:75:23: b does not escape
slices.go:82:19: s does not escape
slices.go:84:20: s does not escape
slices.go:93:30: leaking param content: s
slices.go:95:29: moved to heap: s
slices.go:106:2: moved to heap: i
slices.go:114:2: moved to heap: i
slices.go:115:24: []*int{...} escapes to heap
slices.go:118:13: to does not escape
slices.go:118:17: from does not escape
slices.go:120:22: to does not escape
slices.go:120:26: leaking param content: from
slices.go:122:19: leaking param: a to result ~r0 level=0
slices.go:122:22: leaking param: b to result ~r0 level=0
slices.go:129:24: leaking param: a to result ~r0 level=0
slices.go:131:10: s does not escape
slices.go:145:2: moved to heap: a
