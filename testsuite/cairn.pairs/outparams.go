// Results that leave through a pointer the caller gives.
package pairs

type context struct {
	buffer *int
	n      int
	parent *context
}

var sink *int
var sink_context *context

func set_pointer(out **int, p *int) { *out = p }

func set_new(out **int) {
	p := new(int)
	*p = 1
	*out = p
}

func set_local(out **int) {
	x := 1
	*out = &x
}

func set_value(out *int, n int) { *out = n }

func set_from_global(out **int) { *out = sink }

func init_(c *context, buffer *int) {
	c.buffer = buffer
	c.n = 0
}

func init_parent(c *context, parent *context) { c.parent = parent }

func init_whole(c *context, buffer *int) { *c = context{buffer, 1, nil} }

func init_whole_from(c *context, other *context) { *c = *other }

func value_of_out() int {
	var n int
	set_value(&n, 3)
	return n
}

func new_of_out() int {
	var p *int
	set_new(&p)
	return *p
}

func new_of_out_returned() *int {
	var p *int
	set_new(&p)
	return p
}

func init_of_local() int {
	buffer := [4]int{1}
	var c context
	init_(&c, &buffer[0])
	return *c.buffer
}

func init_of_local_kept() {
	buffer := [4]int{1}
	var c context
	init_(&c, &buffer[0])
	sink_context = &c
}

func buffer_of_local_kept() {
	buffer := [4]int{1}
	var c context
	init_(&c, &buffer[0])
	sink = c.buffer
}

func init_with_parameter(buffer *int) int {
	var c context
	init_(&c, buffer)
	return *c.buffer
}

func init_of_parameter(c *context) {
	buffer := [4]int{1}
	init_(c, &buffer[0])
}

func init_of_parameter_with_parameter(c *context, buffer *int) {
	init_(c, buffer)
}

func init_new(buffer *int) *context {
	c := new(context)
	init_(c, buffer)
	return c
}

func child() int {
	parent := context{nil, 3, nil}
	var c context
	init_parent(&c, &parent)
	return c.parent.n
}

func global_by_out() int {
	var p *int
	set_from_global(&p)
	return *p
}

func two_outs(a, b **int, p, q *int) {
	*a = p
	*b = q
}

func out_and_result(out **int, p, q *int) *int {
	*out = p
	return q
}

func out_of_out(out ***int, p **int) { *out = p }

func out_content(out, p **int) { *out = *p }
