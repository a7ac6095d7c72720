// Calls: known, unknown, by pointer, of one another.
package pairs

type fn func(p *int) *int
type ops struct {
	f fn
	p *int
}

var sink *int

func outside(p *int) int
func outside_result(p *int) *int
func number() bool

func calls_unknown() int {
	x := 1
	return outside(&x)
}

func passes_to_unknown(p *int) { outside(p) }

func content_to_unknown(p **int) { outside(*p) }

func value_to_unknown(p *int) {
	x := *p
	outside(&x)
}

func unknown_result(p *int) *int { return outside_result(p) }

func unknown_result_value() int {
	x := 1
	return *outside_result(&x)
}

func by_function_pointer(f fn) int {
	x := 1
	return *f(&x)
}

func parameter_by_function_pointer(f fn, p *int) *int { return f(p) }

func by_field(o *ops, p *int) *int { return o.f(p) }

func by_field_own_data(o *ops) *int { return o.f(o.p) }

func same(p *int) *int { return p }

func keep(p *int) { sink = p }

func look(p *int) int { return *p }

func calls_look() int {
	x := 1
	return look(&x)
}

func calls_keep() {
	x := 1
	keep(&x)
}

func calls_keep_same() {
	x := 1
	keep(same(&x))
}

func calls_look_same() int {
	x := 1
	return look(same(&x))
}

func forwards(p *int) *int { return same(p) }

func forwards_to_keep(p *int) { keep(p) }

func content_forwarded_to_keep(p **int) { keep(*p) }

func content_forwarded_to_same(p **int) *int { return same(*p) }

func same_of_content_of_address(p *int) *int {
	pp := &p
	return same(*pp)
}

func argument_twice(p, q *int) int { return *p + *q }

func passes_one_local_twice() int {
	x := 1
	return argument_twice(&x, &x)
}

func keep_first(p, q *int) { sink = p }

func passes_to_both() {
	x, y := 1, 2
	keep_first(&x, &y)
}

func calls_callee_defined_below(p *int) *int {
	return callee_defined_below(p)
}

func callee_defined_below(p *int) *int { return p }

func on_one_path(p *int) {
	if number() {
		keep(p)
	} else {
		look(p)
	}
}

func conditional_argument() int {
	x, y := 1, 2
	p := &y
	if number() {
		p = &x
	}
	return look(p)
}

func conditional_argument_kept() {
	x, y := 1, 2
	p := &y
	if number() {
		p = &x
	}
	keep(p)
}

func struct_to_keep(o ops) { keep(o.p) }

func local_in_struct_to_look() int {
	x := 1
	o := ops{nil, &x}
	return look(o.p)
}

func local_in_struct_to_keep() {
	x := 1
	o := ops{nil, &x}
	struct_to_keep(o)
}
