/* collect.c: when to collect, and a collection from its start to its end.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The order of a collection:

     loader's lock -> world lock -> the world is stopped -> what the last
     collection left is swept, caches are flushed -> pools age -> roots ->
     marking -> every span becomes unswept -> new goal -> the world goes on -> world lock,
     loader's lock released.  Sweeping follows lazily, as spans are needed.

   Nobody waits for the world lock while holding the loader's lock: a thread
   that finds the world lock taken lets go of the loader's lock and waits
   then.  So at a fork, with the world lock held and nobody inside
   (ninside), the loader's lock is not held on the runtime's behalf.  */

#include "gc/collect.h"
#include "arch/x86_64/arch.h"
#include "base/hooks.h"
#include "base/options.h"
#include "gc/check-marks.h"
#include "gc/closure.h"
#include "gc/mark-pool.h"
#include "gc/mark.h"
#include "gc/pace.h"
#include "gc/roots.h"
#include "gc/scavenge.h"
#include "gc/special.h"
#include "gc/world.h"
#include "heap/central.h"
#include "heap/manual.h"
#include "heap/page-heap.h"
#include "heap/thread.h"
#include "os/loader.h"
#include "os/signal-stack.h"
#include "os/sys.h"
#include "stack/contexts.h"
#include "stack/memory.h"

#include <errno.h>

bool cairni_collect_is_ready;
struct cairni_collect_stats cairni_collect_stats;
void (*cairni_collect_at_start) (void);

/* Threads between the taking and the releasing of the loader's lock.  */
static int ninside;

struct attempt
{
  uintptr_t sp;
  enum cairni_reason reason;
  size_t ncycles; /* Collections begun when the attempt was.  */
  bool done;
  void (*fn) (void *arg, uintptr_t sp); /* What to do instead; NULL: collect. */
  void *arg;
};

/* The moments of a collection, monotonic.  */
struct moments
{
  size_t start_ns, stopped_ns, marked_ns, end_ns;
  size_t helpers_ns; /* That helpers marked, together.  */
};

static size_t
percent_of_time (void)
{
  size_t now = cairni_sys_now_ns ();
  size_t all = (now - cairni_collect_stats.first_ns) / 100;
  return cairni_collect_stats.cpu_ns / (all * cairni_sys_ncpus () + 1);
}

/* One line, with the fields of Go's: nothing is marked while the program runs,
   so assists and idle time are 0 and the heap does not grow meanwhile.  */
static void
trace (size_t before, const struct moments *m, enum cairni_reason reason)
{
  size_t stop = (m->stopped_ns - m->start_ns) / 1000;
  size_t mark = (m->marked_ns - m->stopped_ns) / 1000;
  size_t end = (m->end_ns - m->marked_ns) / 1000;
  size_t stacks, stacks_sys;
  size_t goal = cairni_heap_goal_nbytes;
  cairni_stack_memory_get_stats (&stacks, &stacks_sys);
  cairni_print ("gc %z @%ts %z%%: %t+%t+%t ms clock, %t+0/%t/0+%t ms cpu, "
                "%z->%z->%z MB, %z MB goal, %z MB stacks, %z MB globals, "
                "%z P%s",
                cairni_collect_stats.ncycles,
                (m->start_ns - cairni_collect_stats.first_ns) / 1000000,
                percent_of_time (), stop, mark, end, stop,
                mark + m->helpers_ns / 1000, end,
                before >> 20, before >> 20,
                cairni_collect_stats.marked_nbytes >> 20,
                goal == SIZE_MAX ? 0 : goal >> 20, stacks >> 20,
                cairni_roots_nbytes >> 20, (size_t)cairni_sys_ncpus (),
                reason == CAIRNI_FORCED ? " (forced)" : "");
}

/* A collection is done: note what it took.  */
static void
note_cycle (const struct moments *m, size_t before, enum cairni_reason reason)
{
  struct cairni_collect_stats *stats = &cairni_collect_stats;
  size_t i = (stats->ncycles - 1) % CAIRNI_NPAUSES;
  stats->pause_ns[i] = m->end_ns - m->start_ns;
  stats->pause_end_ns[i] = stats->last_ns = cairni_sys_date_ns ();
  stats->pause_total_ns += stats->pause_ns[i];
  stats->cpu_ns += stats->pause_ns[i] + m->helpers_ns;
  stats->nforced += reason == CAIRNI_FORCED;
  cairni_pace_end_cycle (
      &(struct cairni_pace_cycle){ .start_ns = m->start_ns,
                                   .end_ns = m->end_ns,
                                   .before_nbytes = before,
                                   .marked_nbytes = stats->marked_nbytes });
}

/* One collection.  The loader's and the world lock are held.  */
static void
run_cycle (uintptr_t sp, enum cairni_reason reason)
{
  struct moments m = { .start_ns = cairni_sys_now_ns () };
  size_t before = cairni_heap_live_nbytes;
  cairni_world_stop ();
  cairni_collect_stats.ncycles++;
  cairni_central_sweep_all ();
  for (struct cairni_thread *t = cairni_thread_list; t; t = t->next)
    cairni_central_flush (t);
  m.stopped_ns = cairni_sys_now_ns ();
  void (*at_start) (void)
      = __atomic_load_n (&cairni_collect_at_start, __ATOMIC_ACQUIRE);
  if (at_start)
    at_start ();
  cairni_mark_begin (false);
  cairni_roots_mark (sp);
  struct cairni_mark_result result = cairni_mark_finish ();
  cairni_collect_stats.marked_nbytes = result.marked_nbytes;
  m.helpers_ns = result.helpers_ns;
  m.marked_ns = cairni_sys_now_ns ();
  if (cairni_unlikely (cairni_debug.gccheckmark))
    cairni_check_marks (sp);
  cairni_special_sweep ();
  cairni_hooks.sweep_samples ();
  cairni_closure_sweep ();
  cairni_central_start_sweep ();
  __atomic_store_n (&cairni_heap_live_nbytes,
                    cairni_collect_stats.marked_nbytes, __ATOMIC_RELAXED);
  cairni_roots_ask_to_shrink ();
  m.end_ns = cairni_sys_now_ns ();
  note_cycle (&m, before, reason);
  cairni_world_start ();
  cairni_page_heap_scavenge (cairni_collect_stats.ncycles);
  cairni_scavenge_check_locked ();
  if (cairni_debug.gctrace)
    trace (before, &m, reason);
}

