/* grow.h: a growable stack changes its size and its place.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#ifndef CAIRNI_STACK_GROW_H
#define CAIRNI_STACK_GROW_H

#include "base/base.h"
#include "base/options.h"
#include "stack/stack.h"

/* Called by assembly on the system stack: the growable stack is in use from *SP
   up, where the address to return to is and behind it that of the function that
   needs NEED bytes below.  Make room, and set *SP to where that is in the stack
   then.  */
extern void cairni_stack_grow (uintptr_t *sp, size_t need);

/* Whether the stack of NBYTES at LO, in use from SP up, may be halved: less than a
   quarter of it is used.  */
extern bool cairni_stack_would_shrink (uintptr_t lo, size_t nbytes,
                                       uintptr_t sp);

/* Bytes below the guard: STACK_RESERVE of stack-abi.def.  */
#define CAIRNI_STACK_RESERVE_NBYTES 640

/* The calling thread's stack, in its WORDS, is what lies from LO, NBYTES.  Its
   high water is the caller's business.  */
CAIRNI_INLINE void
cairni_stack_set (struct cairni_stack_words *words, uintptr_t lo, size_t nbytes)
{
  words->stack_lo = lo;
  cairni_poke (words->stack_nbytes, nbytes);
  cairni_poke (words->guard, cairni_debug.stackmove
                                 ? UINTPTR_MAX
                                 : lo + CAIRNI_STACK_RESERVE_NBYTES);
}

#endif /* CAIRNI_STACK_GROW_H */
