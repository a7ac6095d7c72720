// Blocks, shadows, switches, conditional values.
package pairs

var sink *int

func some() bool
func use(int)

func inner_block() int {
	var p *int
	{
		x := 1
		p = &x
	}
	return *p
}

func inner_block_returned() *int {
	var p *int
	{
		x := 1
		p = &x
	}
	return p
}

func branch(n int) int {
	p := &n
	if n > 1 {
		x := 1
		p = &x
	}
	return *p
}

func branch_kept(n int) {
	y := n
	p := &y
	if n > 1 {
		x := 1
		p = &x
	}
	sink = p
}

func shadowed() int {
	x := 1
	p := &x
	{
		x := 2
		p = &x
	}
	return *p
}

func inner_shadow_kept() {
	x := 1
	use(x)
	{
		x := 2
		sink = &x
	}
}

func cases(n int) *int {
	a, b, c := 1, 2, 3
	switch n {
	case 0:
		return &a
	case 1:
		return &b
	default:
		use(*&c)
	}
	return nil
}

func conditional(p, q *int, n bool) *int {
	r := q
	if n {
		r = p
	}
	return r
}

func conditional_value(p, q *int, n bool) int {
	r := q
	if n {
		r = p
	}
	return *r
}

func conditional_locals(n bool) int {
	a, b := 1, 2
	r := &b
	if n {
		r = &a
	}
	return *r
}

func conditional_local_kept(p *int) {
	a := 1
	r := p
	if some() {
		r = &a
	}
	sink = r
}

func early_return(p *int) int {
	x := 1
	if p == nil {
		return x
	}
	q := &x
	return *p + *q
}

func dead_branch() {
	x := 1
	if some() && !some() {
		sink = &x
	}
}

func second_use(p *int) *int {
	use(*p)
	q := p
	use(*q)
	return q
}

func in_condition(p *int) {
	if q := p; q != nil {
		sink = q
	}
}

func compared_with_local(p *int) bool {
	x := 1
	return p == &x
}

func nothing_but_values(n int) int {
	x := n
	y := x * 2
	return x + y
}
