/* cpu-timer.c: a signal each time a thread has run for a while.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#define _GNU_SOURCE
#include "os/cpu-timer.h"
#include "os/signal-stack.h"

#include <string.h>

/* The kernel's name for the clock of what thread TID uses of processors.  */
#define THREAD_CLOCK(tid) ((clockid_t)(~(unsigned)(tid) << 3 | 6))

/* Of struct sigevent; the C library has no name for it yet.  */
#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

bool
cairni_cpu_timer_start (int tid, size_t period_ns, timer_t *timer)
{
  struct sigevent event;
  memset (&event, 0, sizeof event);
  event.sigev_notify = SIGEV_THREAD_ID;
  event.sigev_signo = SIGPROF;
  event.sigev_notify_thread_id = tid;
  if (timer_create (THREAD_CLOCK (tid), &event, timer) != 0)
    return false;
  struct timespec period
      = { .tv_sec = period_ns / 1000000000, .tv_nsec = period_ns % 1000000000 };
  struct itimerspec spec = { .it_interval = period, .it_value = period };
  if (timer_settime (*timer, 0, &spec, NULL) == 0)
    return true;
  timer_delete (*timer);
  return false;
}

void
cairni_cpu_timer_stop (timer_t timer)
{
  timer_delete (timer);
}

bool
cairni_cpu_timer_handle (void (*handler) (int, siginfo_t *, void *))
{
  struct cairni_kernel_action now;
  struct sigaction action;
  static bool is_ours;
  if (is_ours)
    return true;
  if (!cairni_signals_kernel_action (SIGPROF, &now)
      || (now.handler != (uintptr_t)SIG_DFL
          && now.handler != (uintptr_t)SIG_IGN))
    return false;
  memset (&action, 0, sizeof action);
  action.sa_sigaction = handler;
  action.sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK;
  /* No collection begins in it.  */
  memset (&action.sa_mask, 0xff, sizeof action.sa_mask);
  is_ours = cairni_signals_install (SIGPROF, &action, NULL) == 0;
  return is_ours;
}
