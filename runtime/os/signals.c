/* signals.c: one signal is ours; the program must not notice.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   In a static link only sigaction, signal and the functions that set the
   mask are replaced: the others have no second name there.  */

#define _GNU_SOURCE
#include "os/signals.h"
#include "base/hooks.h"
#include "os/end-signals.h"
#include "os/real.h"
#include "os/signal-stack.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Ours; 0 until installed.  */
static int our_signal;

/* What the program installed for it.  */
static struct sigaction user_action;

void
cairni_signals_init (int sig, void (*handler) (int, siginfo_t *, void *))
{
  struct sigaction action;
  memset (&action, 0, sizeof action);
  action.sa_sigaction = handler;
  action.sa_flags = SA_SIGINFO | SA_RESTART;
  /* All, also the two signals of the C library that sigfillset leaves out: a
     thread that were cancelled while it is parked would unwind out of the
     handler, with its signals blocked and the collector waiting for it.  */
  memset (&action.sa_mask, 0xff, sizeof action.sa_mask);
  if (cairni_signals_install (sig, &action, &user_action) != 0)
    cairni_fatal ("cannot install a handler for signal %d", sig);
  our_signal = sig;
  cairni_signals_unblock ();
}

void
cairni_signals_unblock (void)
{
  if (our_signal == 0)
    return;
  uint64_t set = (uint64_t)1 << (our_signal - 1);
  int saved = errno;
  syscall (SYS_rt_sigprocmask, SIG_UNBLOCK, &set, NULL,
           CAIRNI_KERNEL_SET_NBYTES);
  errno = saved;
}

void
cairni_signals_visit_handlers (void (*fn) (uintptr_t lo, uintptr_t hi))
{
  uintptr_t handler = (uintptr_t)user_action.sa_handler;
  fn ((uintptr_t)&handler, (uintptr_t)(&handler + 1));
  struct cairni_kernel_action action;
  for (int sig = 1; sig <= CAIRNI_KERNEL_SET_NBYTES * 8; sig++)
    if (cairni_signals_kernel_action (sig, &action))
      fn ((uintptr_t)&action.handler, (uintptr_t)(&action.handler + 1));
  cairni_signals_visit_taken (fn);
}

void
cairni_signals_pass_on (int sig, siginfo_t *info, void *context)
{
  struct sigaction action = user_action;
  if (action.sa_flags & SA_SIGINFO)
    action.sa_sigaction (sig, info, context);
  else if (action.sa_handler != SIG_DFL && action.sa_handler != SIG_IGN)
    action.sa_handler (sig);
}

/* Copy SET to COPY without our signal; NULL stays NULL.  */
static const sigset_t *
without_ours (const sigset_t *set, sigset_t *copy)
{
  if (!set || our_signal == 0)
    return set;
  *copy = *set;
  sigdelset (copy, our_signal);
  return copy;
}

CAIRNI_PUBLIC int
sigaction (int sig, const struct sigaction *action, struct sigaction *old)
{
  struct sigaction copy;
  if (sig == our_signal && sig != 0)
    {
      copy = user_action;
      if (action)
        user_action = *action;
      if (old)
        *old = copy;
      return 0;
    }
  if (action && our_signal != 0)
    {
      copy = *action;
      sigdelset (&copy.sa_mask, our_signal);
      cairni_end_signals_stand_in (sig, &copy);
      action = &copy;
    }
  int error = cairni_signals_install (sig, action, old);
  if (error == 0 && old)
    cairni_end_signals_hide (old);
  return error;
}

/* Change the mask; the result is an error number.  The C library's two own
   signals, 32 and 33, are never blocked.  */
static int
set_mask (int how, const sigset_t *set, sigset_t *old)
{
  sigset_t copy;
  uint64_t kernel_set, kernel_old = 0;
  int saved = errno, error = 0;
  if (set)
    {
      memcpy (&kernel_set, without_ours (set, &copy), sizeof kernel_set);
      if (how != SIG_UNBLOCK)
        kernel_set &= ~((uint64_t)3 << 31);
    }
  if (syscall (SYS_rt_sigprocmask, how, set ? &kernel_set : NULL, &kernel_old,
               CAIRNI_KERNEL_SET_NBYTES)
      != 0)
    error = errno;
  else if (old)
    {
      sigemptyset (old);
      memcpy (old, &kernel_old, sizeof kernel_old);
    }
  errno = saved;
  return error;
}

CAIRNI_PUBLIC int
pthread_sigmask (int how, const sigset_t *set, sigset_t *old)
{
  return set_mask (how, set, old);
}

CAIRNI_PUBLIC int
sigprocmask (int how, const sigset_t *set, sigset_t *old)
{
  int error = set_mask (how, set, old);
  if (error)
    errno = error;
  return error ? -1 : 0;
}

#ifndef CAIRNI_STATIC

CAIRNI_PUBLIC int
sigsuspend (const sigset_t *mask)
{
  sigset_t copy;
  return CAIRNI_REAL (sigsuspend) (without_ours (mask, &copy));
}

CAIRNI_PUBLIC int
sigwait (const sigset_t *set, int *sig)
{
  sigset_t copy;
  return CAIRNI_REAL (sigwait) (without_ours (set, &copy), sig);
}

CAIRNI_PUBLIC int
sigwaitinfo (const sigset_t *set, siginfo_t *info)
{
  sigset_t copy;
  return CAIRNI_REAL (sigwaitinfo) (without_ours (set, &copy), info);
}

CAIRNI_PUBLIC int
sigtimedwait (const sigset_t *set, siginfo_t *info,
              const struct timespec *timeout)
{
  sigset_t copy;
  return CAIRNI_REAL (sigtimedwait) (without_ours (set, &copy), info, timeout);
}

CAIRNI_PUBLIC int
signalfd (int fd, const sigset_t *mask, int flags)
{
  sigset_t copy;
  return CAIRNI_REAL (signalfd) (fd, without_ours (mask, &copy), flags);
}

CAIRNI_PUBLIC int
ppoll (struct pollfd *fds, nfds_t n, const struct timespec *timeout,
       const sigset_t *mask)
{
  sigset_t copy;
  return CAIRNI_REAL (ppoll) (fds, n, timeout, without_ours (mask, &copy));
}

CAIRNI_PUBLIC int
pselect (int n, fd_set *r, fd_set *w, fd_set *e, const struct timespec *timeout,
         const sigset_t *mask)
{
  sigset_t copy;
  return CAIRNI_REAL (pselect) (n, r, w, e, timeout,
                                without_ours (mask, &copy));
}

CAIRNI_PUBLIC int
epoll_pwait (int fd, struct epoll_event *events, int max, int timeout,
             const sigset_t *mask)
{
  sigset_t copy;
  return CAIRNI_REAL (epoll_pwait) (fd, events, max, timeout,
                                    without_ours (mask, &copy));
}

#endif
