/* registers.c: a goroutine that let others run in a stack check has the registers
   that functions preserve when it goes on.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).  */

/* { seen-env "CAIRN_MAXPROCS=1" } */

#include "../lib/check.h"
#include <cairn/go.h>
#include <cairn/sync.h>

#define SLICES_NS (100 * CAIRN_MILLISECOND)

static struct cairn_waitgroup all;

static NOINLINE int
deep (int n)
{
  if (n == 0)
    return 0;
  int depth = deep (n - 1);
  __asm__ volatile ("" : "+r"(depth));
  return depth + 1;
}

static NOINLINE void
work (void *arg)
{
  long a = (long)arg, b = a * 3, c = a * 5, d = a * 7, e = a * 11;
  int64_t start = cairn_now ();
  do
    for (int i = 0; i < 1000; i++)
      {
        deep (3);
        __asm__ volatile ("" : "+r"(a), "+r"(b), "+r"(c), "+r"(d), "+r"(e));
        CHECK (a == (long)arg && b == a * 3 && c == a * 5 && d == a * 7
               && e == a * 11);
      }
  while (cairn_now () - start < SLICES_NS);
  cairn_waitgroup_done (&all);
}

int
main (void)
{
  for (long i = 1; i <= 4; i++)
    {
      cairn_waitgroup_add (&all, 1);
      cairn_go (work, (void *)i);
    }
  cairn_waitgroup_wait (&all);
  return 0;
}
