// Variable arguments: Go's are a slice that the caller makes, C's a list.
package pairs

var sink *int
var sink2 **int
var sink_pointers []*int

func first_kept(ps ...*int) { sink = ps[0] }

func first_looked_at(ps ...*int) int { return *ps[0] }

func all_kept(ps ...*int) { sink_pointers = ps }

func first_returned(ps ...*int) *int { return ps[0] }

func place_of_first_returned(ps ...*int) **int { return &ps[0] }

func local_to_first_kept() {
	i := 0
	first_kept(&i)
}

func local_to_first_looked_at() int {
	i := 0
	return first_looked_at(&i)
}

func local_to_all_kept() {
	i := 0
	all_kept(&i)
}

func local_to_first_returned() *int {
	i := 0
	return first_returned(&i)
}

func local_to_first_returned_value() int {
	i := 0
	return *first_returned(&i)
}

func local_to_place_returned() **int {
	i := 0
	return place_of_first_returned(&i)
}

func parameter_to_first_kept(p *int) { first_kept(p) }

func parameter_to_first_looked_at(p *int) int { return first_looked_at(p) }

func parameters_handed_on(ps ...*int) { first_kept(ps...) }

func parameters_handed_on_looked_at(ps ...*int) int {
	return first_looked_at(ps...)
}

// The same with C's own.  The names of the slices are no names in C.

func list_kept(n int, _list ...*int) { sink = _list[0] }

func list_looked_at(n int, _list ...*int) int { return *_list[0] }

func list_returned(n int, _list ...*int) *int { return _list[0] }

func local_to_list_kept() {
	i, k := 0, 0
	list_kept(2, &i, &k)
}

func local_to_list_looked_at() int {
	i, k := 0, 0
	return list_looked_at(2, &i, &k)
}

func local_to_list_returned() *int {
	i, k := 0, 0
	return list_returned(2, &i, &k)
}

func local_to_list_returned_value() int {
	i, k := 0, 0
	return *list_returned(2, &i, &k)
}

func parameter_to_list_kept(p, q *int) { list_kept(2, p, q) }

func parameter_to_list_looked_at(p, q *int) int {
	return list_looked_at(2, p, q)
}

func parameter_to_list_returned(p, q *int) *int {
	return list_returned(2, p, q)
}
