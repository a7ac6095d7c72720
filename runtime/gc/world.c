/* world.c: stop the world, and start it again.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Each thread has a word: run, asked, parked.  The collector sets it to asked
   and sends the signal; the thread sets it to parked, counts itself out of
   nrunning and sleeps on the word until it says run.  A thread that is still
   on its way out of one stop when the next begins finds "asked" in its loop
   and parks again; the late signal then finds nothing to do.

     .inv.world.quiet  From before a thread notes its stack pointer until it goes
                       on, and in the thread that stopped the others until it
                       has released the world lock, all signals are blocked:
                       no handler of the program's moves a pointer behind the
                       marker's back,
                       and none that is stopped in its turn leaves its own stack
                       pointer for that of the code it interrupted.

   A thread may end without the runtime's notice, and its number be given to
   another.  The signal carries the record that it is meant for, so the wrong
   receiver can say that the record is stale.  */

#include "gc/world.h"
#include "os/signal-stack.h"
#include "os/signals.h"
#include "os/sys.h"

#include <errno.h>

/* Threads asked that have not parked yet: a futex.  */
static int nrunning;

/* Tells our signals from others.  */
#define COOKIE 0x4361726e

/* How long to wait before asking again.  */
#define PATIENCE_NS ((size_t)20000000)

/* Whether the thread that has the world lock has stopped the world, and the
   signals that it had blocked before.  World lock.  */
static bool has_stopped;
static uint64_t stopper_set;

/* Park with everything at and above SP live.  All signals are blocked.  */
static void
park_at (void *arg, void *sp)
{
  struct cairni_thread *thread = arg;
  thread->sp = (uintptr_t)sp;
  for (;;)
    {
      int expected = CAIRNI_ASKED;
      if (__atomic_compare_exchange_n (&thread->stop, &expected, CAIRNI_PARKED,
                                       false, __ATOMIC_ACQ_REL,
                                       __ATOMIC_ACQUIRE))
        {
          if (__atomic_sub_fetch (&nrunning, 1, __ATOMIC_ACQ_REL) == 0)
            cairni_sys_futex_wake (&nrunning, 1);
        }
      else if (expected == CAIRNI_RUN)
        return;
      cairni_sys_futex_wait (&thread->stop, CAIRNI_PARKED, 0);
    }
}

static bool
is_asked (const struct cairni_thread *thread)
{
  return __atomic_load_n (&thread->stop, __ATOMIC_ACQUIRE) != CAIRNI_RUN;
}

void
cairni_world_park (void)
{
  struct cairni_thread *thread = cairni_thread_self;
  if (is_asked (thread))
    {
      int saved = errno;
      uint64_t set = cairni_signals_block ();
      cairni_arch_spill_and_call (park_at, thread);
      cairni_signals_restore (set);
      errno = saved;
    }
}

/* THREAD does not exist any more, though it was asked.  */
static void
set_stale (struct cairni_thread *thread)
{
  int expected = CAIRNI_ASKED;
  if (__atomic_compare_exchange_n (&thread->stop, &expected, CAIRNI_STALE,
                                   false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)
      && __atomic_sub_fetch (&nrunning, 1, __ATOMIC_ACQ_REL) == 0)
    cairni_sys_futex_wake (&nrunning, 1);
}

void
cairni_world_signal (int sig, siginfo_t *info, void *context)
{
  struct cairni_thread *thread = cairni_thread_self;
  /* The registers of the interrupted code are in CONTEXT, on this stack.  */
  if (thread && !thread->in_section && is_asked (thread))
    {
      int saved = errno;
      thread->context = context;
      cairni_arch_spill_and_call (park_at, thread);
      thread->context = NULL;
      errno = saved;
    }
  if (info->si_code == SI_QUEUE && info->si_errno == CAIRNI_PREEMPT_COOKIE)
    cairni_hooks.preempt ();
  else if (info->si_code != SI_QUEUE || info->si_errno != COOKIE)
    cairni_signals_pass_on (sig, info, context);
  else
    {
      /* A record that was reused since the signal was sent has another
         number.  */
      struct cairni_thread *meant = info->si_value.sival_ptr;
      if (meant != thread && meant->tid == cairni_sys_tid ())
        set_stale (meant);
    }
}

/* Ask THREAD to stop, if it still exists.  */
static void
ask (struct cairni_thread *thread)
{
  if (cairni_sys_signal_thread (thread->tid, CAIRNI_STOP_SIGNAL, COOKIE, thread)
      == ESRCH)
    set_stale (thread);
}

static void
forget_stale (void)
{
  for (struct cairni_thread *t = cairni_thread_list, *next; t; t = next)
    {
      next = t->next;
      if (cairni_peek (t->stop) == CAIRNI_STALE)
        cairni_thread_detach_locked (t);
    }
}

bool
cairni_world_try_stop (size_t timeout_ns)
{
  int n = 0;
  size_t begun_ns = cairni_sys_now_ns ();
  for (struct cairni_thread *t = cairni_thread_list; t; t = t->next)
    n += t != cairni_thread_self;
  if (n == 0)
    return true;
  __atomic_store_n (&nrunning, n, __ATOMIC_RELEASE);
  for (struct cairni_thread *t = cairni_thread_list; t; t = t->next)
    if (t != cairni_thread_self)
      {
        __atomic_store_n (&t->stop, CAIRNI_ASKED, __ATOMIC_RELEASE);
        ask (t);
      }
  while ((n = __atomic_load_n (&nrunning, __ATOMIC_ACQUIRE)) > 0)
    {
      size_t start = cairni_sys_now_ns ();
      if (start - begun_ns >= timeout_ns)
        return false;
      cairni_sys_futex_wait (&nrunning, n, PATIENCE_NS);
      if (cairni_sys_now_ns () - start < PATIENCE_NS)
        continue;
      /* A signal may have been swallowed, or a thread have died: again.  */
      for (struct cairni_thread *t = cairni_thread_list; t; t = t->next)
        if (t != cairni_thread_self
            && __atomic_load_n (&t->stop, __ATOMIC_ACQUIRE) == CAIRNI_ASKED)
          ask (t);
    }
  forget_stale ();
  return true;
}

void
cairni_world_stop (void)
{
  if (!has_stopped)
    stopper_set = cairni_signals_block ();
  has_stopped = true;
  cairni_world_try_stop (SIZE_MAX);
}

bool
cairni_world_registers (const struct cairni_thread *thread,
                        struct cairni_arch_registers *registers)
{
  if (__atomic_load_n (&thread->stop, __ATOMIC_ACQUIRE) != CAIRNI_PARKED)
    return false;
  *registers = thread->context ? cairni_arch_interrupted (thread->context)
                               : cairni_arch_spilled (thread->sp);
  return true;
}

void
cairni_world_start (void)
{
  for (struct cairni_thread *t = cairni_thread_list; t; t = t->next)
    if (t != cairni_thread_self)
      {
        __atomic_store_n (&t->stop, CAIRNI_RUN, __ATOMIC_RELEASE);
        cairni_sys_futex_wake (&t->stop, 1);
      }
}

void
cairni_world_release (void)
{
  bool had_stopped = has_stopped;
  uint64_t set = stopper_set;
  has_stopped = false;
  cairni_lock_release (&cairni_world_lock);
  if (had_stopped)
    cairni_signals_restore (set);
}
