/* hooks.c: the table of base/hooks.h, and how the runtime starts.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The runtime starts at the first allocation of the process, which may come
   before any constructor has run.  */

#define _GNU_SOURCE
#include "arch/x86_64/arch.h"
#include "base/hooks.h"
#include "base/options.h"
#include "gc/collect.h"
#include "gc/mark.h"
#include "gc/pace.h"
#include "gc/world.h"
#include "heap/kept.h"
#include "heap/object.h"
#include "heap/page-heap.h"
#include "heap/thread.h"
#include "heap/zombie.h"
#include "os/helper.h"
#include "os/loader.h"
#include "os/signal-stack.h"
#include "os/signals.h"
#include "os/sys.h"
#include "os/thread-os.h"
#include "prof/goroutines.h"
#include "prof/samples.h"
#include "prof/service.h"
#include "sched/leaks.h"
#include "sched/scheduler.h"
#include "stack/memory.h"
#include "stack/stack.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#ifdef CAIRNI_STATIC
/* A static link takes from an archive what is missing when it comes by.  The
   C library, which comes later and allocates, would bring its own malloc, whose
   memory is no root, to a program that has no calls of malloc.  */
__attribute__ ((used)) static void *(*const needs_malloc) (size_t) = malloc;
#endif

/* Whether start_late has run.  */
static bool is_started_late;

static void
start (void)
{
  cairni_options_read (environ);
  cairni_object_options_changed ();
  cairni_page_heap_init ();
  cairni_mark_init ();
  cairni_collect_stats.first_ns = cairni_sys_now_ns ();
  cairni_pace_update_goal ();
}

/* The calling thread is the last of the program's: end the process, as the C
   library would if the runtime had no threads of its own.  What the others,
   which end too, still have to do comes first.  */
static void
end_with_last_thread (void)
{
  static int never;
  for (bool waits = true; waits;)
    {
      waits = false;
      cairni_lock_acquire (&cairni_world_lock);
      for (struct cairni_thread *t = cairni_thread_list; t; t = t->next)
        waits |= t != cairni_thread_self && !t->serves;
      cairni_lock_release (&cairni_world_lock);
      if (waits)
        cairni_sys_futex_wait (&never, 0, 1000000);
    }
  exit (0);
}

/* A thread ends: called with its thread-specific data.  */
static void
thread_end (void *unused)
{
  (void)unused;
  struct cairni_thread *self = cairni_thread_self;
  if (!self)
    return;
  cairni_lock_acquire (&cairni_world_lock);
  bool left = cairni_zombie_make_locked ();
  self->is_over = true;
  /* One that has been made and is not in the list yet ends later.  */
  bool is_last = cairni_helper_was_started
                 && __atomic_load_n (&cairni_os_nbirths, __ATOMIC_SEQ_CST) == 0;
  for (struct cairni_thread *t = cairni_thread_list; t; t = t->next)
    is_last &= t->is_over;
  cairni_lock_release (&cairni_world_lock);
  if (is_last)
    end_with_last_thread ();
  /* Nobody joins a detached thread.  If it is detached after this, who does
     that finds the zombie.  */
  if (left && cairni_os_thread_is_detached ())
    cairni_zombie_drop (self->tcb, cairni_zombie_serial (self->tcb));
  /* While the collector still knows the thread.  */
  cairni_sched_thread_end ();
  cairni_stack_reset ();
  cairni_lock_acquire (&cairni_world_lock);
  cairni_thread_self = NULL;
  cairni_thread_has_ended = true;
  cairni_thread_detach_locked (self);
  cairni_lock_release (&cairni_world_lock);
}

static void
fork_child (void)
{
  cairni_fork_child ();
  cairni_sched_after_fork ();
  cairni_service_after_fork ();
}

/* After the program's exit handlers; and after its destructors, but for a static
   program, whose first destructor lets go of the tables for unwinding.  */
