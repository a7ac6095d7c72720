/* A goroutine that watches the heap beside the work: how fast it grows, a
   warning at 100 MB, and memory that goes back to the system.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include <cairn/chan.h>
#include <cairn/go.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
  MB = 1 << 20,
  NBLOCKS = 120
};

static char *blocks[NBLOCKS];

static void
monitor (cairn_chan (long) warnings)
{
  struct cairn_mem_stats m;
  uint64_t last = 0;
  for (;;)
    {
      cairn_sleep (10 * CAIRN_MILLISECOND);
      cairn_mem_stats (&m);
      long rate = (m.total_alloc - last) * 100 / MB;
      last = m.total_alloc;
      if (m.heap_alloc > 100 * MB)
        {
          cairn_send (warnings, rate);
          return;
        }
    }
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
  cairn_chan (long) warnings = cairn_make_chan (long, 0);
  cairn_go_do (monitor (warnings));
  for (int i = 0; i < NBLOCKS; i++)
    {
      blocks[i] = memset (malloc (MB), 1, MB);
      cairn_sleep (CAIRN_MILLISECOND);
    }
  printf ("warning: over 100 MB, at %ld MB/s\n", cairn_receive (warnings));

  memset (blocks, 0, sizeof blocks);
  uint64_t before = released ();
  cairn_free_os_memory ();
  printf ("over 100 MB went back to the system: %s\n",
          released () - before > 100 * MB ? "yes" : "no");
  return 0;
}
