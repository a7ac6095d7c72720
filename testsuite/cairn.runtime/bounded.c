/* { dg-do run } */
/* A program that allocates and drops for ever runs in bounded memory, small
   and large objects mixed; and memory of a peak is given back.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "rt-check.h"

#include <stdio.h>

static size_t
resident_kb (void)
{
  size_t total, resident = 0;
  FILE *f = fopen ("/proc/self/statm", "r");
  CHECK (f && fscanf (f, "%zu %zu", &total, &resident) == 2);
  fclose (f);
  return resident * 4;
}

static NOINLINE void
peak (void)
{
  void **list = NULL;
  for (int i = 0; i < 2000; i++)
    {
      void **p = cairn_rt_malloc (100000, NULL);
      memset (p, 1, 100000);
      *p = list;
      list = p;
    }
  CHECK (resident_kb () > 180000);
}

int
main (void)
{
  for (int i = 0; i < 10000000; i++)
    {
      unsigned long *p = cairn_rt_malloc (8 + i % 64, NULL);
      *p = i;
    }
  for (int i = 0; i < 20000; i++)
    memset (cairn_rt_malloc (1000 * (i % 100) + 1, NULL), 1, i % 1000);
  CHECK (resident_kb () < 40000);
  peak ();
  wipe_stack ();
  for (int i = 0; i < 4; i++)
    cairn_gc ();
  CHECK (resident_kb () < 60000);
  struct cairn_mem_stats stats;
  cairn_mem_stats (&stats);
  CHECK (stats.num_gc > 10 && stats.mallocs > 10000000);
  CHECK (stats.heap_alloc < 20000000);
  return 0;
}
