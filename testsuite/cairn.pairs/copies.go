// Copies: with the C library's functions and by hand.
package pairs

var sink []byte
var sink_int *int
var sink_pointers []*int

func bytes_copied(to, from []byte) { copy(to, from) }

func bytes_moved(to, from []byte) { copy(to, from) }

func local_bytes_copied() int {
	a := [8]byte{1}
	var b [8]byte
	copy(b[:], a[:])
	return int(b[0])
}

func pointers_copied(to, from []*int, n int) { copy(to[:n], from[:n]) }

func local_pointers_copied() int {
	i := 0
	a := [1]*int{&i}
	b := a
	return *b[0]
}

func local_pointers_copied_kept() {
	i := 0
	a := [1]*int{&i}
	b := a
	sink_int = b[0]
}

func duplicated(s []byte) []byte {
	p := make([]byte, len(s))
	copy(p, s)
	return p
}

func duplicated_in_two(s, t []byte) []byte {
	p := make([]byte, len(s)+len(t))
	copy(p, s)
	copy(p[len(s):], t)
	return p
}

func duplicated_stored(s []byte) {
	p := make([]byte, len(s))
	copy(p, s)
	sink = p
}

func pointers_duplicated(s []*int32) []*int32 {
	p := make([]*int32, len(s))
	copy(p, s)
	return p
}

func compared(a, b []byte) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return len(a) == len(b)
}

func local_compared() bool {
	a := [4]byte{1}
	b := [4]byte{2}
	return compared(a[:], b[:])
}

func found(s []byte, c byte) *byte {
	for i := range s {
		if s[i] == c {
			return &s[i]
		}
	}
	return nil
}

func cleared(s []*int) {
	for i := range s {
		s[i] = nil
	}
}

func kept(s []byte) { sink = s }

func first(s []byte) int { return int(s[0]) }

func byte_by_byte(to, from []byte) int {
	for i, b := range from {
		to[i] = b
	}
	return int(to[0])
}
