fields.go:16:2: moved to heap: i
fields.go:23:2: moved to heap: i
fields.go:37:6: moved to heap: x
fields.go:48:2: moved to heap: i
fields.go:55:2: moved to heap: i
fields.go:70:29: leaking param content: x
fields.go:72:37: leaking param: x
fields.go:74:31: leaking param: x to result ~r0 level=1
fields.go:76:39: leaking param: x to result ~r0 level=0
fields.go:78:28: x does not escape
fields.go:80:36: leaking param content: z
fields.go:82:37: leaking param content: z
fields.go:84:30: leaking param: x to result ~r0 level=1
fields.go:89:2: moved to heap: i
fields.go:90:6: moved to heap: x
fields.go:97:2: moved to heap: i
fields.go:105:2: moved to heap: i
fields.go:106:11: &x{...} escapes to heap
fields.go:111:7: &x{...} does not escape
fields.go:116:2: moved to heap: i
fields.go:117:7: &x{...} does not escape
fields.go:122:2: moved to heap: i
fields.go:123:10: new(x) escapes to heap
fields.go:135:30: leaking param: y to result ~r0 level=1
fields.go:137:18: a does not escape
fields.go:137:21: leaking param content: b
fields.go:139:22: a does not escape
fields.go:139:25: leaking param content: b
fields.go:141:20: a does not escape
fields.go:141:23: leaking param: b
fields.go:143:22: a does not escape
