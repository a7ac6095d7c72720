/* thread.c: threads come and go.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#define _GNU_SOURCE
#include "heap/thread.h"
#include "arch/x86_64/arch.h"
#include "heap/central.h"
#include "heap/manual.h"
#include "heap/sampling.h"
#include "heap/zombie.h"
#include "os/signal-stack.h"
#include "os/signals.h"
#include "os/sys.h"
#include "os/thread-os.h"

__thread struct cairni_thread *cairni_thread_self;
__thread bool cairni_thread_has_ended;
struct cairni_lock cairni_world_lock;
struct cairni_thread *cairni_thread_list;
unsigned cairni_thread_count;

static struct cairni_meta_pool thread_pool
    = CAIRNI_META_POOL (sizeof (struct cairni_thread));

/* 0: not started; 1: somebody is starting the runtime; 2: started.  */
static int start_state;

/* Start the runtime once.  The first call comes from the C library or from a
   constructor and is normally alone in the process.  */
static void
start_runtime (void)
{
  int expected = 0;
  if (__atomic_compare_exchange_n (&start_state, &expected, 1, false,
                                   __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
    {
      cairni_hooks.start ();
      __atomic_store_n (&start_state, 2, __ATOMIC_RELEASE);
    }
  while (__atomic_load_n (&start_state, __ATOMIC_ACQUIRE) != 2)
    cairni_compiler_barrier ();
}

static void
list_insert_locked (struct cairni_thread *thread)
{
  thread->prev = NULL;
  thread->next = cairni_thread_list;
  if (thread->next)
    thread->next->prev = thread;
  cairni_thread_list = thread;
  __atomic_store_n (&cairni_thread_count, cairni_thread_count + 1,
                    __ATOMIC_RELAXED);
}

static void
list_remove_locked (struct cairni_thread *thread)
{
  if (thread->prev)
    thread->prev->next = thread->next;
  else
    cairni_thread_list = thread->next;
  if (thread->next)
    thread->next->prev = thread->prev;
  if (!thread->serves)
    __atomic_store_n (&cairni_thread_count, cairni_thread_count - 1,
                      __ATOMIC_RELAXED);
}

/* Forget the record of a thread that ended without being detached and whose
   number the system has given to the caller.  */
static void
reap_namesake_locked (int tid)
{
  for (struct cairni_thread *t = cairni_thread_list; t; t = t->next)
    if (t->tid == tid)
      {
        cairni_thread_detach_locked (t);
        return;
      }
}

/* The world lock is held, which guards the pool of records too.  */
static struct cairni_thread *
create_thread_locked (uintptr_t lo, uintptr_t hi)
{
  struct cairni_thread *thread = cairni_meta_alloc (&thread_pool);
  if (!thread)
    cairni_fatal ("out of memory for a thread");
  thread->tid = cairni_sys_tid ();
  thread->tcb = cairni_arch_thread_pointer ();
  thread->stack_lo = lo;
  thread->stack_hi = hi;
  for (unsigned kind = 0; kind < CAIRNI_NCOLLECTED; kind++)
    for (unsigned c = 0; c < CAIRNI_NCLASSES; c++)
      thread->cache[kind][c] = &cairni_central_no_span;
  cairni_sampling_begin (thread);
  return thread;
}

/* Make a record of the calling thread, whose stack lies between LO and HI, and
   enter it into the list: from now on it is stopped with the others.  */
static struct cairni_thread *
publish (uintptr_t lo, uintptr_t hi)
{
  cairni_lock_acquire (&cairni_world_lock);
  struct cairni_thread *thread = create_thread_locked (lo, hi);
  reap_namesake_locked (thread->tid);
  cairni_zombie_drop_former_locked ();
  list_insert_locked (thread);
  cairni_thread_self = thread;
  cairni_lock_release (&cairni_world_lock);
  return thread;
}

static bool
is_main_thread (void)
{
  return cairni_sys_tid () == cairni_sys_pid ();
}

struct cairni_thread *
cairni_thread_attach (void)
{
  uintptr_t lo, hi;
  struct cairni_thread *thread;
  start_runtime ();
  if (cairni_thread_self)
    return cairni_thread_self;
  if (is_main_thread ())
    {
      cairni_os_main_stack (&lo, &hi);
      return publish (lo, hi);
    }
  /* Not made by our pthread_create.  The control block is at the end of the
     stack, an inaccessible page before its start.  The C library is not
     asked: it may be it who calls, with a lock held.  */
  uintptr_t mapping_hi;
  if (!cairni_sys_find_mapping ((uintptr_t)&lo, &lo, &mapping_hi))
    lo = cairni_align_down ((uintptr_t)&lo, CAIRNI_SYS_PAGE_NBYTES);
  hi = cairni_arch_thread_pointer () + cairni_os_tcb_nbytes ();
  thread = publish (lo, hi);
  /* The C library blocks all signals in threads of its own (for timers,
     message queues, asynchronous input and output), and not by way of the
     functions that we replace.  */
  cairni_signals_unblock ();
  cairni_signals_take_library ();
  cairni_os_at_thread_end ();
  return thread;
}

void
cairni_thread_begin (void)
{
  uintptr_t lo, hi;
  start_runtime ();
  if (cairni_thread_self)
    return;
  hi = cairni_arch_thread_pointer () + cairni_os_tcb_nbytes ();
  struct cairni_thread *thread = publish (
      cairni_align_down ((uintptr_t)&lo, CAIRNI_SYS_PAGE_NBYTES), hi);
  /* This may allocate, which works from here on.  */
  if (cairni_os_thread_stack (&lo, &hi))
    {
      thread->stack_lo = lo;
      thread->stack_hi = cairni_max (hi, thread->stack_hi);
    }
  cairni_os_at_thread_end ();
}

void
cairni_thread_serve (void)
{
  struct cairni_thread *self = cairni_thread_get ();
  cairni_lock_acquire (&cairni_world_lock);
  if (!self->serves)
    __atomic_store_n (&cairni_thread_count, cairni_thread_count - 1,
                      __ATOMIC_RELAXED);
  self->is_over = self->serves = true;
  cairni_lock_release (&cairni_world_lock);
}

void
cairni_thread_detach_locked (struct cairni_thread *thread)
{
  cairni_central_flush (thread);
  cairni_manual_flush (thread);
  list_remove_locked (thread);
  cairni_meta_free (&thread_pool, thread);
}

void
cairni_thread_after_fork (void)
{
  struct cairni_thread *self = cairni_thread_self;
  for (struct cairni_thread *t = cairni_thread_list, *next; t; t = next)
    {
      next = t->next;
      if (t != self)
        cairni_thread_detach_locked (t);
    }
  if (!self)
    return;
  self->tid = cairni_sys_tid ();
  self->stop = CAIRNI_RUN;
}
