// Structs: a variable is one place, whatever field is meant.
package pairs

type x struct {
	p1, p2 *int
	a      [2]int
	next   *x
}
type y struct{ x x }
type z struct{ px *x }

var sink *int
var sink_x *x

func field_stored() {
	i := 0
	var x x
	x.p1 = &i
	sink = x.p1
}

func other_field_stored() {
	i := 0
	var x x
	x.p1 = &i
	sink = x.p2
}

func field_stays() int {
	i := 0
	var x x
	x.p1 = &i
	return *x.p1
}

func address_of_field() {
	var x x
	sink = &x.a[1]
}

func address_of_field_stays() int {
	var x x
	p := &x.a[1]
	return *p
}

func field_of_nested() {
	i := 0
	var y y
	y.x.p1 = &i
	sink = y.x.p1
}

func nested_struct_copied() {
	i := 0
	var y y
	y.x.p1 = &i
	x := y.x
	sink = x.p1
}

func struct_copied_stays() int {
	i := 0
	var x x
	x.p1 = &i
	c := x
	return *c.p1
}

func parameter_field_stored(x *x) { sink = x.p2 }

func parameter_field_address_stored(x *x) { sink = &x.a[0] }

func parameter_field_returned(x *x) *int { return x.p1 }

func parameter_field_address_returned(x *x) *int { return &x.a[1] }

func parameter_field_value(x *x) int { return *x.p1 + x.a[0] }

func parameter_nested_field_stored(z *z) { sink = z.px.p1 }

func parameter_nested_struct_stored(z *z) { sink_x = z.px }

func parameter_struct_loaded(x *x) x_ { return x_(*x) }

type x_ x

func struct_with_address_stored() {
	i := 0
	var x x
	x.p1 = &i
	z := z{&x}
	sink_x = z.px
}

func field_through_two() {
	i := 0
	var x x
	x.p1 = &i
	z := z{&x}
	sink = z.px.p1
}

func literal_stored() {
	i := 0
	sink_x = &x{p1: &i}
}

func literal_stays() int {
	i := 0
	x := &x{p1: &i}
	return *x.p1
}

func field_of_literal_stored() {
	i := 0
	x := &x{p1: &i}
	sink = x.p1
}

func new_filled_later() {
	i := 0
	x := new(x)
	x.p1 = &i
	sink_x = x
}

func integer_field_only() {
	i := 5
	var x x
	x.a[0] = i
	sink = x.p1
}

func struct_value_from_field(y *y) x { return y.x }

func two_structs(a, b *x) { a.p1 = b.p2 }

func struct_assigned(a, b *x) { *a = *b }

func struct_linked(a, b *x) { a.next = b }

func struct_unlinked(a *x) { a.next = nil }
