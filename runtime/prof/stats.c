/* stats.c: what the heap looks like, for programs.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "cairn.h"

#include "gc/collect.h"
#include "gc/world.h"
#include "heap/central.h"
#include "heap/manual.h"
#include "heap/page-heap.h"
#include "heap/thread.h"
#include "os/sys.h"
#include "stack/memory.h"

_Static_assert(CAIRN_MEM_STATS_NPAUSES == CAIRNI_NPAUSES,
               "all pauses are told");
_Static_assert(CAIRN_MEM_STATS_NSIZES == CAIRNI_NCLASSES,
               "all classes are told");

/* Objects, by size and in all.  */
static void
get_objects (struct cairn_mem_stats *stats)
{
  const struct cairni_heap_counters *n = &cairni_heap_counters;
  uint64_t free_nbytes = n->large_free_nbytes;
  stats->total_alloc = n->large_malloc_nbytes;
  for (unsigned c = 0; c < CAIRNI_NCLASSES; c++)
    {
      size_t nbytes = cairni_size_classes[c].nbytes;
      stats->by_size[c].size = nbytes;
      stats->by_size[c].mallocs = n->nmallocs[c];
      stats->by_size[c].frees = n->nfrees[c];
      stats->mallocs += n->nmallocs[c];
      stats->frees += n->nfrees[c];
      stats->total_alloc += n->nmallocs[c] * nbytes;
      free_nbytes += n->nfrees[c] * nbytes;
    }
  stats->heap_objects = stats->mallocs - stats->frees;
  stats->alloc = stats->heap_alloc = stats->total_alloc - free_nbytes;
}

static void
get_memory (struct cairn_mem_stats *stats)
{
  struct cairni_page_heap_stats pages;
  size_t stacks, stacks_sys;
  cairni_page_heap_get_stats (&pages);
  cairni_stack_memory_get_stats (&stacks, &stacks_sys);
  size_t untouched = pages.mapped_nbytes - cairni_arena.used_nbytes;
  stats->heap_sys = pages.mapped_nbytes;
  stats->heap_idle = untouched + pages.free_nbytes;
  stats->heap_inuse = cairni_arena.used_nbytes - pages.free_nbytes;
  stats->heap_released = untouched + pages.released_nbytes;
  stats->manual_inuse = cairni_manual_nbytes ();
  stats->stack_inuse = stacks;
  stats->stack_sys = stacks_sys;
  stats->gc_sys
      = cairni_span_pool.sys_nbytes + cairni_span_bits_pool.sys_nbytes;
  stats->sys = stats->heap_sys + stats->stack_sys + stats->gc_sys;
}

static void
get_collections (struct cairn_mem_stats *stats)
{
  const struct cairni_collect_stats *gc = &cairni_collect_stats;
  stats->next_gc = cairni_heap_goal_nbytes;
  stats->last_gc = gc->last_ns;
  stats->num_gc = gc->ncycles;
  stats->num_forced_gc = gc->nforced;
  stats->pause_total_ns = gc->pause_total_ns;
  for (unsigned i = 0; i < CAIRNI_NPAUSES; i++)
    {
      stats->pause_ns[i] = gc->pause_ns[i];
      stats->pause_end[i] = gc->pause_end_ns[i];
    }
  double all = cairni_sys_now_ns () - gc->first_ns;
  if (all > 0)
    stats->gc_cpu_fraction = gc->cpu_ns / (all * cairni_sys_ncpus ());
}

CAIRNI_PUBLIC void
cairn_mem_stats (struct cairn_mem_stats *stats)
{
  *stats = (struct cairn_mem_stats){ 0 };
  cairni_thread_get ();
  cairni_lock_acquire (&cairni_world_lock);
  cairni_world_stop ();
  for (struct cairni_thread *t = cairni_thread_list; t; t = t->next)
    cairni_central_flush (t);
  cairni_central_sweep_all ();
  get_objects (stats);
  get_memory (stats);
  get_collections (stats);
  cairni_world_start ();
  cairni_world_release ();
}
