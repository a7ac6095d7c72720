/* { dg-do run } */
/* A memory limit.  Garbage does not pass it, with collections by percentage
   switched off.  What lives may pass it, and then the program still gets its
   part of the time: .inv.pace.half, by which collections may once take a second
   more than what runs between them.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "rt-check.h"

#include <time.h>

#define LIMIT ((size_t)64 << 20)

static double
now (void)
{
  struct timespec t;
  clock_gettime (CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void **list;

/* Allocate NBYTES of which one in KEEP lives; 0: none.  */
static NOINLINE void
churn (size_t nbytes, size_t keep)
{
  for (size_t i = 0; i < nbytes / 112; i++)
    {
      void **p = cairn_malloc (100);
      if (keep && i % keep == 0)
        {
          *p = list;
          list = p;
        }
    }
}

int
main (void)
{
  struct cairn_mem_stats stats;
  cairn_set_gc_percent (-1);
  CHECK (cairn_set_memory_limit (LIMIT) == SIZE_MAX);
  CHECK (cairn_set_memory_limit (SIZE_MAX - 1) == LIMIT);
  churn (LIMIT * 10, 0);
  cairn_mem_stats (&stats);
  CHECK (stats.num_gc >= 9 && stats.num_forced_gc == 0);
  CHECK (stats.sys - stats.heap_released <= LIMIT + LIMIT / 8);
  /* Twice the limit lives: if each megabyte of allocation were a collection of
     that, all the time would go to collections, but for a hundredth.  */
  churn (LIMIT * 2, 1);
  cairn_gc ();
  cairn_mem_stats (&stats);
  double pauses = stats.pause_total_ns, start = now ();
  churn (LIMIT * 16, 0);
  double took = now () - start;
  cairn_mem_stats (&stats);
  double collecting = (stats.pause_total_ns - pauses) / 1e9;
  double excess = collecting - (took - collecting);
  /* Without .inv.pace.half it is over 10 s.  What fills freed memory is slow, and
     no two collections are alike.  */
  double most = getenv ("CAIRN_DEBUG") ? 4 : 1.5;
  if (excess > most)
    printf ("collections took %.2f of %.2f s\n", collecting, took);
  CHECK (excess <= most);
  CHECK (list[0]);
  /* Without the limit the heap grows again.  */
  CHECK (cairn_set_memory_limit (SIZE_MAX) == LIMIT);
  cairn_mem_stats (&stats);
  CHECK (stats.next_gc == UINT64_MAX);
  return 0;
}
