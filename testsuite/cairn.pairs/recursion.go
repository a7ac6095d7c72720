// Functions that call each other in a circle.
package pairs

type tree struct {
	left, right *tree
	value       *int
}

type frames struct {
	up *frames
	n  int
}

var sink *int
var sink_tree *tree

func itself(p *int, n int) *int {
	if n == 0 {
		return p
	}
	return itself(p, n-1)
}

func itself_looks(p *int, n int) int {
	if n == 0 {
		return *p
	}
	return itself_looks(p, n-1)
}

func itself_keeps(p *int, n int) {
	if n == 0 {
		sink = p
	} else {
		itself_keeps(p, n-1)
	}
}

func local_down(p *int, n int) int {
	x := n
	if n == 0 {
		return *p
	}
	return local_down(&x, n-1)
}

func local_up(n int) *int {
	x := n
	if n == 0 {
		return &x
	}
	return local_up(n - 1)
}

func ping(p *int, n int) *int {
	if n == 0 {
		return p
	}
	return pong(p, n-1)
}

func pong(p *int, n int) *int { return ping(p, n) }

func even(p *int, n int) int {
	if n == 0 {
		return *p
	}
	return odd(p, n-1)
}

func odd(p *int, n int) int { return even(p, n) }

func calls_even() int {
	x := 1
	return even(&x, 5)
}

func calls_ping() int {
	x := 1
	return *ping(&x, 5)
}

func calls_ping_returns() *int {
	x := 1
	return ping(&x, 5)
}

func count(t *tree) int {
	if t == nil {
		return 0
	}
	return count(t.left) + 1 + count(t.right)
}

func leftmost(t *tree) *int {
	if t.left == nil {
		return t.value
	}
	return leftmost(t.left)
}

func leftmost_node(t *tree) *tree {
	if t.left == nil {
		return t
	}
	return leftmost_node(t.left)
}

func all_kept(t *tree) {
	if t == nil {
		return
	}
	sink = t.value
	all_kept(t.left)
	all_kept(t.right)
}

func build(depth int) *tree {
	t := new(tree)
	if depth != 0 {
		t.left = build(depth - 1)
		t.right = build(depth - 1)
	}
	return t
}

func exchanged(p, q *int, n int) int {
	if n == 0 {
		return *p
	}
	return exchanged(q, p, n-1)
}

func exchanged_returned(p, q *int, n int) *int {
	if n == 0 {
		return p
	}
	return exchanged_returned(q, p, n-1)
}

func chain_of_frames(up *frames, n int) int {
	here := frames{up, n}
	if n == 0 {
		if here.up != nil {
			return here.up.n
		}
		return 0
	}
	return chain_of_frames(&here, n-1)
}

func chain_of_frames_kept(up *tree, n int) {
	here := tree{up, nil, nil}
	if n == 0 {
		sink_tree = &here
	} else {
		chain_of_frames_kept(&here, n-1)
	}
}
