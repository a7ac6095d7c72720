/* Nested functions that use constants only, or nothing, of the functions around
   them are called when those have returned.  */
/* { dg-options "-Wall -Wextra -Wno-trampolines" } */
#include "../lib/check.h"

typedef int function (int);
static function *keep[8];
static int some = 1000;

static NOINLINE void
constants (void)
{
  const int n = 5, m = n + 1;
  const float f = 2.5f;
  int *const p = &some;
  const char c = 'a';
  int
  sum (int y)
  {
    int inner (int x) { return x + n * m; }
    int list[] = { n, m };
    return inner (y) + (int) (2 * f) + *p + list[1] + (c == 'a');
  }
  keep[0] = sum;
}

static NOINLINE void
mixed (int k)
{
  const int n = 7, no = 0, at = 3;
  const int *where;
  int v = k;
  int add (int y) { v += y; return v + n; }
  int
  read (int y)
  {
    where = &at;
    return y + *where + (no ? v : n);
  }
  keep[1] = add;
  keep[2] = read;
}

/* B is no closure; C must not become one because it is beside those that are;
   E needs its frame for what it calls.  */
static NOINLINE int
beside (int k)
{
  int v = k;
  int uses (int y) { return v++ + y; }
  int other (int y) { return y > 0 ? other (y - 1) + 2 : 0; }
  int
  B (int y)
  {
    int own (int z) { return y + z; }
    return other (y) + own (1);
  }
  int C (int y) { return B (y) + 1; }
  int D (int y) { return y ? uses (y) : 0; }
  int E (int y) { return D (y); }
  keep[3] = B;
  keep[4] = C;
  keep[5] = E;
  return uses (0);
}

/* One in a loop, where closures keep their variables.  */
static NOINLINE void
in_loop (void)
{
  for (int i = 0; i < 2; i++)
    {
      const int n = 40;
      int k = i;
      int get (int y) { return k + y + n; }
      int plain (int y) { return y + n; }
      keep[6] = i ? keep[6] : get;
      keep[7] = plain;
    }
}

int
main (void)
{
  constants ();
  mixed (100);
  CHECK (beside (10) == 10);
  in_loop ();
  clobber ();
  CHECK (keep[0] (1) == 1 + 30 + 5 + 1000 + 6 + 1);
  CHECK (keep[1] (2) == 109 && keep[1] (2) == 111);
  CHECK (keep[2] (1) == 1 + 3 + 7);
  CHECK (keep[3] (4) == 13);
  CHECK (keep[4] (4) == 14);
  CHECK (keep[5] (3) == 14 && keep[5] (3) == 15);
  CHECK (keep[6] (1) == 41);
  CHECK (keep[7] (1) == 41);
  return 0;
}
