/* { dg-do run } */
/* { dg-options "-pthread" } */
/* What cairn_mem_stats says agrees with itself at any moment, while threads
   allocate and collect, and with what the program did.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "rt-check.h"

#include <pthread.h>
#include <time.h>

#define NTHREADS 3

static volatile int done;

static void *
work (void *arg)
{
  for (size_t i = (size_t)arg; !done; i++)
    {
      char *p = cairn_malloc (i % 500 == 0 ? 50000 : 1 + i % 700);
      CHECK (p);
      *p = 1;
      if (i % 20000 == 0)
        cairn_gc ();
    }
  return NULL;
}

static void
check_sums (const struct cairn_mem_stats *s)
{
  uint64_t mallocs = 0, frees = 0, small = 0;
  for (int i = 0; i < CAIRN_MEM_STATS_NSIZES; i++)
    {
      CHECK (s->by_size[i].mallocs >= s->by_size[i].frees);
      mallocs += s->by_size[i].mallocs;
      frees += s->by_size[i].frees;
      small
          += (s->by_size[i].mallocs - s->by_size[i].frees) * s->by_size[i].size;
    }
  CHECK (mallocs == s->mallocs && frees == s->frees);
  CHECK (s->heap_objects == mallocs - frees);
  CHECK (s->heap_alloc >= small && s->alloc == s->heap_alloc);
  CHECK (s->heap_alloc <= s->total_alloc);
  CHECK (s->heap_alloc + s->manual_inuse <= s->heap_inuse);
  CHECK (s->heap_idle + s->heap_inuse == s->heap_sys);
  CHECK (s->heap_released <= s->heap_idle);
  CHECK (s->stack_inuse <= s->stack_sys);
  CHECK (s->sys == s->heap_sys + s->stack_sys + s->gc_sys);
  CHECK (s->num_forced_gc <= s->num_gc);
  CHECK (s->gc_cpu_fraction >= 0 && s->gc_cpu_fraction <= 1);
  if (s->num_gc > 0)
    {
      uint64_t i = (s->num_gc - 1) % CAIRN_MEM_STATS_NPAUSES;
      CHECK (s->pause_end[i] == s->last_gc && s->pause_ns[i] > 0);
      CHECK (s->pause_total_ns >= s->pause_ns[i]);
    }
}

static void
check_exact (void)
{
  struct cairn_mem_stats a, b;
  cairn_set_gc_percent (-1);
  cairn_mem_stats (&a);
  for (int i = 0; i < 1000; i++)
    *(char *)cairn_malloc (40) = 1;
  for (int i = 0; i < 10; i++)
    *(char *)cairn_malloc (100000) = 1;
  cairn_mem_stats (&b);
  CHECK (b.mallocs - a.mallocs == 1010 && b.frees == a.frees);
  CHECK (b.by_size[0].mallocs - a.by_size[0].mallocs == 10);
  int class = 1;
  while (b.by_size[class].size < 41)
    class ++;
  CHECK (b.by_size[class].mallocs - a.by_size[class].mallocs == 1000);
  CHECK (b.heap_alloc - a.heap_alloc
         >= 1000 * b.by_size[class].size + 10 * 100000);
  wipe_stack ();
  cairn_gc ();
  cairn_mem_stats (&b);
  CHECK (b.frees - a.frees >= 1005);
  CHECK (b.num_gc == a.num_gc + 1 && b.num_forced_gc == a.num_forced_gc + 1);
  CHECK (b.last_gc / 1000000000 + 60 >= (uint64_t)time (NULL)
         && b.last_gc / 1000000000 <= (uint64_t)time (NULL));
}

int
main (void)
{
  pthread_t id[NTHREADS];
  struct cairn_mem_stats s, before = { 0 };
  check_exact ();
  cairn_set_gc_percent (100);
  for (size_t i = 0; i < NTHREADS; i++)
    CHECK (pthread_create (&id[i], NULL, work, (void *)i) == 0);
  for (int i = 0; i < 300 || s.num_gc < 5; i++)
    {
      cairn_mem_stats (&s);
      check_sums (&s);
      CHECK (s.mallocs >= before.mallocs && s.frees >= before.frees
             && s.num_gc >= before.num_gc
             && s.total_alloc >= before.total_alloc);
      before = s;
    }
  done = 1;
  for (int i = 0; i < NTHREADS; i++)
    pthread_join (id[i], NULL);
  int *one = cairn_new (int), *many = cairn_make (int, 100);
  CHECK (one && !*one && many && !many[99] && cairn_is_heap (many + 100));
  CHECK (!cairn_make (long, SIZE_MAX / 4));
  return 0;
}
