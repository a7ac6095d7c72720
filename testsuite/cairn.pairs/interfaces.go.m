interfaces.go:18:7: data does not escape
interfaces.go:20:7: leaking param: data to result ~r0 level=0
interfaces.go:22:11: leaking param: s
interfaces.go:24:19: leaking param: s
interfaces.go:26:21: leaking param: s to result ~r0 level=0
interfaces.go:28:21: s does not escape
interfaces.go:30:29: n escapes to heap
interfaces.go:33:14: n + 1 does not escape
interfaces.go:38:20: leaking param: p
interfaces.go:41:2: moved to heap: i
interfaces.go:52:27: leaking param: a
interfaces.go:58:29: leaking param: a to result ~r0 level=0
interfaces.go:65:30: a does not escape
interfaces.go:79:2: moved to heap: i
interfaces.go:85:2: moved to heap: i
interfaces.go:90:25: leaking param: p to result ~r0 level=0
interfaces.go:92:29: leaking param: s
interfaces.go:94:26: leaking param: s
interfaces.go:96:24: moved to heap: a
interfaces.go:98:26: leaking param: sq
interfaces.go:110:6: moved to heap: sq
