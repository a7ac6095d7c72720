// An interface is a table of functions and a pointer to the data.
package pairs

type shape interface {
	area() int
	self() any
}
type square struct {
	side int
	p    *int
}
type any = interface{}

var sink_any any
var sink_shape shape
var sink *int

func (data *square) area() int { return data.side * data.side }

func (data *square) self() any { return data }

func area(s shape) int { return s.area() }

func shape_stored(s shape) { sink_shape = s }

func shape_returned(s shape) shape { return s }

func shape_compared(s shape) bool { return s == nil }

func integer_boxed(n int) { sink_any = n }

func integer_boxed_stays(n int) bool {
	var a any = n + 1
	_, ok := a.(int)
	return ok
}

func pointer_boxed(p *int) { sink_any = p }

func address_boxed() {
	i := 0
	sink_any = &i
}

func address_boxed_stays() bool {
	i := 0
	var a any = &i
	_, ok := a.(*int)
	return ok
}

func taken_out_and_stored(a any) {
	if p, ok := a.(*int); ok {
		sink = p
	}
}

func taken_out_and_returned(a any) *int {
	if p, ok := a.(*int); ok {
		return p
	}
	return nil
}

func taken_out_and_looked_at(a any) int {
	if p, ok := a.(*int); ok {
		return *p
	}
	return 0
}

func address_through_interface() int {
	i := 3
	var a any = &i
	return taken_out_and_looked_at(a)
}

func address_through_interface_stored() {
	i := 3
	var a any = &i
	taken_out_and_stored(a)
}

func address_through_interface_returned() *int {
	i := 3
	var a any = &i
	return taken_out_and_returned(a)
}

func boxed_and_returned(p *int) any { return p }

func interface_in_interface(s *shape) { sink_any = s }

func method_returns_data(s shape) any { return s.self() }

func interface_address(a any) *any { return &a }

func square_of_parameter(sq *square) int {
	var s shape = sq
	return area(s)
}

func square_on_the_stack_known() int {
	var sq square
	sq.side = 3
	return sq.area()
}

func square_of_local() int {
	var sq square
	sq.side = 3
	var s shape = &sq
	return area(s)
}
