/* Pointers in disguise: through integers, unions, bytes, memcpy, struct
   copies, offsets, out-parameters, globals and arrays of arrays.  */
#include <stddef.h>
#include "../lib/check.h"

static NOINLINE uintptr_t as_integer (int n) { int x = n; return (uintptr_t) &x; }
static NOINLINE int *there_and_back (int n)
{
  int x = n;
  uintptr_t u = (uintptr_t) &x;
  u += 16;
  u ^= 1;
  u ^= 1;
  return (int *) (u - 16);
}
static NOINLINE int *bytewise (int n)
{
  int x = n;
  int *p = &x, *q;
  for (size_t i = 0; i < sizeof p; i++)
    ((unsigned char *) &q)[i] = ((unsigned char *) &p)[i];
  return q;
}
static NOINLINE int *by_memcpy (int n)
{
  int x = n;
  int *p = &x, *q;
  memcpy (&q, &p, sizeof p);
  return q;
}
static unsigned char buffer[64];
static NOINLINE void into_bytes (int n)
{
  int x = n;
  int *p = &x;
  memcpy (buffer + 8, &p, sizeof p);
}
static NOINLINE void into_bytes_by_hand (int n)
{
  int x = n;
  int *p = &x;
  const unsigned char *from = (const unsigned char *) &p;
  unsigned char *to = buffer + 16;
  size_t left = sizeof p;
  while (left--)
    *to++ = *from++;
}
static NOINLINE void out (int n, int **result) { int x = n; *result = &x; }
struct holder { int pad; int *p; struct holder *inner; };
static NOINLINE void fill (struct holder *h, int n)
{
  int x = n;
  h->p = &x;
}
static NOINLINE struct holder by_value (int n)
{
  int x = n;
  struct holder h = { 1, &x, NULL };
  struct holder copy = h;
  return copy;
}
static NOINLINE void two_levels (struct holder *h, int n)
{
  struct holder in = { 2, NULL, NULL };
  h->inner = &in;
  fill (h->inner, n);
}
/* container_of: only a pointer to the middle survives.  */
static NOINLINE int *middle (int n)
{
  struct holder h = { n, NULL, NULL };
  h.inner = &h;
  return (int *) ((char *) &h.p);
}
static int *table[4][4];
static NOINLINE void into_table (int i, int j)
{
  int x = i * 4 + j;
  table[i][j] = &x;
}
static int **static_pointer (int n)
{
  static int *cached;
  int x = n;
  cached = &x;
  return &cached;
}
static NOINLINE int *selected (int i, int n)
{
  int a = n, b = n + 1, c = n + 2;
  int *all[3] = { &a, &b, &c };
  return all[i];
}
static int sink_count;
static int *sinks[4];
static NOINLINE void sink (void *p) { sinks[sink_count++] = p; }
static NOINLINE void loop_phi (int n)
{
  int a = n, b = n * 2, *p = &a;
  for (int i = 0; i < 3; i++)
    {
      sink (p);
      p = p == &a ? &b : &a;
    }
}

int
main (void)
{
  uintptr_t u = as_integer (1);
  int *t = there_and_back (2), *b = bytewise (3), *m = by_memcpy (4);
  into_bytes (5);
  into_bytes_by_hand (6);
  int *o;
  out (7, &o);
  struct holder h, g = by_value (9), deep;
  fill (&h, 8);
  two_levels (&deep, 10);
  int *mid = middle (11);
  for (int i = 0; i < 16; i++)
    into_table (i / 4, i % 4);
  int **s = static_pointer (12);
  int *x = selected (opaque_int (2), 13);
  loop_phi (30);
  clobber ();
  CHECK (*(int *) u == 1 && *t == 2 && *b == 3 && *m == 4);
  int *p;
  memcpy (&p, buffer + 8, sizeof p);
  CHECK (*p == 5);
  memcpy (&p, buffer + 16, sizeof p);
  CHECK (*p == 6);
  CHECK (*o == 7 && *h.p == 8 && *g.p == 9 && g.pad == 1);
  CHECK (deep.inner->pad == 2 && *deep.inner->p == 10);
  struct holder *whole
    = (struct holder *) ((char *) mid - offsetof (struct holder, p));
  CHECK (whole->pad == 11 && whole->inner == whole);
  for (int i = 0; i < 16; i++)
    CHECK (*table[i / 4][i % 4] == i);
  CHECK (**s == 12 && *x == 15);
  CHECK (*sinks[0] == 30 && *sinks[1] == 60 && sinks[2] == sinks[0]);
  return 0;
}
