/* collect.c: when to collect.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The loader's lock, then the world lock is taken for a stop of the world.
   Nobody waits for the world lock while holding the loader's lock: a thread
   that finds the world lock taken lets go of the loader's lock and waits
   then.  So at a fork, with the world lock held and nobody inside
   (ninside), the loader's lock is not held on the runtime's behalf.  */

#include "gc/collect.h"
#include "arch/x86_64/arch.h"
#include "base/hooks.h"
#include "base/options.h"
#include "gc/background.h"
#include "gc/closure.h"
#include "gc/cycle.h"
#include "gc/mark-pool.h"
#include "gc/mark.h"
#include "gc/pace.h"
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
  bool done;
  void (*fn) (void *arg, uintptr_t sp); /* What to do instead; NULL: collect. */
  void *arg;
};

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

/* Call FN (ARG) with both locks.  */
struct locked_call
{
  void (*fn) (void *arg);
  void *arg;
  bool done;
};

/* With the loader's lock: call, unless the world lock is taken.  */
static void
try_call (void *arg)
{
  struct locked_call *call = arg;
  if (!cairni_lock_try (&cairni_world_lock))
    return;
  call->done = true;
  call->fn (call->arg);
  cairni_world_release ();
}

void
cairni_collect_with_locks (void (*fn) (void *arg), void *arg)
{
  struct locked_call call = { .fn = fn, .arg = arg };
  while (!call.done)
    {
      __atomic_fetch_add (&ninside, 1, __ATOMIC_ACQ_REL);
      cairni_loader_lock_and_call (try_call, &call);
      __atomic_fetch_sub (&ninside, 1, __ATOMIC_ACQ_REL);
      if (!call.done)
        {
          /* Wait for whoever has it.  */
          cairni_lock_acquire (&cairni_world_lock);
          cairni_lock_release (&cairni_world_lock);
        }
    }
}

/* With both locks: do it, unless the thread that marks is at it.  */
static void
try_cycle (void *arg)
{
  struct attempt *attempt = arg;
  if (!cairni_background_settle (attempt->sp))
    return;
  attempt->done = true;
  if (attempt->fn)
    run_other (attempt);
  /* Somebody may have collected meanwhile.  */
  else if (attempt->reason != CAIRNI_AT_GOAL
           || cairni_heap_live_nbytes >= cairni_heap_goal_nbytes)
    cairni_cycle_run (attempt->sp, attempt->reason);
}

/* Called with the preserved registers stored above SP.  */
static void
collect_at (void *arg, void *sp)
{
  struct attempt *attempt = arg;
  attempt->sp = (uintptr_t)sp;
  while (!attempt->done)
    {
      cairni_collect_with_locks (try_cycle, attempt);
      if (!attempt->done)
        cairni_background_wait ();
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
  cairni_pace_restore_trigger ();
  if (!cairni_background_ask (reason))
    cairni_arch_spill_and_call (collect_at, &attempt);
  cairni_background_start ();
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
  cairni_background_after_fork ();
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
