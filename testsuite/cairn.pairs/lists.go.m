lists.go:14:11: leaking param: n to result ~r0 level=1
lists.go:16:11: leaking param: n to result ~r0 level=1
lists.go:18:19: leaking param: n to result ~r0 level=2
lists.go:20:16: leaking param content: n
lists.go:22:24: leaking param content: n
lists.go:24:16: leaking param content: n
lists.go:26:11: leaking param: n to result ~r0 level=0
lists.go:33:19: leaking param: n to result ~r0 level=1
lists.go:40:20: leaking param content: n
lists.go:46:11: leaking param: rest
lists.go:46:23: leaking param: data
lists.go:47:10: new(node) escapes to heap
lists.go:53:19: leaking param: rest
lists.go:53:31: leaking param: data
lists.go:54:9: &node{...} escapes to heap
lists.go:66:2: moved to heap: i
lists.go:67:2: moved to heap: a
lists.go:68:2: moved to heap: b
lists.go:74:2: moved to heap: i
lists.go:80:15: leaking param content: at
lists.go:80:19: leaking param: n
lists.go:85:14: leaking param content: before
lists.go:87:15: leaking param: n
lists.go:98:15: l does not escape
lists.go:98:24: leaking param: n
lists.go:103:12: leaking param content: l
lists.go:103:12: leaking param: l to result ~r0 level=1
lists.go:109:10: l does not escape
lists.go:124:13: leaking param: a
lists.go:124:16: leaking param: b
lists.go:130:10: new(ring) does not escape
lists.go:135:10: new(ring) escapes to heap
lists.go:141:19: leaking param: n to result ~r0 level=0
lists.go:148:17: leaking param: l to result ~r0 level=0
lists.go:150:18: leaking param content: slot
lists.go:150:31: leaking param: n
lists.go:155:22: n does not escape
lists.go:155:25: m does not escape