/* Stop the world for what somebody wants to look at.  The same locks.  */
static void
run_other (const struct attempt *attempt)
{
  cairni_world_stop ();
  cairni_central_sweep_all ();
  for (struct cairni_thread *t = cairni_thread_list; t; t = t->next)
    cairni_central_flush (t);
  attempt->fn (attempt->arg, attempt->sp);
  cairni_world_start ();
}

/* With the loader's lock: collect, unless the world lock is taken.  */
static void
try_cycle (void *arg)
{
  struct attempt *attempt = arg;
  if (!cairni_lock_try (&cairni_world_lock))
    return;
  attempt->done = true;
  if (attempt->fn)
    run_other (attempt);
  /* Somebody may have collected meanwhile.  */
  else if (attempt->reason == CAIRNI_FORCED
      || cairni_heap_live_nbytes >= cairni_heap_goal_nbytes)
    run_cycle (attempt->sp, attempt->reason);
  cairni_world_release ();
}

/* Called with the preserved registers stored above SP.  */
static void
collect_at (void *arg, void *sp)
{
  struct attempt *attempt = arg;
  attempt->sp = (uintptr_t)sp;
  while (!attempt->done)
    {
      __atomic_fetch_add (&ninside, 1, __ATOMIC_ACQ_REL);
      cairni_loader_lock_and_call (try_cycle, attempt);
      __atomic_fetch_sub (&ninside, 1, __ATOMIC_ACQ_REL);
      if (!attempt->done)
        {
          /* Wait for whoever has it.  */
          cairni_lock_acquire (&cairni_world_lock);
          cairni_lock_release (&cairni_world_lock);
        }
    }
}

bool
cairni_collect_stopped (void (*fn) (void *arg, uintptr_t sp), void *arg)
{
  struct attempt attempt = { .fn = fn, .arg = arg };
  if (!cairni_collect_is_ready)
    return false;
  cairni_thread_get ();
  cairni_arch_spill_and_call (collect_at, &attempt);
  return true;
}

void
cairni_collect (enum cairni_reason reason)
{
  struct attempt attempt = { .reason = reason };
  int saved = errno;
  if (!cairni_collect_is_ready)
    return;
  cairni_thread_get ();
  cairni_arch_spill_and_call (collect_at, &attempt);
  cairni_mark_help ();
  cairni_special_start ();
  cairni_scavenge_start ();
  errno = saved;
}

/* Fork.  With the world lock and all others held no thread is changing what
   the child inherits, except its own caches, which are consistent after
   every instruction.  */

/* How long to wait for threads to let go of the loader's lock; one may be
   stuck behind a thread that forks inside a constructor.  */
#define FORK_PATIENCE_NS ((size_t)100000000)

static void
unlock_all (void)
{
  cairni_stack_memory_unlock ();
  cairni_context_unlock ();
  cairni_hooks.unlock_samples ();
  cairni_special_unlock ();
  cairni_closure_unlock ();
  cairni_manual_unlock_all ();
  cairni_central_unlock_all ();
  cairni_lock_release (&cairni_page_heap_lock);
  cairni_lock_release (&cairni_span_pool.lock);
  cairni_lock_release (&cairni_span_bits_pool.lock);
}

void
cairni_fork_prepare (void)
{
  cairni_thread_get ();
  cairni_lock_acquire (&cairni_world_lock);
  size_t start = cairni_sys_now_ns ();
  while (__atomic_load_n (&ninside, __ATOMIC_ACQUIRE) != 0
         && cairni_sys_now_ns () - start < FORK_PATIENCE_NS)
    cairni_compiler_barrier ();
  cairni_closure_lock ();
  cairni_special_lock ();
  cairni_hooks.lock_samples ();
  cairni_manual_lock_all ();
  cairni_central_lock_all ();
  cairni_lock_acquire (&cairni_page_heap_lock);
  cairni_lock_acquire (&cairni_span_pool.lock);
  cairni_lock_acquire (&cairni_span_bits_pool.lock);
  cairni_context_lock ();
  cairni_stack_memory_lock ();
}

void
cairni_fork_parent (void)
{
  unlock_all ();
  cairni_lock_release (&cairni_world_lock);
}

void
cairni_fork_child (void)
{
  unlock_all ();
  cairni_signals_after_fork ();
  ninside = 0;
  cairni_scavenge_after_fork ();
  cairni_mark_pool_after_fork ();
  cairni_special_after_fork ();
  if (cairni_thread_list && cairni_thread_list->next)
    {
      cairni_thread_after_fork ();
      cairni_central_flush (cairni_thread_self);
      cairni_central_relist_all ();
    }
  else
    cairni_thread_after_fork ();
  cairni_lock_release (&cairni_world_lock);
}
