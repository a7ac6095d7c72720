/* stack.h: growable stacks and address stacks.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A thread whose first function was compiled with the plugin runs on a
   growable stack: 2 KB at first, doubled by being copied when a function's
   check finds too little room.  Code that the plugin did not compile runs on
   the thread's system stack, and so does what that calls back: there nothing
   moves.  What has an address lives on the address stack, chunks that never
   move, also when its function runs on the system stack.

   What compiled code knows of this is in stack-abi.def.  A thread's words are
   only written by the thread itself; but GUARD and YIELD by whoever asks it for
   something, too.  Between two goroutines, and while it waits for one, a thread
   has no growable stack and no frames.

     .inv.stack.copy     No pointer into a growable stack is kept anywhere while
                         it may move, so that a move is memcpy.
     .inv.stack.system   On the system stack, what is below SYSTEM_SP is free
                         whenever the thread runs on its growable stack: it is
                         the alternate signal stack then.  */

#ifndef CAIRNI_STACK_H
#define CAIRNI_STACK_H

#include "base/base.h"

/* The words of a thread, at its thread pointer plus GUARD.  */
struct cairni_stack_words
{
  uintptr_t guard;
  uintptr_t frame_ptr;
  uintptr_t frame_limit;
  uintptr_t frame_start;
  struct cairni_frame_chunk *frame_chunk;
  uintptr_t stack_lo;
  size_t stack_nbytes;
  uintptr_t system_sp;
  uintptr_t stack_sp;
  uintptr_t signal_sp;
  uintptr_t arrival_sp;
  size_t high_water_nbytes;
  uintptr_t park_sp;
  uintptr_t yield;
};

/* Where they begin in the control block.  */
#define CAIRNI_STACK_WORDS 0x80

/* The words of the thread whose control block is at TCB.  */
CAIRNI_INLINE struct cairni_stack_words *
cairni_stack_words (uintptr_t tcb)
{
  return (struct cairni_stack_words *)(tcb + CAIRNI_STACK_WORDS);
}

/* Whether SP is on the growable stack of the thread whose control block is at
   TCB.  */
extern bool cairni_stack_has (uintptr_t tcb, uintptr_t sp);

/* Call FN on what is live of the growable stack and of the address stack of
   the thread at TCB, which is parked or the caller; SP is its growable
   stack's pointer, 0 if the thread has been on the system stack since it
   called STACK_SP's code.  The world is stopped.  */
extern void cairni_stack_visit (uintptr_t tcb, uintptr_t sp,
                                void (*fn) (uintptr_t lo, uintptr_t hi));

/* Call FN (A, B, C) on a new growable stack of the calling thread if it has
   none and FN is marked as compiled for it; otherwise just call it.  Returns
   what FN does.  */
extern uintptr_t cairni_stack_run (uintptr_t (*fn) (uintptr_t, uintptr_t,
                                                    uintptr_t),
                                   uintptr_t a, uintptr_t b, uintptr_t c);

/* The calling thread begins, or ends, with no stacks of ours: its words are
   zero, and what it had is freed.  */
extern void cairni_stack_reset (void);

/* At the end of a collection, the world is stopped: ask the thread at TCB to
   shrink its stack at its next check if it uses less than a quarter of it.  */
extern void cairni_stack_ask_to_shrink (uintptr_t tcb, uintptr_t sp);

#endif /* CAIRNI_STACK_H */
