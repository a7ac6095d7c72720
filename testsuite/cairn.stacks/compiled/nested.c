/* Nested functions: called deep, through their address by foreign code, jumping
   out of callbacks, with the frame of their parent on the address stack.
   { cairn-foreign }
   { cairn-also }

   Catches: a static chain that points into a stack that has moved; a closure's
   thunk that is taken for foreign code, or changes the chain.  */

#include <setjmp.h>
#include "compiled.h"

extern long away (long (*fn) (long), long n);

#ifdef FOREIGN

NOINLINE long
away (long (*fn) (long), long n)
{
  stand ();
  return fn (n);
}

#else

static NOINLINE long
direct (long n)
{
  long total = 0;
  __attribute__ ((noinline)) void add (long k)
  {
    total += k;
    if (k > 1)
      add (k - 1);
    __asm__ volatile ("");
    total += grow (3);
  }
  add (n);
  return total;
}

/* A closure that calls a closure of a deeper call…  */
static LOOKS long
closures (long n, long (*outer) (long))
{
  long mine = n;
  __attribute__ ((noinline)) long inner (long k)
  {
    mine++;
    return outer ? outer (k - 1) + 1 : k;
  }
  if (n == 0)
    return inner (1000000);
  long result = closures (n - 1, inner);
  grow (3);
  CHECK (mine == n + 1);
  return result;
}

static NOINLINE long
by_foreign_code (long n)
{
  long calls = 0;
  __attribute__ ((noinline)) long inner (long k)
  {
    calls++;
    grow_addressed (10, NULL);
    return k > 0 ? away (inner, k - 1) + 1 : 0;
  }
  long result = away (inner, n);
  CHECK (calls == n + 1);
  return result;
}

/* Two levels, with arguments on the stack, and many results.  */
struct many { long w[9]; };

static NOINLINE struct many
levels (long n)
{
  struct many sum = { { n } };
  __attribute__ ((noinline)) struct many second (long a, long b, long c, long d, long e, long f,
			       long g, long h)
  {
    __attribute__ ((noinline)) void third (int i)
    {
      sum.w[i] += a + b + c + d + e + f + g + h;
      grow (20);
      if (i < 8)
	third (i + 1);
      __asm__ volatile ("");
    }
    third (1);
    return sum;
  }
  struct many (*volatile pointer) (long, long, long, long, long, long, long, long)
    = second;
  pointer (1, 2, 3, 4, 5, 6, 7, 8);
  return second (1, 2, 3, 4, 5, 6, 7, n);
}

/* Leave by a jump to a label of the parent.  */
static NOINLINE int
nonlocal (int n)
{
  __label__ out;
  volatile int before = 1;
  __attribute__ ((noinline)) long leave (long k)
  {
    if (k == 0)
      goto out;
    grow (10);
    long r = away (leave, k - 1);
    __asm__ volatile ("");
    return r;
  }
  before = 2;
  leave (n);
  return 0;
out:
  grow_addressed (20, NULL);
  return before;
}

static int
sorted (int *numbers, int n, int sign)
{
  int calls = 0;
  int compare (const void *a, const void *b)
  {
    calls++;
    grow (10);
    return sign * (*(const int *) a - *(const int *) b);
  }
  qsort (numbers, n, sizeof *numbers, compare);
  return calls;
}

int
main (void)
{
  CHECK (direct (1000) == 500500 + 3000);
  CHECK (closures (100, NULL) == 1000000);
  CHECK (closures (stressed () ? 300 : 3000, NULL) == 1000000);
  CHECK (by_foreign_code (50) == 50);
  struct many m = levels (8);
  for (int i = 1; i < 9; i++)
    CHECK (m.w[i] == 72);
  CHECK (nonlocal (0) == 2 && nonlocal (30) == 2);
  int numbers[] = { 5, 2, 9, 1, 7 };
  CHECK (sorted (numbers, 5, 1) > 3 && numbers[0] == 1 && numbers[4] == 9);
  CHECK (sorted (numbers, 5, -1) > 3 && numbers[0] == 9 && numbers[4] == 1);
  return 0;
}
#endif
