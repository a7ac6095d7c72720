// How many loads lie between a variable's address and the sink.
package pairs

import "unsafe"

var sink *int
var sink2 **int
var sink3 ***int
var value int

func address() {
	i := 0
	sink = &i
}

func address_of_address() {
	i := 0
	p := &i
	sink2 = &p
}

func address_of_address_of_address() {
	i := 0
	p := &i
	q := &p
	sink3 = &q
}

func one_load_from_two() {
	i := 0
	p := &i
	q := &p
	sink = *q
}

func two_loads_from_three() {
	i := 0
	p := &i
	q := &p
	r := &q
	sink = **r
}

func one_load_from_three() {
	i := 0
	p := &i
	q := &p
	r := &q
	sink2 = *r
}

func all_loads() {
	i := 0
	p := &i
	q := &p
	r := &q
	value = ***r
}

func copied_pointer() {
	i := 0
	p := &i
	q := p
	r := &q
	value = **r
}

func load_of_copy() {
	i := 0
	p := &i
	q := &p
	r := q
	sink = *r
}

func returned_after_load() *int {
	i := 0
	p := &i
	q := &p
	return *q
}

func returned_address_of_address() **int {
	i := 0
	p := &i
	q := &p
	return q
}

func value_returned() int {
	i := 7
	p := &i
	q := &p
	r := *q
	return *r
}

func parameter_by_two_addresses(p *int) *int {
	q := &p
	r := &q
	return **r
}

func parameter_address_after_load(p *int) **int {
	q := &p
	r := &q
	return *r
}

func parameter_content_by_address(p **int) {
	q := &p
	sink = **q
}

func parameter_fourth_level(p *****int) *int { return ****p }

func parameter_fifth_level(p ******int) *int { return *****p }

func parameter_fourth_level_stored(p *****int) { sink = ****p }

func parameter_all_levels(p ****int) int { return ****p }

func parameter_level_one(p ****int) ***int { return *p }

func mixed_levels(p ***int, q **int, which bool) **int {
	if which {
		return *p
	}
	return q
}

func deeper_way_also(p **int, which bool) *int {
	if which {
		return *p
	}
	return (*int)(unsafe.Pointer(p))
}

type both struct {
	a *int
	b **int
}

func least_of_two_levels(p *both, which bool) *int {
	if which {
		return p.a
	}
	return *p.b
}

func new_in_new() {
	p := new(*int)
	q := new(int)
	*q = 1
	sink2 = p
	sink = q
}

func new_loaded() int {
	q := new(int)
	*q = 1
	return *q
}

func new_by_address() {
	q := new(int)
	p := &q
	*q = 1
	sink = *p
}

func new_address_of_pointer() {
	q := new(int)
	*q = 1
	sink2 = &q
}
