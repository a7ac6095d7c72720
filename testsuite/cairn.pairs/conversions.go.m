conversions.go:16:14: leaking param: p to result ~r0 level=0
conversions.go:18:16: leaking param: p to result ~r0 level=0
conversions.go:20:19: leaking param: p
conversions.go:23:2: moved to heap: i
conversions.go:33:28: leaking param: p to result ~r0 level=0
conversions.go:37:22: leaking param: p to result ~r0 level=0
conversions.go:41:22: p does not escape
conversions.go:43:17: p does not escape
conversions.go:45:15: p does not escape
conversions.go:47:19: leaking param: a to result ~r0 level=0
conversions.go:49:28: leaking param: a to result ~r0 level=1
conversions.go:51:33: leaking param content: a
conversions.go:54:2: moved to heap: i
conversions.go:69:19: leaking param: to
conversions.go:69:29: leaking param: p
conversions.go:73:18: leaking param: from
conversions.go:77:22: leaking param: at
conversions.go:77:32: leaking param: p
conversions.go:81:21: leaking param: at
conversions.go:81:31: leaking param: old
conversions.go:81:36: leaking param: p
conversions.go:85:17: leaking param: p
conversions.go:87:26: leaking param: p
conversions.go:92:2: moved to heap: i
conversions.go:96:25: p does not escape
conversions.go:96:28: q does not escape
