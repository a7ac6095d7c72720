// Lists, trees, queues: pointers to more of the same.
package pairs

type node struct {
	next *node
	data *int
}
type ring struct{ next, prev *ring }
type list struct{ first, last *node }

var sink *int
var sink_node *node

func data(n *node) *int { return n.data }

func next(n *node) *node { return n.next }

func data_of_next(n *node) *int { return n.next.data }

func data_kept(n *node) { sink = n.data }

func data_of_next_kept(n *node) { sink = n.next.data }

func next_kept(n *node) { sink_node = n.next }

func last(n *node) *node {
	for n.next != nil {
		n = n.next
	}
	return n
}

func data_of_last(n *node) *int {
	for n.next != nil {
		n = n.next
	}
	return n.data
}

func all_data_kept(n *node) {
	for k := n; k != nil; k = k.next {
		sink = k.data
	}
}

func cons(rest *node, data *int) *node {
	n := new(node)
	n.next = rest
	n.data = data
	return n
}

func cons_literal(rest *node, data *int) *node {
	return &node{rest, data}
}

func local_list() int {
	i := 0
	a := node{nil, &i}
	b := node{&a, &i}
	c := node{&b, nil}
	return *c.next.next.data
}

func local_list_returned() *node {
	i := 0
	a := node{nil, &i}
	b := node{&a, nil}
	n := &b
	return n
}

func local_list_data_returned() *int {
	i := 0
	a := node{nil, &i}
	b := node{&a, nil}
	return b.next.data
}

func inserted(at, n *node) {
	n.next = at.next
	at.next = n
}

func removed(before *node) { before.next = before.next.next }

func reversed(n *node) *node {
	var done *node
	for n != nil {
		next := n.next
		n.next = done
		done = n
		n = next
	}
	return done
}

func appended(l *list, n *node) {
	l.last.next = n
	l.last = n
}

func taken(l *list) *node {
	n := l.first
	l.first = n.next
	return n
}

func sum(l list) int {
	s := 0
	for n := l.first; n != nil; n = n.next {
		s += *n.data
	}
	return s
}

func sum_of_local() int {
	i := 1
	a := node{nil, &i}
	l := list{&a, &a}
	return sum(l)
}

func joined(a, b *ring) {
	a.next = b
	b.prev = a
}

func self_ring() bool {
	r := new(ring)
	return r.next == r.prev
}

func new_ring() *ring {
	r := new(ring)
	r.next = r
	r.prev = r
	return r
}

func slot_of_last(n **node) **node {
	for *n != nil {
		n = &(*n).next
	}
	return n
}

func first_slot(l *list) **node { return &l.first }

func put_in_slot(slot **node, n *node) {
	n.next = *slot
	*slot = n
}

func two_nodes_found(n, m *node) bool { return n.next == m || m.next == n }
