// Methods, and method values as a function with its receiver.
package pairs

type T struct {
	n      int
	p      *int
	parent *T
}
type method struct {
	f func(t *T) int
	t *T
}

var sink *int
var sink_t *T
var sink_method method

func call_unknown(m method) int

func (t *T) value() int { return t.n }

func (t *T) pointer() *int { return t.p }

func (t *T) address() *int { return &t.n }

func (t *T) self() *T { return t }

func (t *T) keep() { sink_t = t }

func (t *T) keep_pointer() { sink = t.p }

func (t *T) set(p *int) { t.p = p }

func (t *T) set_number(n int) { t.n = n }

func (t *T) with(p *int) *T {
	t.p = p
	return t
}

func (t *T) adopt(child *T) { child.parent = t }

func (t T) by_value() *int { return t.p }

func local_value() int {
	t := T{1, nil, nil}
	p := &t
	return p.value()
}

func local_kept() {
	t := T{1, nil, nil}
	t.keep()
}

func local_self() int {
	t := T{1, nil, nil}
	return t.self().n
}

func local_self_returned() *T {
	t := T{1, nil, nil}
	return t.self()
}

func local_set_number() int {
	var t T
	t.set_number(3)
	return t.n
}

func local_set() int {
	i := 0
	var t T
	t.set(&i)
	return *t.p
}

func chain(t *T) *int { return t.self().self().pointer() }

func local_with() int {
	i := 0
	var t T
	return *t.with(&i).p
}

func new_with(p *int) *T {
	t := new(T)
	return t.with(p)
}

func method_value_kept(t *T) { sink_method = method{(*T).value, t} }

func method_value_unknown(t *T) int { return call_unknown(method{(*T).value, t}) }

func method_value_of_local_unknown() int {
	t := T{1, nil, nil}
	return call_unknown(method{(*T).value, &t})
}

func method_value_called(t *T) int {
	m := method{(*T).value, t}
	return m.f(m.t)
}

func expression(t *T) int { return (*T).value(t) }

func by_value(t *T) *int { return (*t).by_value() }

func of_new() int {
	t := new(T)
	t.n = 1
	return t.value()
}

func of_new_returned() *T {
	t := new(T)
	t.n = 1
	return t.self()
}
