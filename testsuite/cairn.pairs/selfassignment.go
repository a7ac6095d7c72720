// Assignments of a thing to a part of itself.
package pairs

type pair struct{ p1, p2 *int }
type box struct {
	q           *box
	p           *int
	a           [4]int
	pair, other pair
}
type buffer struct {
	a [64]byte
	p []byte
	n int
}

var sink *int

func points_into_itself(b *buffer) { b.p = b.a[:] }

func advanced(b *buffer) { b.p = b.p[1:] }

func pointer_to_itself(b *box) { b.q = b }

func field_to_field(b *box) { b.pair.p1 = b.pair.p2 }

func fields_exchanged(b *box) {
	b.pair.p1, b.pair.p2 = b.pair.p2, b.pair.p1
}

func field_to_field_of_another(b, c *box) { b.pair.p1 = c.pair.p2 }

func field_to_itself(b *box) { b.p = b.p }

func next_but_one(b *box) { b.q = b.q.q }

func address_of_own_element(b *box) { b.p = &b.a[1] }

func kept_after_self_assignment(b *box) {
	b.pair.p1 = b.pair.p2
	sink = b.pair.p2
}

func kept_before_self_assignment(b *box) {
	sink = b.pair.p2
	b.pair.p1 = b.pair.p2
}

func local_to_itself() int {
	var b box
	b.pair.p1 = b.pair.p2
	b.p = &b.a[0]
	return *b.p
}

func local_to_itself_returned() *box {
	var b box
	p := &b
	p.q = p
	return p
}

func integers_exchanged(b *box) { b.a[0] = b.a[1] }

func struct_to_struct(b *box) { b.pair = b.other }

func struct_to_struct_of_another(b, c *box) { b.pair = c.other }

// Here the object is not the same one.

func field_of_the_next(b *box) {
	first := b
	for b.q != nil {
		b = b.q
		first.p = b.pair.p1
	}
}

func carried_to_the_next(b *box) {
	var t *int
	for ; b != nil; b = b.q {
		b.p = t
		t = b.pair.p1
	}
}

func rotated(b, c *box, n int) {
	for ; n > 0; n-- {
		t := b.p
		s := b
		b = c
		c = s
		b.p = t
	}
}
