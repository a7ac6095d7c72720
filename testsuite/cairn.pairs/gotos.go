// Loops made of goto.
package pairs

var sink *int

func some() bool
func number() int
func use(int)

func label_without_loop() {
	var p *int
	var x int
	goto first
first:
	x = 1
	p = &x
	use(*p)
}

func loop_by_goto() {
	var p *int
again:
	if some() {
		goto done
	}
	{
		x := 1
		p = &x
	}
	goto again
done:
	use(*p)
}

func loop_by_conditional_goto() {
	var p *int
again:
	{
		x := number()
		p = &x
	}
	if some() {
		goto again
	}
	use(*p)
}

func declared_before_the_label() {
	var p *int
	x := 1
again:
	p = &x
	if some() {
		goto again
	}
	use(*p)
}

func jump_forward_only() {
	var p *int
	if some() {
		goto out
	}
	{
		x := 1
		p = &x
		use(*p)
	}
out:
	use(0)
}

func pointer_inside_too() {
again:
	{
		x := 1
		p := &x
		use(*p)
	}
	if some() {
		goto again
	}
}

func two_labels() {
	var p *int
outer:
	x := number()
inner:
	p = &x
	if some() {
		goto inner
	}
	use(*p)
	if x > 7 {
		goto outer
	}
}

func returned_after_goto(q *int) *int {
	x := 1
	p := &x
	if some() {
		goto out
	}
	p = q
out:
	return p
}

func out_of_two_loops() {
	var p *int
	for {
		for {
			x := number()
			p = &x
			if x != 0 {
				goto out
			}
		}
	}
out:
	use(*p)
}

func new_in_goto_loop() {
	var p *int
again:
	if some() {
		p = new(int)
		*p = 1
		goto again
	}
	if p != nil {
		use(1)
	}
}

func switch_in_loop(n int) {
	var p *int
	for ; n > 0; n-- {
		switch n {
		case 1:
			x := n
			p = &x
		default:
			use(n)
		}
	}
	use(*p)
}

func switch_without_loop(n int) {
	var p *int
	switch n {
	case 1:
		x := n
		p = &x
	default:
		return
	}
	use(*p)
}
