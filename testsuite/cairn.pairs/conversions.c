/* Pointers as other types: void, integers, other structs; atomics.  */

#include <stdint.h>

struct a { int *p; };
struct b { int *q; };

int *sink;
void *sink_void;
uintptr_t sink_integer;

void *
to_void (int *p)
{
  return p;
}

int *
from_void (void *p)
{
  return p;
}

void
kept_as_void (int *p)
{
  sink_void = p;
}

void
local_kept_as_void (void)
{
  int i = 0;
  sink_void = &i;
}

int
local_as_void_stays (void)
{
  int i = 0;
  void *p = &i;
  return *(int *) p;
}

int *
by_integer_arithmetic (int *p, int n)
{
  return (int *) ((uintptr_t) p + n);
}

int *
by_integer_mask (int *p)
{
  return (int *) ((uintptr_t) p & ~(uintptr_t) 7);
}

void
kept_as_integer (int *p)
{
  sink_integer = (uintptr_t) p;
}

/* C differs: Go's uintptr holds no object; C's is often made a pointer
   again.  C says: "leaking param: p to result level=0".  */
uintptr_t
to_integer (int *p)
{
  return (uintptr_t) p;
}

int
low_bits (int *p)
{
  return (int) ((uintptr_t) p & 7);
}

struct b *
other_struct (struct a *a)
{
  return (struct b *) a;
}

int *
field_of_other_struct (struct a *a)
{
  return ((struct b *) a)->q;
}

void
field_of_other_struct_kept (struct a *a)
{
  sink = ((struct b *) a)->q;
}

void
local_by_void_kept (void)
{
  int i = 0;
  struct a a = { &i };
  void *v = &a;
  struct a *b = v;
  sink = b->p;
}

int
local_by_void_stays (void)
{
  int i = 0;
  struct a a = { &i };
  void *v = &a;
  struct a *b = v;
  return *b->p;
}

/* C differs: Go's compiler does not know what its functions in assembly do,
   GCC does.  C says: "leaking param: p", "to does not escape".  */
void
atomic_store (int **to, int *p)
{
  __atomic_store_n (to, p, __ATOMIC_SEQ_CST);
}

/* C differs: Go's compiler does not know what its functions in assembly do,
   GCC does.  C says: "leaking param: from to result level=1".  */
int *
atomic_load (int **from)
{
  return __atomic_load_n (from, __ATOMIC_SEQ_CST);
}

/* C differs: Go's compiler does not know what its functions in assembly do,
   GCC does.  C says: "leaking param: at to result level=1",
   "leaking param: p".  */
int *
atomic_exchange (int **at, int *p)
{
  return __atomic_exchange_n (at, p, __ATOMIC_SEQ_CST);
}

/* C differs: Go's compiler does not know what its functions in assembly do,
   GCC does.  C says: "at does not escape", "old does not escape",
   "leaking param: p".  */
int
atomic_compare (int **at, int *old, int *p)
{
  return __sync_bool_compare_and_swap (at, old, p);
}

/* C differs: Go's compiler does not know what its functions in assembly do,
   GCC does.  C says: "p does not escape".  */
int
atomic_add (int *p)
{
  return __atomic_add_fetch (p, 1, __ATOMIC_SEQ_CST);
}

void
atomic_store_global (int *p)
{
  __atomic_store_n (&sink, p, __ATOMIC_SEQ_CST);
}

void
atomic_store_local_address (void)
{
  int i = 0;
  __atomic_store_n (&sink, &i, __ATOMIC_SEQ_CST);
}

int
pointer_difference (int *p, int *q)
{
  return (int) ((uintptr_t) p - (uintptr_t) q);
}
