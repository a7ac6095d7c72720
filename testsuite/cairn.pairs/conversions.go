// Pointers as other types: void, integers, other structs; atomics.
package pairs

import (
	"sync/atomic"
	"unsafe"
)

type a struct{ p *int }
type b struct{ q *int }

var sink *int
var sink_void unsafe.Pointer
var sink_integer uintptr

func to_void(p *int) unsafe.Pointer { return unsafe.Pointer(p) }

func from_void(p unsafe.Pointer) *int { return (*int)(p) }

func kept_as_void(p *int) { sink_void = unsafe.Pointer(p) }

func local_kept_as_void() {
	i := 0
	sink_void = unsafe.Pointer(&i)
}

func local_as_void_stays() int {
	i := 0
	p := unsafe.Pointer(&i)
	return *(*int)(p)
}

func by_integer_arithmetic(p *int, n int) *int {
	return (*int)(unsafe.Pointer(uintptr(unsafe.Pointer(p)) + uintptr(n)))
}

func by_integer_mask(p *int) *int {
	return (*int)(unsafe.Pointer(uintptr(unsafe.Pointer(p)) &^ 7))
}

func kept_as_integer(p *int) { sink_integer = uintptr(unsafe.Pointer(p)) }

func to_integer(p *int) uintptr { return uintptr(unsafe.Pointer(p)) }

func low_bits(p *int) int { return int(uintptr(unsafe.Pointer(p)) & 7) }

func other_struct(a *a) *b { return (*b)(unsafe.Pointer(a)) }

func field_of_other_struct(a *a) *int { return (*b)(unsafe.Pointer(a)).q }

func field_of_other_struct_kept(a *a) { sink = (*b)(unsafe.Pointer(a)).q }

func local_by_void_kept() {
	i := 0
	a := a{&i}
	v := unsafe.Pointer(&a)
	b := (*struct{ p *int })(v)
	sink = b.p
}

func local_by_void_stays() int {
	i := 0
	a := a{&i}
	v := unsafe.Pointer(&a)
	b := (*struct{ p *int })(v)
	return *b.p
}

func atomic_store(to **int, p *int) {
	atomic.StorePointer((*unsafe.Pointer)(unsafe.Pointer(to)), unsafe.Pointer(p))
}

func atomic_load(from **int) *int {
	return (*int)(atomic.LoadPointer((*unsafe.Pointer)(unsafe.Pointer(from))))
}

func atomic_exchange(at **int, p *int) *int {
	return (*int)(atomic.SwapPointer((*unsafe.Pointer)(unsafe.Pointer(at)), unsafe.Pointer(p)))
}

func atomic_compare(at **int, old, p *int) bool {
	return atomic.CompareAndSwapPointer((*unsafe.Pointer)(unsafe.Pointer(at)), unsafe.Pointer(old), unsafe.Pointer(p))
}

func atomic_add(p *int32) int32 { return atomic.AddInt32(p, 1) }

func atomic_store_global(p *int) {
	atomic.StorePointer((*unsafe.Pointer)(unsafe.Pointer(&sink)), unsafe.Pointer(p))
}

func atomic_store_local_address() {
	i := 0
	atomic.StorePointer((*unsafe.Pointer)(unsafe.Pointer(&sink)), unsafe.Pointer(&i))
}

func pointer_difference(p, q *int) int {
	return int(uintptr(unsafe.Pointer(p)) - uintptr(unsafe.Pointer(q)))
}
