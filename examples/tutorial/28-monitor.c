/* The runtime watches the heap beside the work: how fast it grows, a warning at
   100 MB, and memory that goes back to the system.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include <cairn/go.h>
#include <cairn/profile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
  MB = 1 << 20,
  NBLOCKS = 120
};

static char *blocks[NBLOCKS];
static _Atomic long rate;

static void
warn (const struct cairn_memory *now)
{
  rate = now->alloc_rate / MB;
}

static uint64_t
released (void)
{
  static struct cairn_mem_stats m;
  cairn_mem_stats (&m);
  return m.heap_released;
}

int
main (void)
{
  cairn_set_monitor_limit (100 * MB, warn);
  cairn_monitor (10 * CAIRN_MILLISECOND, NULL);
  for (int i = 0; i < NBLOCKS; i++)
    {
      blocks[i] = memset (malloc (MB), 1, MB);
      cairn_sleep (CAIRN_MILLISECOND);
    }
  while (rate == 0)
    cairn_sleep (CAIRN_MILLISECOND);
  printf ("warning: over 100 MB, at %ld MB/s\n", rate);
  cairn_monitor (0, NULL);

  memset (blocks, 0, sizeof blocks);
  uint64_t before = released ();
  cairn_free_os_memory ();
  printf ("over 100 MB went back to the system: %s\n",
          released () - before > 100 * MB ? "yes" : "no");
  return 0;
}
