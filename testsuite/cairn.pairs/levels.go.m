levels.go:12:2: moved to heap: i
levels.go:17:2: moved to heap: i
levels.go:18:2: moved to heap: p
levels.go:23:2: moved to heap: i
levels.go:24:2: moved to heap: p
levels.go:25:2: moved to heap: q
levels.go:30:2: moved to heap: i
levels.go:37:2: moved to heap: i
levels.go:45:2: moved to heap: i
levels.go:46:2: moved to heap: p
levels.go:69:2: moved to heap: i
levels.go:77:2: moved to heap: i
levels.go:84:2: moved to heap: i
levels.go:85:2: moved to heap: p
levels.go:98:33: leaking param: p to result ~r0 level=0
levels.go:104:35: moved to heap: p
levels.go:110:35: leaking param content: p
levels.go:115:29: leaking param: p to result ~r0 level=4
levels.go:117:28: leaking param: p to result ~r0 level=5
levels.go:119:36: leaking param content: p
levels.go:121:27: p does not escape
levels.go:123:26: leaking param: p to result ~r0 level=1
levels.go:125:19: leaking param: p to result ~r0 level=1
levels.go:125:29: leaking param: q to result ~r0 level=0
levels.go:132:22: leaking param: p to result ~r0 level=0
levels.go:144:26: leaking param: p to result ~r0 level=1
levels.go:152:10: new(*int) escapes to heap
levels.go:153:10: new(int) escapes to heap
levels.go:160:10: new(int) does not escape
levels.go:166:10: new(int) escapes to heap
levels.go:173:2: moved to heap: q
levels.go:173:10: new(int) escapes to heap
