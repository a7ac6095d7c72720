// Arrays are values: a pointer in one element is in the array.
package pairs

type pair struct{ v [2]*int }

var sink *int
var sink2 **int
var table [4]int
var pointers [4]*int

func element_stored() {
	i := 0
	var a [2]*int
	a[0] = &i
	sink = a[0]
}

func other_element_stored() {
	i := 0
	var a [2]*int
	a[0] = &i
	sink = a[1]
}

func element_stays() int {
	i := 0
	var a [2]*int
	a[0] = &i
	return *a[0]
}

func element_at_an_index(n int) {
	i := 0
	var a [8]*int
	a[n&7] = &i
	sink = a[(n+1)&7]
}

func address_of_element() {
	var a [4]int
	sink = &a[2]
}

func address_of_element_stays() int {
	var a [4]int
	p := &a[2]
	return *p
}

func address_of_pointer_element() {
	i := 0
	a := [2]*int{&i}
	sink2 = &a[0]
}

func pair_of(a, b *int) pair { return pair{[2]*int{a, b}} }

func pair_of_contents(a, b **int) pair { return pair{[2]*int{*a, *b}} }

func pair_of_local(a *int) pair {
	i := 0
	return pair{[2]*int{a, &i}}
}

func pair_of_local_stays(a *int) int {
	i := 0
	p := pair_of(a, &i)
	return *p.v[0]
}

func element_of_array_parameter(p pair) *int { return p.v[0] }

func element_of_array_by_pointer(a *[2]*int) *int { return a[0] }

func address_of_element_by_pointer(a *[2]*int) **int { return &a[0] }

func element_stored_by_pointer(a *[2]*int, p *int) { a[0] = p }

func integers_only(a *[4]int) int { return a[0] + a[3] }

func integers_address(a *[4]int) *int { return &a[2] }

func array_copied() {
	i := 0
	a := pair{[2]*int{&i}}
	b := a
	sink = b.v[1]
}

func array_copied_stays() int {
	i := 0
	a := pair{[2]*int{&i}}
	b := a
	return *b.v[0]
}

func two_dimensions() {
	i := 0
	var a [2][2]*int
	a[0][1] = &i
	sink = a[1][0]
}

func two_dimensions_stay() int {
	i := 0
	var a [2][2]*int
	a[0][1] = &i
	return *a[0][1]
}

func global_array(p *int) { pointers[1] = p }

func global_array_element() *int { return &table[2] }

func local_in_global_array() {
	i := 0
	pointers[0] = &i
}

func array_of_integers_returned() *int {
	a := [4]int{1, 2, 3, 4}
	return &a[0]
}

func array_of_integers_summed(n int) int {
	a := [4]int{1, 2, 3, 4}
	s := 0
	for i := 0; i < 4; i++ {
		s += a[i]
	}
	return s + n
}
