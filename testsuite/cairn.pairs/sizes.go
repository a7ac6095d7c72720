// What is too large for a stack, and what has no size beforehand.
package pairs

var sink *int32

func use(int32)

func small_array(n int32) int32 {
	var a [16]int32
	return a[n&15]
}

func small_new(n int32) int32 {
	p := make([]int32, 16)
	p[n&15] = n
	return p[3]
}

func large_array(n int32) int32 {
	var a [20000]int32
	p := &a[n%20000]
	return *p
}

func huge_array(n int32) int32 {
	var a [4000000]int32
	p := &a[n%4000000]
	*p = 0
	return *p
}

func larger_array(n int32) int32 {
	var a [40000]int32
	p := &a[n%40000]
	return *p
}

func largest_array(n int32) int32 {
	var a [32768]int32
	p := &a[n&32767]
	return *p
}

func huge_array_indexed(n int32) int32 {
	var a [4000000]int32
	a[3] = n
	return a[3]
}

func huge_array_of_pointers(n int32) int32 {
	var a [2000000]*int32
	i := n
	a[3] = &i
	return *a[3]
}

func huge_field(n int32) int32 {
	var s struct {
		n int32
		a [4000000]int32
	}
	s.n = n
	s.a[3] = n
	return s.n
}

func two_huge_in_loop(n int32) int32 {
	sum := int32(0)
	for i := int32(0); i < n; i++ {
		var a [4000000]int32
		var b [16]int32
		a[n&15] = i
		b[n&15] = i
		sum += a[n&15] + b[n&15]
	}
	return sum
}

func huge_array_returned(n int32) *int32 {
	var a [4000000]int32
	a[3] = n
	p := &a[3]
	return p
}

func huge_array_captured(n int32) int32 {
	var a [4000000]int32
	f := func(i int32) int32 { return a[i] }
	a[3] = n
	return f(3)
}

func large_literal(n int32) int32 {
	p := &[20000]int32{n}
	return p[0]
}

func largest_literal(n int32) int32 {
	p := &[16384]int32{n}
	return p[0]
}

type huge struct{ a [4000000]int32 }

func huge_parameter(s huge) int32 { return s.a[3] }

func large_alloca(n byte) byte {
	p := make([]byte, 70000)
	p[0] = n
	return p[0]
}

func largest_alloca(n byte) byte {
	p := make([]byte, 65535)
	p[0] = n
	return p[0]
}

func large_new(n int32) int32 {
	p := new([20000]int32)
	p[0] = n
	return p[0]
}

func new_of_unknown_size(n int32) int32 {
	p := make([]int32, n)
	p[0] = n
	return p[0]
}

func new_of_unknown_size_returned(n int32) []int32 {
	p := make([]int32, n)
	p[0] = n
	return p
}

func array_of_unknown_size(n int32) int32 {
	a := make([]int32, n)
	a[0] = n
	return a[0]
}

func array_of_unknown_size_returned(n int32) []int32 {
	a := make([]int32, n)
	a[0] = n
	p := a[:]
	return p
}

func array_of_unknown_size_kept(n int32) {
	a := make([]int32, n)
	a[0] = n
	sink = &a[0]
}

func array_of_unknown_size_in_loop(n int32) {
	var p []int32
	for i := int32(1); i < n; i++ {
		a := make([]int32, i)
		a[0] = i
		p = a
	}
	use(p[0])
}
