// Structs given and returned, by value and by pointer.
package pairs

type u struct {
	p, q *int
	pp   **int
}
type v struct {
	u  u
	pu *u
}
type w struct{ a [2]u }
type integers struct{ a, b, c int }

var sink *int
var sink2 **int
var sink_u *u

func field(u u) *int { return u.p }

func field_by_pointer(u *u) *int { return u.p }

func content_of_field(u u) *int { return *u.pp }

func content_of_field_by_pointer(u *u) *int { return *u.pp }

func address_of_field_by_pointer(u *u) **int { return &u.p }

func address_of_field(u u) **int { return &u.p }

func field_kept(u u) { sink = u.p }

func content_of_field_kept(u u) { sink = *u.pp }

func field_kept_by_pointer(u *u) { sink = u.p }

func content_of_field_kept_by_pointer(u *u) { sink = *u.pp }

func value_of_field(u u) int { return *u.p + **u.pp }

func same(a u) u { return a }

func same_by_pointer(a *u) *u { return a }

func loaded(a *u) u { return *a }

func address(a u) *u { return &a }

func field_of_nested(v v) *int { return v.u.p }

func field_behind_nested(v v) *int { return v.pu.p }

func field_of_nested_by_pointer(v *v) *int { return v.u.p }

func field_behind_nested_by_pointer(v *v) *int { return v.pu.p }

func pointer_field(v v) *u { return v.pu }

func nested_by_value(v v) u { return v.u }

func field_of_element(w w) *int { return w.a[1].p }

func field_of_element_by_pointer(w *w) *int { return w.a[1].p }

func integers_by_value(i integers) int { return i.a + i.b + i.c }

func integers_returned(i integers) integers {
	i.a = 1
	return i
}

func integers_address(i integers) *integers { return &i }

func integers_local() integers {
	i := integers{1, 2, 3}
	p := &i
	p.b = 4
	return i
}

func field_of_local_kept() {
	i := 0
	u := u{&i, nil, nil}
	field_kept(u)
}

func field_of_local_value() int {
	i := 0
	p := &i
	u := u{&i, &i, &p}
	return value_of_field(u)
}

func field_of_local_kept_by_pointer() {
	i := 0
	u := u{&i, nil, nil}
	field_kept_by_pointer(&u)
}

func result_of_same_kept() {
	i := 0
	u := u{&i, nil, nil}
	w := same(u)
	sink = w.p
}

func result_of_same_by_pointer_kept() {
	i := 0
	u := u{&i, nil, nil}
	sink_u = same_by_pointer(&u)
}

func result_of_same_by_pointer_value() int {
	i := 0
	u := u{&i, nil, nil}
	return *same_by_pointer(&u).p
}

func content_of_result_kept() {
	i := 0
	u := u{&i, nil, nil}
	sink = same_by_pointer(&u).p
}

func made(p *int) u {
	var u u
	u.p = p
	u.q = p
	return u
}

func made_new(p *int) *u {
	u := new(u)
	u.p = p
	return u
}

func made_literal(p *int) *u { return &u{p, nil, nil} }

func made_and_dropped(p *int) bool {
	u := new(u)
	u.q = nil
	u.p = nil
	return u.p == u.q
}
