/* signal-stack.h: handlers never run on a growable stack.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#ifndef CAIRNI_SIGNAL_STACK_H
#define CAIRNI_SIGNAL_STACK_H

#include "base/base.h"

/* From now on the calling thread's system stack between LO and the result is
   free whenever the thread runs on its growable stack; what lies between the
   result and HI, a multiple of 16, is never used but by signals.  HI == 0: it
   has no growable stack any more.  */
extern uintptr_t cairni_signals_use_stack (uintptr_t lo, uintptr_t hi);

/* Block all signals, also the C library's own, and set them as they were.  */
extern uint64_t cairni_signals_block (void);
extern void cairni_signals_restore (uint64_t set);

#endif /* CAIRNI_SIGNAL_STACK_H */
