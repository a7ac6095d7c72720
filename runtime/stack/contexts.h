/* contexts.h: contexts of ucontext.h have address stacks of their own.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#ifndef CAIRNI_CONTEXTS_H
#define CAIRNI_CONTEXTS_H

#include "base/base.h"

/* Call FN on what is live of the address stacks of contexts that do not run.
   The world is stopped.  */
extern void cairni_context_visit (void (*fn) (uintptr_t lo, uintptr_t hi));

/* The calling thread ends: forget its contexts.  Signals are blocked, and the
   address stack in use is freed by the caller.  */
extern void cairni_context_reset (void);

/* Around fork.  */
extern void cairni_context_lock (void);
extern void cairni_context_unlock (void);

#endif /* CAIRNI_CONTEXTS_H */
