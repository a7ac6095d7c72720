scopes.go:21:3: moved to heap: x
scopes.go:37:2: moved to heap: y
scopes.go:40:3: moved to heap: x
scopes.go:60:3: moved to heap: x
scopes.go:66:2: moved to heap: a
scopes.go:66:5: moved to heap: b
scopes.go:78:18: leaking param: p to result ~r0 level=0
scopes.go:78:21: leaking param: q to result ~r0 level=0
scopes.go:86:24: p does not escape
scopes.go:86:27: q does not escape
scopes.go:103:29: leaking param: p
scopes.go:104:2: moved to heap: a
scopes.go:112:19: p does not escape
scopes.go:122:2: moved to heap: x
scopes.go:128:17: leaking param: p to result ~r0 level=0
scopes.go:135:19: leaking param: p
scopes.go:141:26: p does not escape
