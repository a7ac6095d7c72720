results.go:14:2: moved to heap: x
results.go:19:2: moved to heap: x
results.go:24:24: leaking param: q to result ~r0 level=0
results.go:25:2: moved to heap: x
results.go:32:27: leaking param: p to result r level=0
results.go:38:2: moved to heap: x
results.go:43:18: leaking param: p to result ~r0 level=0
results.go:43:21: leaking param: q to result ~r0 level=0
results.go:48:18: leaking param: p to result ~r0 level=0
results.go:50:26: leaking param: p to result ~r0 level=1
results.go:52:25: leaking param: p to result ~r0 level=0
results.go:60:2: moved to heap: x
results.go:65:38: leaking param: p to result ~r0 level=0
results.go:66:2: moved to heap: x
results.go:76:22: leaking param: p to result ~r0 level=0
results.go:79:2: moved to heap: x
results.go:88:23: leaking param: p to result ~r0 level=0
results.go:90:24: leaking param: p to result ~r0 level=0
results.go:91:2: moved to heap: x
results.go:95:23: leaking param: p to result ~r0 level=0
results.go:100:2: moved to heap: x
results.go:115:2: moved to heap: x
results.go:121:2: moved to heap: x
results.go:125:17: p does not escape
results.go:125:20: q does not escape
