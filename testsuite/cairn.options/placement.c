/* A million calls by the fast path allocate next to nothing.  */
#include <cairn.h>

static long *kept;
static void __attribute__ ((noipa)) keep (long *p) { kept = p; }

static long __attribute__ ((noipa))
step (long n, int slow)
{
  long x = n;
  if (slow)
    keep (&x);
  return x + 1;
}

int
main (void)
{
  struct cairn_mem_stats before, after;
  long sum = 0;

  cairn_mem_stats (&before);
  for (int i = 0; i < 1000000; i++)
    sum += step (i, i % 1000 == 0);
  cairn_mem_stats (&after);
  return !(sum > 0 && after.mallocs - before.mallocs < 10000);
}
