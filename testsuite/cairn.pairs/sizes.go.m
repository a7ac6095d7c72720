sizes.go:14:11: make([]int32, 16) does not escape
sizes.go:26:6: moved to heap: a
sizes.go:33:10: new([20000]int32) escapes to heap
sizes.go:39:11: make([]int32, n) escapes to heap
sizes.go:45:11: make([]int32, n) escapes to heap
sizes.go:51:11: make([]int32, n) escapes to heap
sizes.go:57:11: make([]int32, n) escapes to heap
sizes.go:64:11: make([]int32, n) escapes to heap
sizes.go:72:12: make([]int32, i) escapes to heap
sizes.go:10:10: index bounds check elided
