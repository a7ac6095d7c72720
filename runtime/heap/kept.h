/* kept.h: pointers that others hold where the collector does not look.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).
   The kernel and the C library remember some of what they are given in a way
   that hides it: in the kernel's memory, or mangled, as a protection against
   attacks.  The functions that give it to them are replaced (os/), and what
   they gave is noted here, which is a root.

     holder     who has the pointer: enum cairni_holder in base/hooks.h
     key        which of the holder's pointers it is, a number of his; a holder
                has one pointer under a key

     .inv.kept.gap   A pointer is noted before its giver lets go of it: until
                     then it is on the giver's stack.
     .inv.kept.late  What is noted may be no longer held; the next pointer
                     under its key takes its place.

   What needs nothing of this, because the C library holds it as it is, in
   its data or in memory from malloc: arguments of exit handlers; destructors
   and values of thread-specific data; atfork handlers; the function and the
   value of a timer that starts a thread; control blocks of asynchronous input
   and output; buffers of streams; nodes of tsearch and hsearch; contexts of
   makecontext.  Signal handlers are asked of the kernel (os/signals.h);
   alternate stacks stand in the thread's record (heap/thread.h).

   What is not noted: the values of queued signals (sigqueue), and pointers
   written to pipes and files.  Nothing tells when they have been received.

   Guarded by the world lock.  A fork keeps all.  */

#ifndef CAIRNI_KEPT_H
#define CAIRNI_KEPT_H

#include "base/base.h"
#include "base/hooks.h"

/* HOLDER has P under KEY, in place of what he had there; a P that does not
   point to collected memory stands for nothing.  Takes the world lock.  */
extern void cairni_kept_set (enum cairni_holder holder, uintptr_t key,
                             const void *p);

/* Call GIVE (ARG), which gives P to HOLDER under KEY and returns 0, or fails.
   As cairni_kept_set if it returns 0.  The order in which threads give is
   that in which their pointers are noted.  GIVE must not wait nor allocate:
   the world lock may be held.  Returns what GIVE does, with its errno.  */
extern int cairni_kept_give (enum cairni_holder holder, uintptr_t key,
                             const void *p, int (*give) (void *arg), void *arg);

/* Call FN for all of them.  The world is stopped.  */
extern void cairni_kept_visit (void (*fn) (uintptr_t lo, uintptr_t hi));

#endif /* CAIRNI_KEPT_H */
