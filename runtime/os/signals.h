/* signals.h: one signal is ours; the program must not notice.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The runtime stops threads by a signal.  signals.c stands in front of the
   C library's functions that could block that signal or replace its handler:
   a program that asks to block everything gets everything but that one, and
   its own handler of that signal is remembered and called for signals that
   are not ours.  What remains visible: a thread cannot receive that signal by
   sigwait or signalfd, and a system call that no handler lets restart (poll,
   select, nanosleep, ...) may return EINTR, as with any handler.  */

#ifndef CAIRNI_SIGNALS_H
#define CAIRNI_SIGNALS_H

#include "base/base.h"

#include <signal.h>

/* What is in the siginfo's si_errno of a signal that asks the thread's goroutine to
   let others run.  */
#define CAIRNI_PREEMPT_COOKIE 0x43617278

/* Install HANDLER for SIG and keep it installed.  */
extern void cairni_signals_init (int sig,
                                 void (*handler) (int, siginfo_t *, void *));

/* Make sure that the calling thread receives the signal, once it is
   installed.  */
extern void cairni_signals_unblock (void);

/* Call FN for the addresses of the handlers of all signals.  Allocates nothing.
   The world is stopped.  */
extern void cairni_signals_visit_handlers (void (*fn) (uintptr_t lo,
                                                       uintptr_t hi));

/* Call what the program wants to be called.  */
extern void cairni_signals_pass_on (int sig, siginfo_t *info, void *context);

#endif /* CAIRNI_SIGNALS_H */
