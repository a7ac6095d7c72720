// What becomes of a parameter.
package pairs

var sink *int
var sink2 **int

func returned(p *int) *int { return p }

func unused(p *int) int { return 0 }

func looked_at(p *[2]int) int { return p[0] + p[1] }

func written(p *int, n int) { *p = n }

func stored(p *int) { sink = p }

func content_stored(p **int) { sink = *p }

func content_of_content_stored(p ***int) { sink = **p }

func deep_value_looked_at(p ***int, n *int) { *n = ***p }

func content_returned(p **int) *int { return *p }

func content_of_content_returned(p ***int) *int { return **p }

func one_of_two_returned(p, q *int, which bool) *int {
	if which {
		return p
	}
	return q
}

func second_returned(p, q *int) *int { return q }

func stored_and_returned(p *int) *int {
	sink = p
	return p
}

func content_stored_and_itself_returned(p **int, out ***int) *int {
	sink = *p
	*out = p
	return *p
}

func content_stored_returned(p **int) **int {
	sink = *p
	return p
}

func address_returned(p *int) **int { return &p }

func address_stored(p *int) { sink2 = &p }

func integer_address_returned(n int) *int { return &n }

func address_stays(p *int) int {
	pp := &p
	return **pp
}

func content_by_address_returned(p *int) *int {
	pp := &p
	return *pp
}

func assigned_before_return(p, q *int) *int {
	p = q
	return p
}

func compared(p, q *int) bool { return p == q || p == nil }

func into_other(to **int, p *int) { *to = p }

func content_into_other(to, from **int) { *to = *from }

func swapped(p, q **int) { *p, *q = *q, *p }

func values_swapped(p, q *int) { *p, *q = *q, *p }

func sometimes_stored(p *int, n int) {
	if n > 0 {
		sink = p
	}
}

func by_locals(p *int) *int {
	a := p
	b := a
	c := b
	return c
}

// Callers.

func gives_what_is_returned() int {
	x := 1
	p := returned(&x)
	return *p
}

func stores_what_is_returned() {
	x := 1
	sink = returned(&x)
}

func gives_what_is_looked_at() int {
	x := [2]int{1, 2}
	return looked_at(&x)
}

func gives_what_is_stored() {
	x := 1
	stored(&x)
}

func gives_content_stored() {
	x := 1
	p := &x
	content_stored(&p)
}

func gives_second() int {
	x, y := 1, 2
	return *second_returned(&x, &y)
}

func stores_second() {
	x, y := 1, 2
	sink = second_returned(&x, &y)
}

func stores_content_returned() {
	x := 1
	p := &x
	sink = content_returned(&p)
}
