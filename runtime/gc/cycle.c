/* cycle.c: a collection from its start to its end.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "gc/cycle.h"
#include "base/hooks.h"
#include "base/options.h"
#include "gc/check-marks.h"
#include "gc/closure.h"
#include "gc/dirty.h"
#include "gc/mark.h"
#include "gc/pace.h"
#include "gc/roots.h"
#include "gc/scavenge.h"
#include "gc/special.h"
#include "gc/world.h"
#include "heap/central.h"
#include "heap/page-heap.h"
#include "heap/thread.h"
#include "os/sys.h"
#include "stack/memory.h"

/* To scan so many takes milliseconds: helpers are waited for in less.  */
#define MANY_PAGES 4096

/* The collection that goes on.  */
static struct
{
  enum cairni_reason reason;
  bool is_beside;
  size_t before_nbytes; /* Live, or not known to be dead, at its start.  */
  size_t after_nbytes;  /* The same at its end.  */
  /* The same when marking began, exactly.  */
  size_t begun_nbytes;
  /* Moments, monotonic.  Marking stops the world, but from BEGUN to AGAIN if it
     is beside the program.  */
  size_t start_ns, stopped_ns, begun_ns, again_ns, marked_ns, end_ns;
  size_t helpers_ns; /* That others marked, together.  */
} now;

static size_t
percent_of_time (void)
{
  size_t now = cairni_sys_now_ns ();
  size_t all = (now - cairni_collect_stats.first_ns) / 100;
  return cairni_collect_stats.cpu_ns / (all * cairni_sys_ncpus () + 1);
}

/* One line, with the fields of Go's: assists and idle time are 0.  What marks
   beside the program is its background, in the middle.  */
static void
trace (void)
{
  size_t stop = (now.stopped_ns - now.start_ns) / 1000;
  size_t mark = (now.marked_ns - now.stopped_ns) / 1000;
  size_t end = (now.end_ns - now.marked_ns) / 1000;
  size_t assist = mark + now.helpers_ns / 1000, background = 0;
  size_t stacks, stacks_sys;
  size_t goal = cairni_heap_goal_nbytes;
  if (now.is_beside)
    {
      stop = (now.begun_ns - now.start_ns) / 1000;
      mark = (now.again_ns - now.begun_ns) / 1000;
      end = (now.end_ns - now.again_ns) / 1000;
      assist = 0;
      background = now.helpers_ns / 1000;
    }
  cairni_stack_memory_get_stats (&stacks, &stacks_sys);
  cairni_print ("gc %z @%ts %z%%: %t+%t+%t ms clock, %t+%t/%t/0+%t ms cpu, "
                "%z->%z->%z MB, %z MB goal, %z MB stacks, %z MB globals, "
                "%z P%s",
                cairni_collect_stats.ncycles,
                (now.start_ns - cairni_collect_stats.first_ns) / 1000000,
                percent_of_time (), stop, mark, end, stop, assist, background,
                end, now.before_nbytes >> 20, now.after_nbytes >> 20,
                cairni_collect_stats.marked_nbytes >> 20,
                goal == SIZE_MAX ? 0 : goal >> 20, stacks >> 20,
                cairni_roots_nbytes >> 20, (size_t)cairni_sys_ncpus (),
                now.is_beside                  ? " (concurrent)"
                : now.reason == CAIRNI_FORCED ? " (forced)"
                                              : "");
}

/* A collection is done: note what it took.  */
static void
note_cycle (void)
{
  struct cairni_collect_stats *stats = &cairni_collect_stats;
  size_t i = (stats->ncycles - 1) % CAIRNI_NPAUSES;
  size_t pause_ns = now.end_ns - now.start_ns;
  if (now.is_beside)
    pause_ns -= now.again_ns - now.begun_ns;
  stats->pause_ns[i] = pause_ns;
  stats->pause_end_ns[i] = stats->last_ns = cairni_sys_date_ns ();
  stats->pause_total_ns += pause_ns;
  stats->cpu_ns += pause_ns + now.helpers_ns;
  stats->nforced += now.reason == CAIRNI_FORCED;
  cairni_pace_end_cycle (&(struct cairni_pace_cycle){
      .start_ns = now.end_ns - pause_ns,
      .end_ns = now.end_ns,
      .before_nbytes = now.before_nbytes,
      .marked_nbytes = stats->marked_nbytes,
      .is_beside = now.is_beside,
      .beside_nbytes = now.is_beside && now.after_nbytes > now.before_nbytes
                           ? now.after_nbytes - now.before_nbytes
                           : 0 });
}

static void
flush_all (void)
{
  for (struct cairni_thread *t = cairni_thread_list; t; t = t->next)
    cairni_central_flush (t);
}

