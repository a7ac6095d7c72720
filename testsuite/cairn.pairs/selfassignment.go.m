selfassignment.go:19:25: leaking param: b
selfassignment.go:21:32: advanced ignoring self-assignment in b.p = b.p[1:]
selfassignment.go:21:15: b does not escape
selfassignment.go:23:24: leaking param: b
selfassignment.go:25:41: field_to_field ignoring self-assignment in b.pair.p1 = b.pair.p2
selfassignment.go:25:21: b does not escape
selfassignment.go:28:23: fields_exchanged ignoring self-assignment in b.pair.p1, b.pair.p2 = b.pair.p2, b.pair.p1
selfassignment.go:28:23: fields_exchanged ignoring self-assignment in b.pair.p1, b.pair.p2 = b.pair.p2, b.pair.p1
selfassignment.go:27:23: b does not escape
selfassignment.go:31:32: b does not escape
selfassignment.go:31:35: leaking param content: c
selfassignment.go:33:36: field_to_itself ignoring self-assignment in b.p = b.p
selfassignment.go:33:22: b does not escape
selfassignment.go:35:19: leaking param content: b
selfassignment.go:37:29: leaking param: b
selfassignment.go:40:12: kept_after_self_assignment ignoring self-assignment in b.pair.p1 = b.pair.p2
selfassignment.go:39:33: leaking param content: b
selfassignment.go:46:12: kept_before_self_assignment ignoring self-assignment in b.pair.p1 = b.pair.p2
selfassignment.go:44:34: leaking param content: b
selfassignment.go:51:12: local_to_itself ignoring self-assignment in b.pair.p1 = b.pair.p2
selfassignment.go:57:6: moved to heap: b
selfassignment.go:63:42: integers_exchanged ignoring self-assignment in b.a[0] = b.a[1]
selfassignment.go:63:25: b does not escape
selfassignment.go:65:40: struct_to_struct ignoring self-assignment in b.pair = b.other
selfassignment.go:65:23: b does not escape
selfassignment.go:67:34: b does not escape
selfassignment.go:67:37: leaking param content: c
selfassignment.go:71:24: leaking param content: b
selfassignment.go:79:26: leaking param content: b
selfassignment.go:87:14: leaking param content: b
selfassignment.go:87:17: leaking param content: c
