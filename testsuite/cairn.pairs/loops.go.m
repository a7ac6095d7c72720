loops.go:26:3: moved to heap: x
loops.go:43:3: moved to heap: x
loops.go:53:4: moved to heap: x
loops.go:80:6: moved to heap: i
loops.go:96:3: moved to heap: x
loops.go:107:3: moved to heap: x
loops.go:108:3: moved to heap: p
loops.go:117:3: moved to heap: x
loops.go:126:11: new(int) escapes to heap
loops.go:135:11: new(int) does not escape
loops.go:144:8: &node{...} escapes to heap
loops.go:153:3: moved to heap: n
loops.go:159:13: leaking param: list to result ~r0 level=0
loops.go:167:14: list does not escape
loops.go:179:3: moved to heap: x
loops.go:192:3: moved to heap: x
loops.go:211:24: leaking param: p
loops.go:214:3: moved to heap: q
