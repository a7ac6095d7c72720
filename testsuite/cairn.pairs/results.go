// What leaves by the result.
package pairs

type two struct{ a, b *int }
type one struct{ a *int }
type deep struct {
	in one
	n  int
}

var sink *int

func local() *int {
	x := 1
	return &x
}

func local_by_pointer() *int {
	x := 1
	p := &x
	return p
}

func local_on_one_path(q *int, which bool) *int {
	x := 1
	if which {
		return &x
	}
	return q
}

func by_a_result_variable(p *int) (r *int) {
	r = p
	return
}

func result_variable_local() (r *int) {
	x := 0
	r = &x
	return
}

func two_results(p, q *int) two {
	r := two{p, q}
	return r
}

func in_a_struct(p *int) one { return one{p} }

func content_in_a_struct(p **int) one { return one{*p} }

func in_a_nested_struct(p *int) deep {
	var d deep
	d.in.a = p
	d.n = 1
	return d
}

func local_in_a_struct() one {
	x := 1
	s := one{&x}
	return s
}

func local_and_parameter_in_a_struct(p *int) two {
	x := 1
	return two{&x, p}
}

func value_of_local_by_struct() int {
	x := 1
	s := one{&x}
	return *s.a
}

func field_of_result(p *int) *int { return in_a_struct(p).a }

func field_of_result_local() *int {
	x := 1
	return in_a_struct(&x).a
}

func field_of_result_value() int {
	x := 1
	return *in_a_struct(&x).a
}

func result_passed_on(p *int) one { return in_a_struct(p) }

func results_passed_on(p *int) two {
	x := 1
	return two_results(p, &x)
}

func chain_of_results(p *int) *int {
	return by_a_result_variable(by_a_result_variable(p))
}

func chain_of_results_local() *int {
	x := 1
	return by_a_result_variable(by_a_result_variable(&x))
}

func chain_of_results_value() int {
	x := 1
	return *by_a_result_variable(by_a_result_variable(&x))
}

func result_dropped() {
	x := 1
	by_a_result_variable(&x)
}

func struct_result_stored() {
	x := 1
	s := in_a_struct(&x)
	sink = s.a
}

func address_of_result_value() *int {
	x := *local()
	return &x
}

func difference(p, q *int) int {
	r := *p - *q
	return r
}
