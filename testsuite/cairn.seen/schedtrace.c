/* schedtrace.c: CAIRN_DEBUG=schedtrace=MS writes a line every so often, also while
   nothing runs.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).  */

/* { seen-env "CAIRN_MAXPROCS=2 CAIRN_DEBUG=schedtrace=50" } */
/* { seen-run "" 0 "^(SCHED [0-9]+ms: gomaxprocs=2 idleprocs=[0-2] threads=[0-9]+ spinningthreads=[0-9]+ idlethreads=[0-9]+ runqueue=[0-9]+ \[[0-9]+ [0-9]+\](.|$)){4,}$" } */
/* { seen-says "idleprocs=2" } */
/* { seen-says "idleprocs=[01]" } */

#include "../lib/check.h"
#include <cairn/go.h>

static NOINLINE void
loops (void *unused)
{
  static volatile int n;
  int64_t start = cairn_now ();
  while (cairn_now () - start < 300 * CAIRN_MILLISECOND)
    n++;
}

int
main (void)
{
  for (int i = 0; i < 4; i++)
    cairn_go (loops, NULL);
  loops (NULL);
  cairn_sleep (CAIRN_SECOND);
  return 0;
}
