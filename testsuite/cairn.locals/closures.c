/* Nested functions that outlive the function they are written in.  */
/* { dg-options "-Wall -Wno-trampolines -Wno-infinite-recursion" } */
#include "../lib/check.h"

typedef int function (int);

static NOINLINE function *adder (int n)
{
  int add (int i) { return n + i; }
  return add;
}
struct counter { int (*next) (void); void (*reset) (int); };
static NOINLINE struct counter counter (int start)
{
  int count = start;
  int next (void) { return count++; }
  void reset (int n) { count = n; }
  return (struct counter){ next, reset };
}
static NOINLINE function *three_deep (int a)
{
  function *outer (int b)
  {
    function *middle (int c)
    {
      int inner (int d) { return a * 1000 + b * 100 + c * 10 + d; }
      return inner;
    }
    return middle (b + 1);
  }
  return outer (a + 1);
}
static NOINLINE function *fibonacci (void)
{
  int fib (int n) { return n < 2 ? n : fib (n - 1) + fib (n - 2); }
  return fib;
}
static NOINLINE int apply (function *f, int n) { return f (n); }
static NOINLINE int sort_down (int *a, int n)
{
  int calls = 0;
  int down (const void *p, const void *q)
  {
    calls++;
    return *(const int *) q - *(const int *) p;
  }
  qsort (a, n, sizeof *a, down);
  return calls;
}
/* The address of the parent's variable, taken by the child.  */
static NOINLINE int *child_takes_address (int n)
{
  int x = n;
  int *take (void) { return &x; }
  return take ();
}
static function *adders[20];
static NOINLINE void many (void)
{
  for (int i = 0; i < 20; i++)
    adders[i] = adder (i * 100);
}
static NOINLINE int goes_out (int n)
{
  __label__ out;
  int result = 0;
  void deep (int i)
  {
    if (i == 0)
      {
        result = n;
        goto out;
      }
    deep (i - 1);
  }
  deep (10);
  return -1;
 out:
  return result;
}

int
main (void)
{
  function *five = adder (5), *six = adder (6);
  struct counter a = counter (10), b = counter (20);
  function *deep = three_deep (1), *fib = fibonacci ();
  many ();
  int *x = child_takes_address (33);
  clobber ();
  CHECK (five (1) == 6 && six (1) == 7 && apply (five, 10) == 15);
  CHECK (a.next () == 10 && a.next () == 11 && b.next () == 20);
  a.reset (100);
  CHECK (a.next () == 100 && b.next () == 21);
  CHECK (deep (4) == 1234);
  CHECK (fib (15) == 610);
  for (int i = 0; i < 20; i++)
    CHECK (adders[i] (i) == i * 101);
  CHECK (*x == 33);
  int values[] = { 3, 1, 4, 1, 5, 9, 2, 6 };
  CHECK (sort_down (values, 8) > 0 && values[0] == 9 && values[7] == 1);
  CHECK (goes_out (8) == 8);
  return 0;
}
