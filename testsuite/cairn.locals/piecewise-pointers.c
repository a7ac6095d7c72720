/* Pointers copied in pieces: by halves, words, bytes, shifts, vectors and
   atomics, and by memcpy into globals.  The kept copy lies whole and aligned
   in memory in the end; how it came there must not matter.  */
/* { dg-options "-fno-strict-aliasing" } */
#include "../lib/check.h"

#define ALIGNED _Alignas (8)

static ALIGNED uint32_t halves[2];
static NOINLINE void by_halves (int n)
{
  int x = n, *p = &x;
  memcpy (&halves[0], &p, 4);
  memcpy (&halves[1], (char *) &p + 4, 4);
}
union view { int *p; uint32_t half[2]; double d; unsigned char bytes[8]; };
static union view through_union;
static NOINLINE void by_union_halves (int n)
{
  int x = n;
  union view v = { .p = &x };
  through_union.half[0] = v.half[0];
  through_union.half[1] = v.half[1];
}
static double kept;
static NOINLINE void as_double (int n)
{
  int x = n;
  union view v = { .p = &x };
  kept = v.d;
}
static int *word_copy;
static NOINLINE void by_words (int n)
{
  int x = n, *p = &x;
  uint32_t *from = (uint32_t *) &p, *to = (uint32_t *) &word_copy;
  to[0] = from[0];
  to[1] = from[1];
}
static NOINLINE void own_memcpy (void *to, const void *from, size_t nbytes)
{
  char *t = to;
  const char *f = from;
  while (nbytes--)
    *t++ = *f++;
}
static int *own_copy;
static NOINLINE void by_own_memcpy (int n)
{
  int x = n, *p = &x;
  own_memcpy (&own_copy, &p, sizeof p);
}
struct pair { int *first, *second; };
static struct pair pairs[2], own_pair;
static NOINLINE void pair_by_own_memcpy (int n)
{
  int x = n, y = n + 1;
  struct pair from = { &x, &y };
  own_memcpy (&own_pair, &from, sizeof from);
}
static ALIGNED unsigned char bytes[8];
static NOINLINE void by_shifts (int n)
{
  int x = n;
  uintptr_t u = (uintptr_t) &x;
  for (int i = 0; i < 8; i++)
    bytes[i] = u >> (8 * i);
}
static NOINLINE int *reassembled (int n)
{
  int x = n, *p = &x;
  uintptr_t u = 0;
  for (int i = 7; i >= 0; i--)
    u = u << 8 | ((unsigned char *) &p)[i];
  return (int *) u;
}
struct raw { ALIGNED unsigned char bytes[16]; };
static struct raw raw;
static NOINLINE void by_raw_struct (int n)
{
  int x = n, y = n + 1;
  struct pair from = { &x, &y };
  struct raw r;
  memcpy (&r, &from, sizeof r);
  raw = r;
}
typedef uint32_t vector __attribute__ ((vector_size (8), may_alias));
static int *vector_copy;
static NOINLINE void by_vector (int n)
{
  int x = n, *p = &x;
  *(vector *) &vector_copy = *(vector *) &p;
}
static int *exchanged, *swapped;
static NOINLINE void by_atomics (int n)
{
  int x = n, y = n + 1, *expected = NULL;
  __atomic_compare_exchange_n (&swapped, &expected, &x, 0, __ATOMIC_SEQ_CST,
                               __ATOMIC_SEQ_CST);
  __atomic_exchange_n (&exchanged, &y, __ATOMIC_SEQ_CST);
}
static int *global_slot;
static NOINLINE void out (int **slot, int n)
{
  int x = n;
  *slot = &x;
}
static NOINLINE void copied_to_global (int n, int nbytes)
{
  int x = n, y = n + 1;
  struct pair from = { &x, &y };
  memcpy (&pairs[1], &from, nbytes);
}
static NOINLINE void own_copied_to_global (int n)
{
  int x = n, y = n + 1;
  struct pair from = { &x, &y };
  own_memcpy (&pairs[0], &from, sizeof from);
}

/* The pointer whose 8 bytes lie at P.  */
static NOINLINE int *
pointer_at (const void *p)
{
  int *q;
  memcpy (&q, p, sizeof q);
  return q;
}

int
main (void)
{
  by_halves (1);
  clobber ();
  CHECK (*pointer_at (halves) == 1);
  by_union_halves (2);
  clobber ();
  CHECK (*pointer_at (&through_union) == 2);
  as_double (3);
  clobber ();
  CHECK (*pointer_at (&kept) == 3);
  by_words (4);
  clobber ();
  CHECK (*pointer_at (&word_copy) == 4);
  by_own_memcpy (5);
  clobber ();
  CHECK (*pointer_at (&own_copy) == 5);
  pair_by_own_memcpy (6);
  clobber ();
  CHECK (*own_pair.first == 6 && *own_pair.second == 7);
  by_shifts (8);
  clobber ();
  CHECK (*pointer_at (bytes) == 8);
  int *r = reassembled (9);
  clobber ();
  CHECK (*r == 9);
  by_raw_struct (10);
  clobber ();
  CHECK (*pointer_at (raw.bytes) == 10 && *pointer_at (raw.bytes + 8) == 11);
  by_vector (12);
  clobber ();
  CHECK (*pointer_at (&vector_copy) == 12);
  by_atomics (13);
  clobber ();
  CHECK (*swapped == 13 && *exchanged == 14);
  out (&global_slot, 15);
  clobber ();
  CHECK (*global_slot == 15);
  copied_to_global (16, opaque_int (sizeof (struct pair)));
  clobber ();
  CHECK (*pairs[1].first == 16 && *pairs[1].second == 17);
  own_copied_to_global (18);
  clobber ();
  CHECK (*pairs[0].first == 18 && *pairs[0].second == 19);
  return 0;
}
