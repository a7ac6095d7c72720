varargs.go:8:17: leaking param content: ps
varargs.go:10:22: ps does not escape
varargs.go:12:15: leaking param: ps
varargs.go:14:21: leaking param: ps to result ~r0 level=1
varargs.go:16:30: leaking param: ps to result ~r0 level=0
varargs.go:19:2: moved to heap: i
varargs.go:20:12: ... argument does not escape
varargs.go:25:24: ... argument does not escape
varargs.go:29:2: moved to heap: i
varargs.go:30:10: ... argument escapes to heap
varargs.go:34:2: moved to heap: i
varargs.go:35:23: ... argument does not escape
varargs.go:40:24: ... argument does not escape
varargs.go:44:2: moved to heap: i
varargs.go:45:32: ... argument escapes to heap
varargs.go:48:30: leaking param: p
varargs.go:48:50: ... argument does not escape
varargs.go:50:35: p does not escape
varargs.go:50:71: ... argument does not escape
varargs.go:52:27: leaking param content: ps
varargs.go:54:37: ps does not escape
varargs.go:60:23: leaking param content: _list
varargs.go:62:28: _list does not escape
varargs.go:64:27: leaking param: _list to result ~r0 level=1
varargs.go:67:2: moved to heap: i
varargs.go:67:5: moved to heap: k
varargs.go:68:11: ... argument does not escape
varargs.go:73:23: ... argument does not escape
varargs.go:77:2: moved to heap: i
varargs.go:77:5: moved to heap: k
varargs.go:78:22: ... argument does not escape
varargs.go:83:23: ... argument does not escape
varargs.go:86:29: leaking param: p
varargs.go:86:32: leaking param: q
varargs.go:86:51: ... argument does not escape
varargs.go:88:34: p does not escape
varargs.go:88:37: q does not escape
varargs.go:89:23: ... argument does not escape
varargs.go:92:33: leaking param: p to result ~r0 level=0
varargs.go:92:36: leaking param: q to result ~r0 level=0
varargs.go:93:22: ... argument does not escape
