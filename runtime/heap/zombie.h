/* zombie.h: what a thread leaves behind until it is joined.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The result of a thread that has ended stands in its thread control block
   (TCB) alone, which is not scanned any more once the thread is detached from
   the runtime.  So at its end the words of its TCB that point to collected
   memory are copied into records, its zombie, which is a root.

   The address of a TCB is the thread's pthread_t.  The C library gives a TCB
   to a new thread as soon as the old one is joined, before the joining thread
   can say so here; so the address does not tell threads apart.  A serial
   number does: it lies in the thread's static TLS, which the C library zeroes
   for every new thread, and is given by whoever first asks for it.

     .inv.zombie.life   A zombie exists from its thread's end until the thread
                        was joined or detached, or another thread is attached
                        that has its TCB.  A detached thread has none.
     .inv.zombie.join   It is dropped only when the result is on the stack of
                        the thread that joins, which is attached.

   Guarded by the world lock.  A fork keeps all: the child cannot join them,
   but their TCBs are reused.  */

#ifndef CAIRNI_ZOMBIE_H
#define CAIRNI_ZOMBIE_H

#include "base/base.h"

/* The serial number of the thread whose TCB, which exists, is at TCB; never
   0.  Takes no lock.  */
extern uint64_t cairni_zombie_serial (uintptr_t tcb);

/* Make the calling thread's zombie, in place of one that it or an earlier
   thread left there.  Returns whether there is anything to keep.  The world
   lock is held.  */
extern bool cairni_zombie_make_locked (void);

/* Drop the zombies of other threads that had the calling thread's TCB.  The
   world lock is held.  */
extern void cairni_zombie_drop_former_locked (void);

/* Drop the zombie of the thread with SERIAL, whose TCB was at TCB, if there
   is one.  Takes the world lock.  */
extern void cairni_zombie_drop (uintptr_t tcb, uint64_t serial);

/* Call FN for the words of all zombies.  The world is stopped.  */
extern void cairni_zombie_visit (void (*fn) (uintptr_t lo, uintptr_t hi));

#endif /* CAIRNI_ZOMBIE_H */
