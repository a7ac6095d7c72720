// Stores and loads through pointers.
package pairs

var sink *int

type cell struct{ p *int }

func store_to_local_pointer() {
	i := 0
	var p *int
	pp := &p
	p = &i
	sink = *pp
}

func store_through_local_pointer() int {
	i := 1
	var p *int
	pp := &p
	*pp = &i
	return *p
}

func store_through_parameter(to **int) {
	i := 0
	*to = &i
}

func store_parameter_through_parameter(to **int, p *int) { *to = p }

func store_through_content(to ***int, p *int) { **to = p }

func store_through_field(to *cell, p *int) { to.p = p }

func store_through_pointer_to_struct(p *int) int {
	var c cell
	pc := &c
	pc.p = p
	return *c.p
}

func store_to_struct(p *int) int {
	var c cell
	c.p = p
	return *c.p
}

func load_through_two(p **int) int {
	q := *p
	return *q
}

func load_and_store_back(p **int) {
	q := *p
	*p = q
}

func load_and_store_other(p, q **int) {
	t := *p
	*q = t
}

func load_after_store(p *int) *int {
	var a *int
	a = p
	pa := &a
	return *pa
}

func global_receives_loaded(p ***int) {
	q := *p
	sink = *q
}

func store_null(to **int) { *to = nil }

func store_integer(to, from *int) { *to = *from }

func address_through_two_stays() int {
	i := 3
	p := &i
	q := &p
	**q = 4
	return i
}

func address_stored_in_new() {
	i := 0
	p := new(*int)
	*p = &i
	sink = *p
}

func address_stored_in_new_stays() int {
	i := 0
	p := new(*int)
	*p = &i
	return **p
}

func callee_stores_in_local() int {
	i := 0
	var p *int
	store_parameter_through_parameter(&p, &i)
	return *p
}

func callee_stores_in_local_returned() *int {
	i := 0
	var p *int
	store_parameter_through_parameter(&p, &i)
	return p
}

func choice_of_targets(a, b **int, p *int, which bool) {
	to := b
	if which {
		to = a
	}
	*to = p
}

func alias_of_parameter(p **int) *int {
	a := p
	b := &a
	return **b
}
