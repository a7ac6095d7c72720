gotos.go:27:3: moved to heap: x
gotos.go:39:3: moved to heap: x
gotos.go:88:2: moved to heap: x
gotos.go:100:26: leaking param: q to result ~r0 level=0
gotos.go:101:2: moved to heap: x
gotos.go:115:4: moved to heap: x
gotos.go:130:10: new(int) escapes to heap
gotos.go:144:4: moved to heap: x
