/* gdb-goroutines.c: gdb lists goroutines and shows their frames, of a process and of
   its core file.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).  */

/* { seen-gdb "info goroutines" "1 +running +in thread [0-9]+.*[0-9] +chan receive +inner.*[0-9] +runnable +begins" } */
/* { seen-gdb "goroutine all bt" "goroutine 1 \[running\]:.*stops .*main .*goroutine [0-9]+ \[chan receive\]:.*#1 .*inner .*#2 .*outer .*goroutine [0-9]+ \[runnable\]:.*#1 .*begins" } */

#include "../lib/check.h"
#include <cairn/chan.h>
#include <cairn/go.h>

static volatile int after;

static NOINLINE void
inner (cairn_chan (int) chan, int n)
{
  cairn_receive (chan);
  after += n;
}

static NOINLINE void
outer (void *arg)
{
  inner (arg, 42);
  after++;
}

static NOINLINE void
begins (void *unused)
{
  after++;
}

static NOINLINE void
stops (void)
{
  abort ();
}

int
main (void)
{
  cairn_go (outer, cairn_make_chan (int, 0));
  cairn_sleep (50 * CAIRN_MILLISECOND);
  cairn_go (begins, NULL);
  stops ();
  return 0;
}
