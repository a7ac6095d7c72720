/* Integers in structures beside pointers are told apart from them; an integer
   that is a pointer all the same is not lost.  */
#include "../lib/check.h"

struct slice { int *data; uintptr_t len; uintptr_t cap; };
struct outer { struct slice s; union { int *p; uintptr_t u; } either; long n; };
static uintptr_t kept[8];

static NOINLINE void by_field (int n)
{
  int x = n;
  struct slice s = { NULL, 0, 0 };
  s.len = (uintptr_t) &x;
  kept[0] = s.len;
}
static NOINLINE struct slice by_value (int n)
{
  int x = n;
  struct slice s = { NULL, 0, 0 };
  s.cap = (uintptr_t) &x;
  return s;
}
static NOINLINE void by_copy (int n)
{
  int x = n;
  struct slice s = { NULL, (uintptr_t) &x, 0 }, t;
  t = s;
  kept[1] = t.len;
}
static NOINLINE void by_nested (int n)
{
  int x = n, y = n + 1;
  struct slice s = { &x, (uintptr_t) &y, 0 };
  struct outer o = { s, { NULL }, 0 };
  o.either.p = s.data;
  kept[2] = o.s.len;
  kept[3] = o.either.u;
}
static NOINLINE struct slice through (struct slice s)
{
  s.cap = s.len;
  s.len = 0;
  return s;
}
static NOINLINE void by_parameter (int n)
{
  int x = n;
  struct slice s = { NULL, (uintptr_t) &x, 0 };
  s = through (s);
  kept[4] = s.cap;
}
static NOINLINE void in_loop (int n)
{
  struct slice s = { NULL, 0, 0 };
  for (int i = 0; i < n; i++)
    {
      int x = i;
      if (i == 0)
        s.len = (uintptr_t) &x;
      clobber ();
      CHECK (*(int *) s.len == 0);
    }
}
static NOINLINE long length (int n)
{
  int a[4] = { n };
  struct slice s = { a, 4, 8 };
  return s.len + s.data[0];
}

int
main (void)
{
  by_field (1);
  struct slice s = by_value (2);
  by_copy (3);
  by_nested (4);
  by_parameter (6);
  clobber ();
  CHECK (*(int *) kept[0] == 1 && *(int *) s.cap == 2);
  CHECK (*(int *) kept[1] == 3 && *(int *) kept[2] == 5);
  CHECK (*(int *) kept[3] == 4 && *(int *) kept[4] == 6);
  in_loop (3);
  CHECK (length (1) == 5);
  return 0;
}
