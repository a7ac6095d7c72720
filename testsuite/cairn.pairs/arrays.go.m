arrays.go:12:2: moved to heap: i
arrays.go:19:2: moved to heap: i
arrays.go:33:2: moved to heap: i
arrays.go:40:6: moved to heap: a
arrays.go:51:2: moved to heap: i
arrays.go:52:2: moved to heap: a
arrays.go:56:14: leaking param: a to result ~r0 level=0
arrays.go:56:17: leaking param: b to result ~r0 level=0
arrays.go:58:23: leaking param: a to result ~r0 level=1
arrays.go:58:26: leaking param: b to result ~r0 level=1
arrays.go:60:20: leaking param: a to result ~r0 level=0
arrays.go:61:2: moved to heap: i
arrays.go:65:26: a does not escape
arrays.go:71:33: leaking param: p to result ~r0 level=0
arrays.go:73:34: leaking param: a to result ~r0 level=1
arrays.go:75:36: leaking param: a to result ~r0 level=0
arrays.go:77:32: a does not escape
arrays.go:77:44: leaking param: p
arrays.go:79:20: a does not escape
arrays.go:81:23: leaking param: a to result ~r0 level=0
arrays.go:84:2: moved to heap: i
arrays.go:98:2: moved to heap: i
arrays.go:111:19: leaking param: p
arrays.go:116:2: moved to heap: i
arrays.go:121:2: moved to heap: a
arrays.go:35:3: index bounds check elided
arrays.go:36:10: index bounds check elided
