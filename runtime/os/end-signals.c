/* end-signals.c: signals whose default action ends the program.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#define _GNU_SOURCE
#include "os/end-signals.h"
#include "os/signal-stack.h"
#include "os/sys.h"

#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static const int signals[]
    = { SIGQUIT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };
#define NSIGNALS (sizeof signals / sizeof *signals)

/* NULL: not yet.  */
static void (*our_handler) (int sig, siginfo_t *info, void *context);

static void
set_ours (struct sigaction *action)
{
  memset (action, 0, sizeof *action);
  action->sa_sigaction = our_handler;
  action->sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
  /* The collector may stop the thread, a limit of time be over, and the handler
     may fault.  */
  memset (&action->sa_mask, 0xff, sizeof action->sa_mask);
  sigdelset (&action->sa_mask, SIGURG);
  sigdelset (&action->sa_mask, SIGALRM);
  for (unsigned i = 0; i < NSIGNALS; i++)
    if (signals[i] != SIGQUIT)
      sigdelset (&action->sa_mask, signals[i]);
}

void
cairni_end_signals_init (void (*handler) (int, siginfo_t *, void *))
{
  struct sigaction action;
  struct cairni_kernel_action now;
  our_handler = handler;
  set_ours (&action);
  for (unsigned i = 0; i < NSIGNALS; i++)
    if (cairni_signals_kernel_action (signals[i], &now)
        && now.handler == (uintptr_t)SIG_DFL)
      cairni_signals_install (signals[i], &action, NULL);
}

void
cairni_end_signals_stand_in (int sig, struct sigaction *action)
{
  if (!our_handler || action->sa_handler != SIG_DFL)
    return;
  for (unsigned i = 0; i < NSIGNALS; i++)
    if (signals[i] == sig)
      set_ours (action);
}

void
cairni_end_signals_hide (struct sigaction *old)
{
  if (our_handler && old->sa_sigaction == our_handler)
    {
      memset (old, 0, sizeof *old);
      old->sa_handler = SIG_DFL;
    }
}

void
cairni_end_signals_limit (unsigned seconds, void (*late) (int sig))
{
  struct sigaction action;
  memset (&action, 0, sizeof action);
  action.sa_handler = late;
  action.sa_flags = SA_ONSTACK;
  cairni_signals_install (SIGALRM, &action, NULL);
  uint64_t set = (uint64_t)1 << (SIGALRM - 1);
  syscall (SYS_rt_sigprocmask, SIG_UNBLOCK, &set, NULL,
           CAIRNI_KERNEL_SET_NBYTES);
  alarm (seconds);
}

void
cairni_end_signals_let (int sig, siginfo_t *info, bool now)
{
  struct cairni_kernel_action by_default = { 0 };
  uint64_t set = (uint64_t)1 << (sig - 1);
  syscall (SYS_rt_sigprocmask, SIG_BLOCK, &set, NULL, CAIRNI_KERNEL_SET_NBYTES);
  syscall (SYS_rt_sigaction, sig, &by_default, NULL, CAIRNI_KERNEL_SET_NBYTES);
  syscall (SYS_rt_tgsigqueueinfo, cairni_sys_pid (), cairni_sys_tid (), sig,
           info);
  if (now)
    syscall (SYS_rt_sigprocmask, SIG_UNBLOCK, &set, NULL,
             CAIRNI_KERNEL_SET_NBYTES);
}
