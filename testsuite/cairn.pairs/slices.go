// A slice: where it begins, how long it is, how much room there is.
package pairs

var sink []int
var sink_pointers []*int
var sink_int *int
var sink_length int

func use(int)

func make_stored() []int {
	s := make([]int, 10)
	s[0] = 1
	return s
}

func make_stays() int {
	s := make([]int, 10)
	s[0] = 1
	return s[0]
}

func make_of_a_length(n int) []int {
	s := make([]int, n)
	return s
}

func array_sliced() []int {
	a := [4]int{1}
	return a[:]
}

func array_sliced_stays() int {
	a := [4]int{1}
	s := a[:]
	return s[0]
}

func resliced(s []int) []int { return s[1:] }

func address_of_element(s []int) *int { return &s[1] }

func element(s []int) int { return s[1] }

func pointer_element(s []*int) *int { return s[1] }

func pointer_element_stored(s []*int) { sink_int = s[0] }

func element_set(s []int, n int) { s[0] = n }

func pointer_element_set(s []*int, p *int) { s[0] = p }

func slice_stored(s []int) { sink = s }

func slice_of_pointers_stored(s []*int) { sink_pointers = s }

func length(s []int) int { return len(s) }

func length_called(s []int) int { return length(s) }

func length_of_local_called() int {
	var a [4]int
	s := a[:]
	use(s[0])
	return length(s)
}

func length_recursive(s []int, n int) int {
	if n > 0 {
		return length_recursive(s, n-1)
	}
	return len(s)
}

func length_of_one(a, b []int, n int) int {
	if n > 0 {
		return len(a)
	}
	return cap(b)
}

func short_length(s []int) int32 { return int32(len(s)) }

func length_stored(s []int) { sink_length = len(s) }

func length_of_local_stored() {
	a := [4]int{1}
	s := a[:]
	use(s[0])
	sink_length = len(s)
}

func slice_by_pointer_stored(s *[]int) { sink = *s }

func slice_address_returned(s []int) *[]int { return &s }

func literal_of_pointers_stays() int {
	i := 0
	var a [1]*int
	a[0] = &i
	s := a[:]
	return *s[0]
}

func pointer_element_set_stays() int {
	i := 0
	var a [2]*int
	s := a[:]
	s[1] = &i
	return *s[1]
}

func literal_of_pointers_stored() {
	i := 0
	sink_pointers = []*int{&i}
}

func copied(to, from []int) { copy(to, from) }

func pointers_copied(to, from []*int) { copy(to, from) }

func first_of_two(a, b []*int) []*int {
	if len(a) != 0 {
		return a
	}
	return b
}

func sliced_by_pointer(a *[4]int) []int { return a[1:] }

func sum(s []int) int {
	n := 0
	for _, v := range s {
		n += v
	}
	return n
}

func sum_of_local() int {
	a := [3]int{1, 2, 3}
	return sum(a[:])
}

func local_stored() {
	a := [3]int{1, 2, 3}
	slice_stored(a[:])
}
