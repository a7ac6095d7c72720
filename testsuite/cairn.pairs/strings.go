// A string: bytes that do not change, and how many.
package pairs

type named_ struct {
	name string
	n    int
}

var sink string
var sink_byte *byte

func same(s string) string { return s }

func tail(s string) string { return s[1:] }

func longer(a, b string) string {
	if len(a) > len(b) {
		return a
	}
	return b
}

func kept(s string) { sink = s }

func byte_(s string, i int) int { return int(s[i]) }

func equal_to_global(s string) bool { return s == sink }

func constant() string { return "constant" }

func constant_kept() { sink = "constant" }

func address(s string) *string { return &s }

func name(n *named_) string { return n.name }

func name_kept(n *named_) { sink = n.name }

func renamed(n *named_, s string) { n.name = s }

func named(s string) *named_ {
	n := new(named_)
	n.name = s
	return n
}

func first_of_tail(s string) int { return byte_(tail(s), 0) }

func named_with_constant() int {
	n := named_{"x", 0}
	p := &n
	return p.n
}

func renamed_local(s string) int {
	var n named_
	renamed(&n, s)
	return byte_(n.name, 0)
}
