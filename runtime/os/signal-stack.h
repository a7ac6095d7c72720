/* signal-stack.h: handlers never run on a growable stack.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   See signal-stack.c.  signals.c asks this file what to tell the kernel, and
   the program.  */

#ifndef CAIRNI_SIGNAL_STACK_H
#define CAIRNI_SIGNAL_STACK_H

#include "base/base.h"

#include <signal.h>

/* From now on the calling thread's system stack between LO and the result is
   free whenever the thread runs on its growable stack; what lies between the
   result and HI, a multiple of 16, is never used but by signals.  HI == 0: it
   has no growable stack any more.  */
extern uintptr_t cairni_signals_use_stack (uintptr_t lo, uintptr_t hi);

/* HI of the last call by the thread whose control block is at TCB.  */
extern uintptr_t cairni_signals_stack_hi (uintptr_t tcb);

/* Whether there ever was a growable stack: handlers are taken over then.  */
extern bool cairni_signals_are_taken (void);

/* The C library may have installed handlers of its own: take them over, if
   there are growable stacks.  */
extern void cairni_signals_take_library (void);

/* What sigaction does: install ACTION, if not NULL, for SIG, and say in OLD,
   if not NULL, what was installed.  Sets errno.  */
extern int cairni_signals_install (int sig, const struct sigaction *action,
                                   struct sigaction *old);

/* Call FN for the handlers that the kernel does not know of.  */
extern void cairni_signals_visit_taken (void (*fn) (uintptr_t lo,
                                                    uintptr_t hi));

/* After fork, in the child: no other thread is in the middle of anything.  */
extern void cairni_signals_after_fork (void);

/* Block all signals, also the C library's own, and set them as they were.  */
extern uint64_t cairni_signals_block (void);
extern void cairni_signals_restore (uint64_t set);

/* Bytes of the kernel's signal set.  */
#define CAIRNI_KERNEL_SET_NBYTES 8

/* What the kernel takes and gives, which is not the C library's
   struct sigaction.  */
struct cairni_kernel_action
{
  uintptr_t handler;
  unsigned long flags;
  uintptr_t restorer;
  uint64_t mask;
};

/* What SIG has; false: there is no such signal.  Leaves errno alone.  */
extern bool cairni_signals_kernel_action (int sig,
                                          struct cairni_kernel_action *action);

#endif /* CAIRNI_SIGNAL_STACK_H */
