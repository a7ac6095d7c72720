params.go:7:15: leaking param: p to result ~r0 level=0
params.go:9:13: p does not escape
params.go:11:16: p does not escape
params.go:13:14: p does not escape
params.go:15:13: leaking param: p
params.go:17:21: leaking param content: p
params.go:19:32: leaking param content: p
params.go:21:27: p does not escape
params.go:21:37: n does not escape
params.go:23:23: leaking param: p to result ~r0 level=1
params.go:25:34: leaking param: p to result ~r0 level=2
params.go:27:26: leaking param: p to result ~r0 level=0
params.go:27:29: leaking param: q to result ~r0 level=0
params.go:34:22: p does not escape
params.go:34:25: leaking param: q to result ~r0 level=0
params.go:36:26: leaking param: p
params.go:41:41: leaking param: p
params.go:41:50: out does not escape
params.go:47:30: leaking param content: p
params.go:47:30: leaking param: p to result ~r0 level=0
params.go:52:23: moved to heap: p
params.go:54:21: moved to heap: p
params.go:56:31: moved to heap: n
params.go:58:20: p does not escape
params.go:63:34: leaking param: p to result ~r0 level=0
params.go:68:29: leaking param: p to result ~r0 level=0
params.go:68:32: leaking param: q to result ~r0 level=0
params.go:73:15: p does not escape
params.go:73:18: q does not escape
params.go:75:17: to does not escape
params.go:75:27: leaking param: p
params.go:77:25: to does not escape
params.go:77:29: leaking param content: from
params.go:79:14: leaking param content: p
params.go:79:17: leaking param content: q
params.go:81:21: p does not escape
params.go:81:24: q does not escape
params.go:83:23: leaking param: p
params.go:89:16: leaking param: p to result ~r0 level=0
params.go:105:2: moved to heap: x
params.go:115:2: moved to heap: x
params.go:120:2: moved to heap: x
params.go:131:5: moved to heap: y
params.go:136:2: moved to heap: x