#ifndef CAIRNI_STATIC
__attribute__ ((destructor (101)))
#endif
static void
end_late (void)
{
  cairni_service_exit ();
}

/* What needs a C library that works: before any program's constructor, as
   the program's objects depend on this one.  */
__attribute__ ((constructor (101))) static void
start_late (void)
{
  if (is_started_late)
    return;
  is_started_late = true;
  cairni_thread_attach ();
  cairni_os_threads_init (thread_end);
  cairni_helper_init ();
  cairni_os_at_thread_end ();
  cairni_loader_note_permanent ();
  cairni_signals_init (CAIRNI_STOP_SIGNAL, cairni_hooks.stop_signal);
  pthread_atfork (cairni_fork_prepare, cairni_fork_parent, fork_child);
  cairni_collect_is_ready = true;
  cairni_service_init ();
#ifdef CAIRNI_STATIC
  atexit (end_late);
#endif
}

static void
collect_at_goal (void)
{
  cairni_collect (CAIRNI_AT_GOAL);
}

static void
collect_for_stress (void)
{
  cairni_collect (CAIRNI_FOR_STRESS);
}

static void
collect_for_memory (void)
{
  cairni_collect (CAIRNI_FORCED);
}

static bool
thread_serves (void)
{
  return cairni_thread_self && cairni_thread_self->serves;
}

static uint64_t
thread_serial (uintptr_t tcb)
{
  /* Who joins must be attached for the result on its stack to be a root.  */
  cairni_thread_get ();
  return cairni_zombie_serial (tcb);
}

static void
signal_stack (void *p)
{
  /* A thread that is not attached needs not be for a stack that is no
     object.  */
  if (cairni_thread_self || cairni_is_collected ((uintptr_t)p))
    cairni_thread_get ()->signal_stack = (uintptr_t)p;
}

static bool
interrupt (uintptr_t sp, bool on_alternate)
{
  uintptr_t tcb = cairni_arch_thread_pointer ();
  struct cairni_stack_words *words = cairni_stack_words (tcb);
  bool has = cairni_stack_has (tcb, sp);
  if (has)
    words->signal_sp = sp;
  else if (!on_alternate)
    words->arrival_sp = sp;
  return has;
}

static void
limit_changed (void)
{
  struct cairni_thread *thread = cairni_thread_get ();
  cairni_thread_enter (thread);
  cairni_page_heap_limit_changed ();
  uint64_t set = cairni_signals_block ();
  cairni_stack_memory_limit_changed ();
  cairni_signals_restore (set);
  cairni_thread_leave (thread);
}

const struct cairni_hooks cairni_hooks = {
  .write_error = cairni_sys_write_error,
  .end_process = cairni_sys_end,
  .start = start,
  .collect_at_goal = collect_at_goal,
  .collect_for_memory = collect_for_memory,
  .collect_for_stress = collect_for_stress,
  .park = cairni_world_park,
  .thread_begin = cairni_thread_begin,
  .thread_serves = thread_serves,
  .thread_serve = cairni_thread_serve,
  .note_thread = cairni_goroutines_note_thread,
  .thread_serial = thread_serial,
  .thread_forget = cairni_zombie_drop,
  .keep = cairni_kept_set,
  .give = cairni_kept_give,
  .signal_stack = signal_stack,
  .limit_changed = limit_changed,
  .interrupt = interrupt,
  .run = cairni_stack_run,
  .reset_stacks = cairni_stack_reset,
  .preempt = cairni_monitor_signal,
  .visit_goroutines = cairni_sched_visit,
  .visit_waiting_goroutines = cairni_leaks_visit,
  .ask_goroutines_to_shrink = cairni_sched_ask_to_shrink,
  .sample = cairni_samples_add,
  .take_sample = cairni_samples_take,
  .end_sample = cairni_samples_end,
  .sweep_samples = cairni_samples_sweep,
  .lock_samples = cairni_samples_lock,
  .unlock_samples = cairni_samples_unlock,
  .stop_signal = cairni_world_signal,
};
