/* grow.h: a growable stack changes its size and its place.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#ifndef CAIRNI_STACK_GROW_H
#define CAIRNI_STACK_GROW_H

#include "base/base.h"

/* Called by assembly on the system stack: the growable stack is in use from *SP
   up, where the address to return to is and behind it that of the function that
   needs NEED bytes below.  Make room, and set *SP to where that is in the stack
   then.  */
extern void cairni_stack_grow (uintptr_t *sp, size_t need);

/* Whether the stack of NBYTES at LO, in use from SP up, may be halved: less than a
   quarter of it is used.  */
extern bool cairni_stack_would_shrink (uintptr_t lo, size_t nbytes,
                                       uintptr_t sp);

/* The calling thread's stack is what lies from LO, NBYTES.  In stack.c.  */
extern void cairni_stack_set (uintptr_t lo, size_t nbytes);

#endif /* CAIRNI_STACK_GROW_H */
