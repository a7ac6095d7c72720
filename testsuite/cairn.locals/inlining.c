/* A function inlined into a loop has fresh variables for each call; so has one
   that GCC clones, unrolls, or turns from recursion into iteration.  */
#include "../lib/check.h"

static int *p[64];
static inline __attribute__ ((always_inline)) int *fresh (int n)
{
  int x = n;
  return &x;
}
static inline int **slot (int i) { return &p[i]; }
static NOINLINE void in_loop (int n)
{
  for (int i = 0; i < n; i++)
    *slot (i) = fresh (i);
}
static NOINLINE void tail (int i, int n)
{
  int x = i;
  p[i] = &x;
  if (i + 1 < n)
    tail (i + 1, n);
}
static int *constant (int i, int times)
{
  int x = i * times;
  return &x;
}
static NOINLINE void cloned (int n)
{
  for (int i = 0; i < n; i++)
    p[i] = i % 2 ? constant (i, 3) : constant (i, 4);
}
static NOINLINE void unrolled (void)
{
  for (int i = 0; i < 8; i++)
    {
      int x = i;
      p[i] = &x;
    }
}
static NOINLINE void two_inlined (int **a, int **b)
{
  *a = fresh (1);
  *b = fresh (2);
}
/* Vectorisable.  */
static NOINLINE int *squares (int n)
{
  int a[256];
  for (int i = 0; i < 256; i++)
    a[i] = i * n;
  for (int i = 0; i < 256; i++)
    a[i] += i;
  return a;
}
/* Accumulating recursion becomes a loop.  */
static NOINLINE int depth (int n, int *above)
{
  int x = above ? *above + 1 : 1;
  p[n] = &x;
  if (n == 0)
    return 0;
  return 1 + depth (n - 1, &x);
}

int
main (void)
{
  in_loop (30);
  clobber ();
  for (int i = 0; i < 30; i++)
    CHECK (*p[i] == i);
  tail (0, 40);
  clobber ();
  for (int i = 0; i < 40; i++)
    CHECK (*p[i] == i);
  cloned (20);
  clobber ();
  for (int i = 0; i < 20; i++)
    CHECK (*p[i] == i * (i % 2 ? 3 : 4));
  unrolled ();
  clobber ();
  for (int i = 0; i < 8; i++)
    CHECK (*p[i] == i);
  int *a, *b;
  two_inlined (&a, &b);
  clobber ();
  CHECK (*a == 1 && *b == 2 && a != b);
  int *s = squares (3);
  clobber ();
  for (int i = 0; i < 256; i++)
    CHECK (s[i] == i * 4);
  CHECK (depth (30, NULL) == 30);
  clobber ();
  for (int i = 0; i <= 30; i++)
    CHECK (*p[i] == 31 - i);
  return 0;
}
