/* Integers in structures beside pointers are told apart from them; an integer
   that is a pointer all the same is not lost.  */
#include <stdarg.h>
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
static uintptr_t length_of (struct slice s)
{
  return s.len;
}
static NOINLINE uintptr_t by_result (int n)
{
  int x = n;
  return length_of ((struct slice){ NULL, (uintptr_t) &x, 0 });
}
static uintptr_t recursive (int n, struct slice s, int m)
{
  if (n == 0)
    return m ? s.cap : s.len;
  int x = 7;
  if (n == 5)
    s.cap = (uintptr_t) &x;
  return recursive (n - 1, s, m);
}
static void keep_cap (struct slice s)
{
  kept[5] = s.cap;
}
static void (*volatile keep) (struct slice) = keep_cap;
static NOINLINE void by_pointer (int n)
{
  int x = n;
  keep ((struct slice){ NULL, 0, (uintptr_t) &x });
}
/* One structure has a name, the other has none.  */
static void keep_variable (struct slice s, ...)
{
  va_list ap;
  va_start (ap, s);
  struct slice t = va_arg (ap, struct slice);
  va_end (ap);
  kept[6] = s.len;
  kept[7] = t.len;
}
static NOINLINE void by_variable (int n)
{
  int x = n, y = n + 1;
  keep_variable ((struct slice){ NULL, (uintptr_t) &x, 0 },
                 (struct slice){ NULL, (uintptr_t) &y, 0 });
}
static uintptr_t either_of (struct outer o)
{
  return o.either.u;
}
static NOINLINE uintptr_t by_union (int n)
{
  int x = n;
  struct outer o = { { NULL, 0, 0 }, { &x }, 0 };
  return either_of (o);
}
static uintptr_t pointer_of (struct slice s)
{
  uintptr_t u;
  memcpy (&u, &s, sizeof u);
  return u;
}
static NOINLINE uintptr_t by_bytes (int n)
{
  int x = n;
  struct slice s = { &x, 0, 0 };
  return pointer_of (s);
}
static uintptr_t old_style (s, n)
     struct slice s;
     int n;
{
  return s.cap + n;
}
static NOINLINE uintptr_t by_old_style (int n)
{
  int x = n;
  struct slice s = { NULL, 0, (uintptr_t) &x };
  return old_style (s, 0);
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
  uintptr_t u[] = { by_result (8), recursive (9, s, 1), by_union (10),
                    by_bytes (11), by_old_style (12), recursive (3, s, 1) };
  by_pointer (13);
  by_variable (14);
  clobber ();
  CHECK (*(int *) u[0] == 8 && *(int *) u[1] == 7 && *(int *) u[2] == 10);
  CHECK (*(int *) u[3] == 11 && *(int *) u[4] == 12 && *(int *) u[5] == 2);
  CHECK (*(int *) kept[5] == 13 && *(int *) kept[6] == 14);
  CHECK (*(int *) kept[7] == 15);
  in_loop (3);
  CHECK (length (1) == 5);
  return 0;
}