/* Stop the world for a collection and get it ready to mark.  */
static void
start (enum cairni_reason reason, bool is_beside)
{
  now.reason = reason;
  now.is_beside = is_beside;
  now.helpers_ns = 0;
  now.start_ns = cairni_sys_now_ns ();
  now.before_nbytes = cairni_heap_live_nbytes;
  cairni_world_stop ();
  cairni_central_sweep_all ();
  flush_all ();
  now.begun_nbytes = cairni_heap_live_nbytes;
  now.stopped_ns = cairni_sys_now_ns ();
  void (*at_start) (void)
      = __atomic_load_n (&cairni_collect_at_start, __ATOMIC_ACQUIRE);
  if (at_start)
    at_start ();
}

/* Mark all; the world is stopped.  */
static void
mark_stopped (uintptr_t sp)
{
  cairni_mark_begin (CAIRNI_MARK_TOGETHER);
  cairni_roots_mark (sp);
  struct cairni_mark_result result = cairni_mark_finish ();
  cairni_collect_stats.marked_nbytes = result.marked_nbytes;
  now.helpers_ns += result.helpers_ns;
}

/* Marking is done: the rest of a collection.  */
static void
finish (uintptr_t sp)
{
  now.marked_ns = cairni_sys_now_ns ();
  cairni_collect_stats.ncycles++;
  if (cairni_unlikely (cairni_debug.gccheckmark && now.is_beside))
    cairni_check_marks_beside (sp);
  else if (cairni_unlikely (cairni_debug.gccheckmark))
    cairni_check_marks (sp);
  if (now.is_beside)
    cairni_dirty_forget ();
  cairni_special_sweep ();
  cairni_hooks.sweep_samples ();
  cairni_closure_sweep ();
  cairni_central_start_sweep ();
  now.after_nbytes = now.is_beside ? cairni_heap_live_nbytes
                                   : now.before_nbytes;
  __atomic_store_n (&cairni_heap_live_nbytes,
                    cairni_collect_stats.marked_nbytes, __ATOMIC_RELAXED);
  cairni_roots_ask_to_shrink ();
  now.end_ns = cairni_sys_now_ns ();
  note_cycle ();
  cairni_world_start ();
  cairni_page_heap_scavenge (cairni_collect_stats.ncycles);
  cairni_scavenge_check_locked ();
  if (cairni_debug.gctrace)
    trace ();
}

void
cairni_cycle_run (uintptr_t sp, enum cairni_reason reason)
{
  start (reason, false);
  mark_stopped (sp);
  finish (sp);
}

/* What is watched is read while the program runs.  */
static void
mark_early (uintptr_t lo, uintptr_t hi)
{
  if (!cairni_dirty_watches (lo))
    {
      cairni_mark_range (lo, hi);
      return;
    }
  cairni_mark_later (lo, hi);
  if (cairni_unlikely (cairni_debug.gccheckmark && cairni_arena_has (lo)))
    cairni_check_note_manual (lo, hi);
}

bool
cairni_cycle_begin (uintptr_t sp)
{
  start (CAIRNI_AT_GOAL, true);
  cairni_mark_begin (CAIRNI_MARK_BESIDE);
  cairni_roots_mark_early (sp, mark_early);
  if (cairni_mark_has_lost ())
    {
      now.is_beside = false;
      mark_stopped (sp);
      finish (sp);
      return false;
    }
  cairni_heap_is_marking = true;
  now.begun_ns = cairni_sys_now_ns ();
  cairni_world_start ();
  return true;
}

void
cairni_cycle_finish (uintptr_t sp, size_t cpu_ns)
{
  now.again_ns = cairni_sys_now_ns ();
  now.helpers_ns = cpu_ns;
  cairni_world_stop ();
  flush_all ();
  cairni_heap_is_marking = false;
  if (cairni_dirty_take (false) && !cairni_mark_has_lost ())
    {
      cairni_mark_go_on_stopped (cairni_dirty_count () >= MANY_PAGES);
      cairni_dirty_rescan (true);
      cairni_roots_mark_late (sp, cairni_dirty_mark_range, cairni_dirty_has);
      struct cairni_mark_result result = cairni_mark_finish ();
      now.helpers_ns += result.helpers_ns;
      /* What was made meanwhile is marked, too.  */
      size_t live = cairni_heap_live_nbytes;
      cairni_collect_stats.marked_nbytes
          = result.marked_nbytes
            + (live > now.begun_nbytes ? live - now.begun_nbytes : 0);
    }
  else
    {
      cairni_central_unmark_all ();
      mark_stopped (sp);
    }
  finish (sp);
}
