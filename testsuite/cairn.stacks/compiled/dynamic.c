/* alloca and VLAs: in loops, in leaves, large ones, across calls that grow, with
   scopes that are left by break, goto and continue.

   Catches: memory that moves, that is given back too early, or that is never given
   back (a loop over more memory than there is).

   { cairn-also }  */

#include <alloca.h>
#include "compiled.h"

static NOINLINE long
alloca_loop (int n)
{
  char *blocks[n];
  long sum = 0;
  for (int i = 0; i < n; i++)
    {
      blocks[i] = alloca (i + 1);
      memset (blocks[i], i, i + 1);
      CHECK (i < 15 || ((uintptr_t) blocks[i] & (__BIGGEST_ALIGNMENT__ - 1)) == 0);
      grow (i % 20);
    }
  for (int i = 0; i < n; i++)
    {
      for (int j = 0; j <= i; j++)
	CHECK (blocks[i][j] == (char) i);
      sum += i;
    }
  return sum;
}

/* No calls but of alloca.  */
static NOINLINE int
leaf (int n)
{
  volatile char *p = alloca (n);
  p[0] = 1;
  p[n - 1] = 2;
  volatile char v[n];
  v[0] = 3;
  v[n - 1] = 4;
  return p[0] + p[n - 1] * 10 + v[0] * 100 + v[n - 1] * 1000;
}

/* 400 MB in all.  */
static NOINLINE long
vla_loop (int rounds)
{
  long sum = 0;
  for (int i = 0; i < rounds; i++)
    {
      int n = 1000 + i % 1000;
      char outer[n];
      outer[n - 1] = i;
      if (i % 7 == 0)
	continue;
      {
	long inner[n];
	inner[0] = i;
	inner[n - 1] = i;
	if (i % 5 == 0)
	  goto next;
	if (i % 1000 == 1)
	  grow_addressed (50, NULL);
	CHECK (inner[0] == i && inner[n - 1] == i);
	sum += inner[0];
      }
      if (i % 11 == 0)
	continue;
    next:
      CHECK (outer[n - 1] == (char) i);
    }
  return sum;
}

static LOOKS int
rows (int n, int m, int table[n][m])
{
  int sum = 0;
  grow (50);
  for (int i = 0; i < n; i++)
    for (int j = 0; j < m; j++)
      sum += table[i][j];
  return sum;
}

static NOINLINE int
tables (int n)
{
  int sum = 0;
  for (int i = 1; i <= n; i++)
    {
      int table[i][n];
      for (int j = 0; j < i; j++)
	for (int k = 0; k < n; k++)
	  table[j][k] = j * k;
      sum += rows (i, n, table);
      typedef char row[i];
      row one;
      CHECK (sizeof one == (size_t) i);
    }
  return sum;
}

/* Each frame with its own dynamic memory.  */
static LOOKS int
recursive (int n, int *outer)
{
  int size = n % 60 + 1, mine[size];
  int *more = alloca (size * sizeof *more);
  for (int i = 0; i < size; i++)
    mine[i] = more[i] = n + i;
  if (n > 0)
    CHECK (recursive (n - 1, mine) == n - 1);
  for (int i = 0; i < size; i++)
    CHECK (mine[i] == n + i && more[i] == n + i);
  CHECK (!outer || *outer == n + 1);
  return n;
}

static NOINLINE int
aligned (int n)
{
  char v[n] __attribute__ ((aligned (128)));
  char *p = __builtin_alloca_with_align (n, 512);
  memset (v, 1, n);
  memset (p, 2, n);
  grow (20);
  CHECK (v[n - 1] == 1 && p[n - 1] == 2);
  return ((uintptr_t) v & 127) == 0 && ((uintptr_t) p & 63) == 0;
}

int
main (void)
{
  CHECK (alloca_loop (300) == 299 * 300 / 2);
  for (int n = 1; n < 10000; n = n * 2 + 1)
    {
      CHECK (leaf (n) > 0);
      CHECK (aligned (n));
    }
  CHECK (leaf (100) == 4321);
  CHECK (leaf (1000000) == 4321);
  CHECK (vla_loop (300) > 0);
  CHECK (vla_loop (stressed () ? 2000 : 30000) > 0);
  CHECK (tables (20) == 252700);
  CHECK (recursive (500, NULL) == 500);
  CHECK (alloca_loop (300) == 299 * 300 / 2);
  return 0;
}
