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
