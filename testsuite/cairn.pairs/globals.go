// Globals are the heap.
package pairs

type node struct {
	next  *node
	value *int
}

var pointer *int
var pointer2 **int
var number int
var list *node
var head node
var table [8]*int
var private_pointer *int
var kept *int

func set(p *int) { pointer = p }

func set_private(p *int) { private_pointer = p }

func get() *int { return pointer }

func address_of_global() *int { return &number }

func content_set(p *int) { *pointer2 = p }

func address_of_local_set() {
	x := 1
	pointer = &x
}

func address_of_local_in_content() {
	x := 1
	*pointer2 = &x
}

func field_set(p *int) { head.value = p }

func field_by_pointer_set(p *int) { list.value = p }

func element_set(p *int, n int) { table[n&7] = p }

func struct_set(n node) { head = n }

func struct_loaded_set(n *node) { head = *n }

func pushed(p *int) {
	n := new(node)
	n.value = p
	n.next = list
	list = n
}

func local_pushed() {
	x := 1
	pushed(&x)
}

func node_pushed(n *node) {
	n.next = list
	list = n
}

func local_node_pushed() {
	var n node
	n.next = list
	list = &n
}

func local_node_pushed_by_call() {
	var n node
	node_pushed(&n)
}

func popped() *node {
	n := list
	list = n.next
	return n
}

func read_by_local_pointer() int {
	p := &pointer
	return **p
}

func written_by_local_pointer(q *int) {
	p := &pointer
	*p = q
}

func local_by_local_pointer() {
	x := 1
	p := &pointer
	*p = &x
}

func copied_out() bool {
	n := head
	return n.value == pointer
}

func set_and_reset(p *int) {
	old := pointer
	pointer = p
	pointer = old
}

func static_local(p *int) *int {
	old := kept
	kept = p
	return old
}

func address_of_static_local() *int { return &number }

func compared(p *int) {
	if p == pointer {
		number = 1
	}
}
