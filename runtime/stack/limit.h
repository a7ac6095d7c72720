/* limit.h: how large a stack may become, and what happens then.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#ifndef CAIRNI_STACK_LIMIT_H
#define CAIRNI_STACK_LIMIT_H

#include "base/base.h"

/* Bytes of a growable stack, and of an address stack.  */
extern size_t cairni_stack_max_nbytes;

/* End the program, because the calling thread's stack cannot grow: say so, and
   where.  Called on the system stack.  */
extern void cairni_stack_exceeded (void) __attribute__ ((noreturn, cold));

#endif /* CAIRNI_STACK_LIMIT_H */
