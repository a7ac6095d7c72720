/* Jumps that know nothing of the address stack, nonlocal gotos and
   __builtin_longjmp, over frames in several of its chunks, many times.

   Catches: an address stack that is not set back where they arrive: it grows with
   each jump, or its pointer is in one chunk and its limit in another.  */

#include <sys/resource.h>
#include "compiled.h"

static void *buffer[5];

static LOOKS void
jump (int n, int *outer)
{
  int mine[32];
  mine[0] = *outer + 1;
  if (n == 0)
    __builtin_longjmp (buffer, 1);
  jump (n - 1, mine);
  CHECK (mine[0] == *outer + 1);
}

static NOINLINE int
builtin_jump (int n)
{
  volatile int result = 1;
  if (__builtin_setjmp (buffer) == 0)
    {
      int zero = 0;
      result = 2;
      jump (n, &zero);
    }
  grow_addressed (3, NULL);
  return result;
}

static NOINLINE int
nonlocal_goto (int n)
{
  __label__ out, again;
  volatile int rounds = 0;
  int zero = 0;
  __attribute__ ((noinline)) void inner (int k, int *outer)
  {
    int mine[32];
    mine[1] = *outer;
    if (k == 0 && rounds < 3)
      goto again;
    if (k == 0)
      goto out;
    inner (k - 1, mine + 1);
    CHECK (mine[1] == *outer);
  }
again:
  rounds++;
  inner (n, &zero);
  return 0;
out:
  grow_addressed (3, NULL);
  return rounds;
}

/* Its own frame is on the address stack while they jump.  */
static LOOKS int
both (int n, int *outer)
{
  int mine[8], *volatile p = mine;
  mine[n & 7] = n;
  CHECK (builtin_jump (n % 100) == 2);
  CHECK (nonlocal_goto (n % 70) == 3);
  grow_addressed (20, NULL);
  if (n % 50)
    both (n - 1, mine);
  CHECK (p[n & 7] == n);
  return *outer;
}

static NOINLINE long
resident_kb (void)
{
  struct rusage usage;
  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

static NOINLINE int
twice (int n)
{
  return builtin_jump (n) + nonlocal_goto (n);
}

int
main (void)
{
  int zero = 0;
  long before = resident_kb ();
  for (int i = 0; i < (stressed () ? 20 : 3000); i++)
    both (i, &zero);
  for (int i = 0; i < (stressed () ? 100 : 20000); i++)
    CHECK (twice (50) == 5);
  CHECK (resident_kb () - before < 50000);
  return 0;
}
