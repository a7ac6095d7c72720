// What is declared in a loop is a new one each time around.
package pairs

var sink *int
var sink2 **int

func use(int)

type node struct {
	next  *node
	value int
}

func declared_outside() {
	var p *int
	x := 0
	for i := 0; i < 3; i++ {
		p = &x
	}
	use(*p)
}

func declared_inside() {
	var p *int
	for i := 0; i < 3; i++ {
		x := i
		p = &x
	}
	use(*p)
}

func both_inside() {
	for i := 0; i < 3; i++ {
		x := i
		p := &x
		use(*p)
	}
}

func while_inside(n int) {
	p := &n
	for *p > 0 {
		x := *p - 1
		p = &x
	}
	use(*p)
}

func inner_loop() {
	for i := 0; i < 3; i++ {
		var p *int
		for k := 0; k < 3; k++ {
			x := k
			p = &x
		}
		use(*p)
	}
}

func middle_of_two_loops() {
	for i := 0; i < 3; i++ {
		x := i
		var p *int
		for k := 0; k < 3; k++ {
			p = &x
		}
		use(*p)
	}
}

func loop_variable() {
	var p *int
	for i := 0; i < 3; i++ {
		p = &i
	}
	use(*p)
}

func loop_variable_stored() {
	for i := 0; i < 3; i++ {
		sink = &i
	}
}

func loop_variable_inside() int {
	s := 0
	for i := 0; i < 3; i++ {
		p := &i
		s += *p
	}
	return s
}

func returned_from_loop() *int {
	for i := 0; i < 3; i++ {
		x := i
		if x == 2 {
			return &x
		}
	}
	return nil
}

func pointer_to_pointer_in_loop() {
	var pp **int
	for i := 0; i < 3; i++ {
		x := i
		p := &x
		pp = &p
	}
	use(**pp)
}

func in_outer_array() {
	var a [3]*int
	for i := 0; i < 3; i++ {
		x := i
		a[i] = &x
	}
	use(*a[1])
}

func new_in_loop() {
	var p *int
	for i := 0; i < 3; i++ {
		q := new(int)
		*q = i
		p = q
	}
	use(*p)
}

func new_of_one_turn() {
	for i := 0; i < 3; i++ {
		q := new(int)
		*q = i
		use(*q)
	}
}

func list_of_literals() int {
	var list *node
	for i := 0; i < 3; i++ {
		n := &node{list, i}
		list = n
	}
	return list.value
}

func list_of_locals() int {
	var list *node
	for i := 0; i < 3; i++ {
		n := node{list, i}
		list = &n
	}
	return list.value
}

func walked(list *node) *int {
	n := list
	for n.next != nil {
		n = n.next
	}
	return &n.value
}

func counted(list *node) int {
	k := 0
	for n := list; n != nil; n = n.next {
		k++
	}
	return k
}

func do_while() {
	var p *int
	n := 0
	for {
		x := n
		n++
		p = &x
		if n >= 3 {
			break
		}
	}
	use(*p)
}

func leaves_by_break() {
	var p *int
	for i := 0; ; i++ {
		x := i
		p = &x
		if i == 2 {
			break
		}
	}
	use(*p)
}

func content_of_one_turn() {
	y := 0
	p := &y
	for i := 0; i < 3; i++ {
		q := p
		qq := &q
		use(**qq)
	}
}

func parameter_in_loop(p *int) {
	var pp **int
	for i := 0; i < 3; i++ {
		q := p
		pp = &q
	}
	use(**pp)
}
