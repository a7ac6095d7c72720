// Nested functions and the variables they share with their parent.
//
// A function that is called where it is written is what C's direct call of a
// nested function is; of one that was put in a variable first, Go does not
// follow the result.
package pairs

var sink_fn func() int
var sink *int

func take(f func() int)

func counter() func() int {
	n := 0
	next := func() int {
		n++
		return n
	}
	return next
}

func called_at_once() int {
	n := 0
	next := func() int {
		n++
		return n
	}
	return next()
}

func kept() {
	n := 0
	next := func() int {
		n++
		return n
	}
	sink_fn = next
}

func handed_to_unknown() {
	n := 0
	next := func() int {
		n++
		return n
	}
	take(next)
}

func call(f func() int) int { return f() }

func handed_to_caller() int {
	n := 0
	next := func() int {
		n++
		return n
	}
	return call(next)
}

func passed_through(f func() int) func() int { return f }

func returned_through() func() int {
	n := 0
	next := func() int {
		n++
		return n
	}
	return passed_through(next)
}

func address_taken_inside() {
	n := 0
	leak := func() {
		n++
		sink = &n
	}
	leak()
}

func address_returned_from_inside() *int {
	n := 0
	get := func() *int {
		n++
		return &n
	}
	return get()
}

func address_from_inside_stays() int {
	n := 0
	return *func() *int {
		n++
		return &n
	}()
}

func captures_parameter(n int) func() int {
	next := func() int {
		n++
		return n
	}
	return next
}

func captures_parameter_stays(n int) int {
	next := func() int {
		n++
		return n
	}
	return next() + next()
}

func parameter_of_nested(p *int) {
	keep := func(q *int) { sink = q }
	keep(p)
}

func parameter_of_nested_stays(p *int) int {
	look := func(q *int) int { return *q }
	return look(p)
}

func parameter_of_nested_returned(p *int) *int {
	return func(q *int) *int { return q }(p)
}

func captured_pointer_stored(p *int) {
	keep := func() { sink = p }
	keep()
}

func captured_pointer_looked_at(p *int) int {
	look := func() int { return *p }
	return look()
}

func captured_pointer_returned(p *int) *int {
	return func() *int { return p }()
}

func captured_pointer_assigned(q *int) int {
	var p *int
	set := func() { p = q }
	set()
	return *p
}

func nested_twice() func() int {
	n := 0
	inner := func() func() int {
		next := func() int {
			n++
			return n
		}
		return next
	}
	return inner()
}

func captures_nothing() func() int {
	one := func() int { return 1 }
	return one
}

func local_passed_to_nested() {
	x := 1
	keep := func(q *int) { sink = q }
	keep(&x)
}

func local_passed_to_nested_stays() int {
	x := 1
	look := func(q *int) int { return *q }
	return look(&x)
}

func two_functions_one_variable() func() int {
	n := 0
	up := func() int { n++; return n }
	down := func() int { n--; return n }
	down()
	return up
}
