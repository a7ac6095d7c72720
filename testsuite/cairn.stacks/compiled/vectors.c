/* Vector arguments of 32 and 64 bytes in registers, across a growth at the entry
   of what they are given to, and across switches.
   { cairn-foreign }
   { cairn-require "grep -qw avx512f /proc/cpuinfo" "AVX-512 here" }
   { dg-options "-Wall -mavx512f" }

   Catches: a growth or a switch that saves only half of a register.  */

#include "compiled.h"

typedef long v8 __attribute__ ((vector_size (64)));
typedef double v4 __attribute__ ((vector_size (32)));
typedef v8 eight_fn (v8, v8, v8, v8, v8, v8, v8, v8);

extern eight_fn away_eight;

#ifdef FOREIGN
NOINLINE v8
away_eight (v8 a, v8 b, v8 c, v8 d, v8 e, v8 f, v8 g, v8 h)
{
  stand ();
  return a + b * 2 + c * 3 + d * 4 + e * 5 + f * 6 + g * 7 + h * 8;
}
#else

#define SUM(a, b, c, d, e, f, g, h)                                          \
  (a + b * 2 + c * 3 + d * 4 + e * 5 + f * 6 + g * 7 + h * 8)

/* A frame that forces growth wherever it is called.  */
static NOINLINE v8
eight (v8 a, v8 b, v8 c, v8 d, v8 e, v8 f, v8 g, v8 h)
{
  volatile char bytes[20000];
  bytes[a[0] & 1023] = 1;
  v8 sum = SUM (a, b, c, d, e, f, g, h);
  grow (bytes[a[0] & 1023] * 20);
  return sum + a - a;
}

static NOINLINE int
at_depth (int depth, v8 v)
{
  int mine = depth;
  if (depth > 0)
    {
      v8 w = v + depth;
      CHECK (at_depth (depth - 1, v) == 1);
      CHECK (w[7] == v[7] + depth);
    }
  else
    {
      eight_fn *volatile fn = eight;
      v8 a = eight (v, v + 1, v + 2, v + 3, v + 4, v + 5, v + 6, v + 7);
      v8 b = fn (v, v + 1, v + 2, v + 3, v + 4, v + 5, v + 6, v + 7);
      v8 c = away_eight (v, v + 1, v + 2, v + 3, v + 4, v + 5, v + 6, v + 7);
      fn = away_eight;
      v8 d = fn (v, v + 1, v + 2, v + 3, v + 4, v + 5, v + 6, v + 7);
      for (int i = 0; i < 8; i++)
	{
	  CHECK (a[i] == v[i] * 36 + 168 && b[i] == a[i]);
	  CHECK (c[i] == a[i] && d[i] == a[i]);
	}
    }
  return *(int *) HIDE (&mine) == depth;
}

static NOINLINE v4
four (v4 a, long n, v4 b, double d)
{
  v4 sum = a + b * d;
  grow (n);
  grow_addressed (n, NULL);
  return sum + a;
}

int
main (void)
{
  v8 v = { 1, 20, 300, 4000, 50000, 600000, 7000000, 80000000 };
  for (int depth = 0; depth < 100; depth += 9)
    at_depth (depth, v);
  v4 f = four ((v4){ 1, 2, 3, 4 }, 100, (v4){ 10, 20, 30, 40 }, 2);
  CHECK (f[0] == 22 && f[3] == 88);
  return 0;
}
#endif
