outparams.go:13:18: out does not escape
outparams.go:13:29: leaking param: p
outparams.go:15:14: out does not escape
outparams.go:16:10: new(int) escapes to heap
outparams.go:21:16: out does not escape
outparams.go:22:2: moved to heap: x
outparams.go:26:16: out does not escape
outparams.go:28:22: out does not escape
outparams.go:30:12: c does not escape
outparams.go:30:24: leaking param: buffer
outparams.go:35:18: c does not escape
outparams.go:35:30: leaking param: parent
outparams.go:37:17: c does not escape
outparams.go:37:29: leaking param: buffer
outparams.go:39:22: c does not escape
outparams.go:39:34: leaking param content: other
outparams.go:60:2: moved to heap: buffer
outparams.go:67:2: moved to heap: buffer
outparams.go:68:6: moved to heap: c
outparams.go:74:2: moved to heap: buffer
outparams.go:80:26: leaking param: buffer
outparams.go:86:24: c does not escape
outparams.go:87:2: moved to heap: buffer
outparams.go:91:39: c does not escape
outparams.go:91:51: leaking param: buffer
outparams.go:95:15: leaking param: buffer
outparams.go:96:10: new(context) escapes to heap
outparams.go:102:2: moved to heap: parent
outparams.go:114:15: a does not escape
outparams.go:114:18: b does not escape
outparams.go:114:27: leaking param: p
outparams.go:114:30: leaking param: q
outparams.go:119:21: out does not escape
outparams.go:119:32: leaking param: p
outparams.go:119:35: leaking param: q to result ~r0 level=0
outparams.go:124:17: out does not escape
outparams.go:124:29: leaking param: p
outparams.go:126:18: out does not escape
outparams.go:126:23: leaking param content: p
