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
   (ninside), the loader's lock is not held on the runtime's behalf.

   Pacing: the goal is what is live after a collection, plus PERCENT of that
   and of the roots, at least 4 MB; a memory limit lowers it.  */

#include "gc/collect.h"
#include "arch/x86_64/arch.h"
#include "base/options.h"
#include "gc/closure.h"
#include "gc/mark.h"
#include "gc/roots.h"
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

#define MIN_GOAL_NBYTES ((size_t)4 << 20)

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
};

/* nbytes * percent / 100 without overflow; SIZE_MAX: too much.  */
static size_t
percent_of (size_t nbytes, int percent)
{
  size_t result;
  if (__builtin_mul_overflow (nbytes / 100 + 1, (size_t)percent, &result))
    return SIZE_MAX;
  return result;
}

void
cairni_collect_update_goal (void)
{
  size_t live = cairni_collect_stats.marked_nbytes;
  size_t goal = SIZE_MAX;
  if (cairni_gc_percent >= 0)
    {
      size_t more = percent_of (live + cairni_roots_nbytes, cairni_gc_percent);
      if (__builtin_add_overflow (live, more, &goal))
        goal = SIZE_MAX;
      goal = cairni_max (goal,
                         percent_of (MIN_GOAL_NBYTES,
                                     cairni_min (cairni_gc_percent, INT_MAX)));
    }
  if (cairni_memlimit_nbytes != SIZE_MAX)
    {
      /* Below the limit, but never so low that collecting is all we do.  */
      size_t manual = cairni_manual_nbytes ();
      size_t room = cairni_memlimit_nbytes > manual
                        ? cairni_memlimit_nbytes - manual
                        : 0;
      goal = cairni_min (goal, cairni_max (room, live + live / 8 + 65536));
    }
  __atomic_store_n (&cairni_heap_goal_nbytes, goal, __ATOMIC_RELAXED);
}

static void
trace (size_t before, size_t pause_ns)
{
  cairni_print ("gc %z: %m -> %m live, roots %m, goal %m, pause %z us",
                cairni_collect_stats.ncycles, before,
                cairni_collect_stats.marked_nbytes, cairni_roots_nbytes,
                cairni_heap_goal_nbytes == SIZE_MAX ? 0
                                                    : cairni_heap_goal_nbytes,
                pause_ns / 1000);
}

/* One collection.  The loader's and the world lock are held.  */
static void
run_cycle (uintptr_t sp)
{
  size_t start = cairni_sys_now_ns ();
  size_t before = cairni_heap_live_nbytes;
  cairni_world_stop ();
  cairni_collect_stats.ncycles++;
  cairni_central_sweep_all ();
  for (struct cairni_thread *t = cairni_thread_list; t; t = t->next)
    cairni_central_flush (t);
  cairni_page_heap_scavenge (cairni_collect_stats.ncycles);
  void (*at_start) (void)
      = __atomic_load_n (&cairni_collect_at_start, __ATOMIC_ACQUIRE);
  if (at_start)
    at_start ();
  cairni_mark_begin ();
  cairni_roots_mark (sp);
  cairni_collect_stats.marked_nbytes = cairni_mark_finish ();
  cairni_closure_sweep ();
  cairni_central_start_sweep ();
  __atomic_store_n (&cairni_heap_live_nbytes,
                    cairni_collect_stats.marked_nbytes, __ATOMIC_RELAXED);
  cairni_collect_update_goal ();
  cairni_roots_ask_to_shrink ();
  size_t pause = cairni_sys_now_ns () - start;
  cairni_collect_stats.pause_total_ns += pause;
  cairni_world_start ();
  if (cairni_debug.gctrace)
    trace (before, pause);
}

/* With the loader's lock: collect, unless the world lock is taken.  */
static void
try_cycle (void *arg)
{
  struct attempt *attempt = arg;
  if (!cairni_lock_try (&cairni_world_lock))
    return;
  attempt->done = true;
  /* Somebody may have collected meanwhile.  */
  if (attempt->reason == CAIRNI_FORCED
      || cairni_heap_live_nbytes >= cairni_heap_goal_nbytes)
    run_cycle (attempt->sp);
  cairni_lock_release (&cairni_world_lock);
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

void
cairni_collect (enum cairni_reason reason)
{
  struct attempt attempt = { .reason = reason };
  int saved = errno;
  if (!cairni_collect_is_ready)
    return;
  cairni_thread_get ();
  cairni_arch_spill_and_call (collect_at, &attempt);
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
