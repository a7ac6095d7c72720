/* { dg-do run } */
/* { dg-options "-pthread" } */
/* Several threads allocate, collect and free each other's manual memory at the
   same time.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "rt-check.h"

#include <pthread.h>

#define NTHREADS 6
#define NSLOTS 512

static unsigned long *slots[NSLOTS];

static void *
work (void *arg)
{
  unsigned long state = (unsigned long)(uintptr_t)arg * 77 + 1;
  unsigned long **mine = cairn_rt_calloc (64, sizeof *mine, NULL);
  for (int i = 0; i < 60000; i++)
    {
      state = state * 6364136223846793005ul + 1442695040888963407ul;
      unsigned r = state >> 40;
      unsigned long *p = malloc (16 + r % 500);
      p[0] = PATTERN;
      p[1] = ~PATTERN;
      p = __atomic_exchange_n (&slots[r % NSLOTS], p, __ATOMIC_ACQ_REL);
      CHECK (!p || (p[0] == PATTERN && p[1] == ~PATTERN));
      free (p);
      unsigned long *q = cairn_rt_malloc (16 + r % 300, NULL);
      CHECK (q[0] == 0 && q[1] == 0);
      q[0] = PATTERN;
      q[1] = (unsigned long)mine[r % 64];
      if (r / 64 % 8 == 0)
        q[1] = 0;
      mine[r % 64] = q;
      for (unsigned long *l = q; l; l = (unsigned long *)l[1])
        CHECK (l[0] == PATTERN);
      if (i % 20000 == 0)
        cairn_gc ();
    }
  return NULL;
}

int
main (void)
{
  pthread_t threads[NTHREADS];
  for (uintptr_t i = 0; i < NTHREADS; i++)
    CHECK (pthread_create (&threads[i], NULL, work, (void *)i) == 0);
  for (int i = 0; i < NTHREADS; i++)
    pthread_join (threads[i], NULL);
  struct cairn_mem_stats stats;
  cairn_mem_stats (&stats);
  CHECK (stats.num_gc >= 10);
  CHECK (stats.mallocs - stats.frees == stats.heap_objects);
  return 0;
}
