closures.go:11:11: leaking param: f
closures.go:14:2: moved to heap: n
closures.go:15:10: func literal escapes to heap
closures.go:24:10: func literal does not escape
closures.go:32:2: moved to heap: n
closures.go:33:10: func literal escapes to heap
closures.go:41:2: moved to heap: n
closures.go:42:10: func literal escapes to heap
closures.go:49:11: f does not escape
closures.go:53:10: func literal does not escape
closures.go:60:21: leaking param: f to result ~r0 level=0
closures.go:63:2: moved to heap: n
closures.go:64:10: func literal escapes to heap
closures.go:72:2: moved to heap: n
closures.go:73:10: func literal does not escape
closures.go:81:2: moved to heap: n
closures.go:82:9: func literal does not escape
closures.go:91:10: func literal does not escape
closures.go:97:25: moved to heap: n
closures.go:98:10: func literal escapes to heap
closures.go:106:10: func literal does not escape
closures.go:113:26: leaking param: p
closures.go:114:15: leaking param: q
closures.go:114:10: func literal does not escape
closures.go:118:32: p does not escape
closures.go:119:15: q does not escape
closures.go:119:10: func literal does not escape
closures.go:123:35: leaking param: p to result ~r0 level=0
closures.go:124:14: leaking param: q
closures.go:124:9: func literal does not escape
closures.go:127:30: leaking param: p
closures.go:128:10: func literal does not escape
closures.go:132:33: p does not escape
closures.go:133:10: func literal does not escape
closures.go:137:32: leaking param: p to result ~r0 level=0
closures.go:138:9: func literal does not escape
closures.go:141:32: q does not escape
closures.go:143:9: func literal does not escape
closures.go:149:2: moved to heap: n
closures.go:150:11: func literal does not escape
closures.go:151:11: func literal escapes to heap
closures.go:161:9: func literal escapes to heap
closures.go:167:15: leaking param: q
closures.go:166:2: moved to heap: x
closures.go:167:10: func literal does not escape
closures.go:173:15: q does not escape
closures.go:173:10: func literal does not escape
closures.go:178:2: moved to heap: n
closures.go:179:8: func literal escapes to heap
closures.go:180:10: func literal does not escape
