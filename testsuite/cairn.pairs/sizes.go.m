sizes.go:14:11: make([]int32, 16) does not escape
sizes.go:26:6: moved to heap: a
sizes.go:45:6: moved to heap: a
sizes.go:51:6: moved to heap: a
sizes.go:52:2: moved to heap: i
sizes.go:58:6: moved to heap: s
sizes.go:70:7: moved to heap: a
sizes.go:80:6: moved to heap: a
sizes.go:87:6: moved to heap: a
sizes.go:88:7: func literal does not escape
sizes.go:94:7: &[20000]int32{...} escapes to heap
sizes.go:99:7: &[16384]int32{...} does not escape
sizes.go:108:11: make([]byte, 70000) escapes to heap
sizes.go:114:11: make([]byte, 65535) does not escape
sizes.go:120:10: new([20000]int32) escapes to heap
sizes.go:126:11: make([]int32, n) escapes to heap
sizes.go:132:11: make([]int32, n) escapes to heap
sizes.go:138:11: make([]int32, n) escapes to heap
sizes.go:144:11: make([]int32, n) escapes to heap
sizes.go:151:11: make([]int32, n) escapes to heap
sizes.go:159:12: make([]int32, i) escapes to heap
sizes.go:10:10: index bounds check elided
sizes.go:40:9: index bounds check elided
sizes.go:72:4: index bounds check elided
sizes.go:73:4: index bounds check elided
sizes.go:74:11: index bounds check elided
sizes.go:74:21: index bounds check elided
