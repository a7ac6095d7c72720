/* What is too large for a stack is not on it: each recursion here would
   overflow 8 MB.  */
#include <alloca.h>
#include "../lib/check.h"

struct large { int a[40000]; int *p; };

static NOINLINE int variable (int n)
{
  struct large l;
  l.a[n] = n;
  l.p = &l.a[n];
  return n ? variable (n - 1) + *l.p : 0;
}
static NOINLINE int without_address (int n)
{
  struct large l;
  l.a[7] = n;
  l.p = NULL;
  int below = n ? without_address (n - 1) : 0;
  return below + l.a[7];
}
static NOINLINE int literal (int n)
{
  int *p = (int[20000]){ n, n + 1 };
  int below = n ? literal (n - 1) : 0;
  CHECK (p[0] == n && p[1] == n + 1 && p[2] == 0);
  return below + p[0];
}
static NOINLINE int by_alloca (int n)
{
  int *p = alloca (70000);
  p[100] = n;
  int below = n ? by_alloca (n - 1) : 0;
  return below + p[100];
}
static NOINLINE int captured (int n)
{
  int a[40000], small = n;
  int sum (int i) { return a[i] + small - n; }
  a[n] = n;
  int below = n ? captured (n - 1) : 0;
  return below + sum (n);
}
/* What is stored there lives as long.  */
static NOINLINE int *stored (int n)
{
  struct large l;
  int x = n;
  l.p = &x;
  clobber ();
  return l.p;
}
static NOINLINE int in_loop (int n)
{
  int sum = 0;
  for (int i = 0; i < n; i++)
    {
      volatile struct large l;
      if (i == 3)
        continue;
      l.a[i] = i;
      sum += l.a[i];
    }
  return sum;
}
/* sizeof needs no memory.  */
static NOINLINE int unused (int n)
{
  char a[200000];
  return n ? unused (n - 1) : (int) sizeof a;
}

int
main (void)
{
  CHECK (variable (200) == 20100);
  CHECK (without_address (200) == 20100);
  CHECK (literal (400) == 80200);
  CHECK (by_alloca (400) == 80200);
  CHECK (captured (200) == 20100);
  int *p = stored (5);
  clobber ();
  CHECK (*p == 5);
  CHECK (in_loop (6) == 12);
  CHECK (unused (3) == 200000);
  return 0;
}
