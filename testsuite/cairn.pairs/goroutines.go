// What another thread gets, what is done on leaving, what channels and maps
// keep: Go has words for it, C functions and structs.
package pairs

import "unsafe"

var sink *int

func use(int)

func run(p unsafe.Pointer) {
	q := (*int)(p)
	use(*q)
}

func started(p *int) { go run(unsafe.Pointer(p)) }

func started_with_local() {
	x := 1
	go run(unsafe.Pointer(&x))
}

func started_with_local_in_loop() {
	for i := 0; i < 3; i++ {
		x := i
		go run(unsafe.Pointer(&x))
	}
}

func started_with_content(p **int) { go run(unsafe.Pointer(*p)) }

func run_here() {
	x := 1
	run(unsafe.Pointer(&x))
}

func look(p *int) { use(*p) }

func keep(p *int) { sink = p }

func deferred_look() {
	x := 1
	defer look(&x)
	use(x)
}

func deferred_keep() {
	x := 1
	defer keep(&x)
	use(x)
}

func sent(c chan *int, p *int) { c <- p }

func local_sent(c chan *int) {
	x := 1
	sent(c, &x)
}

func content_sent(c chan *int, p **int) { c <- *p }

func received(c chan *int) *int { return <-c }

func received_value(c chan *int) int { return *<-c }

func put(m map[int]*int, k int, p *int) { m[k] = p }

func put_key(m map[*int]int, k int, p *int) { m[p] = k }

func put_local(m map[int]*int) {
	x := 1
	put(m, 3, &x)
}

func put_local_key(m map[*int]int) {
	x := 1
	put_key(m, 3, &x)
}

func got_value(m map[int]*int, k int) int { return *m[k] }

func looked_up(m map[*int]int, p *int) bool {
	_, ok := m[p]
	return ok
}

func new_map() map[int]*int { return make(map[int]*int) }

func new_map_stays() bool {
	m := make(map[int]*int)
	return m[0] == m[1]
}
