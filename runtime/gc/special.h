/* special.h: objects whose end somebody wants to know.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A record says what is to happen when a collection does not reach an object:
   a cleanup is called, a weak pointer becomes NULL.  The object does not come
   back: both know it by a hidden address only.

     registered -> (its object was not marked) weak: cleared, gone
                                               cleanup: due -> called, gone

   Cleanups are called one after the other by a thread of their own, never in
   the middle of an allocation: they may take locks.  It is started when the
   first is due, and once more in a child of fork.

     .inv.special.arg   What a cleanup will be called with is a root.  */

#ifndef CAIRNI_SPECIAL_H
#define CAIRNI_SPECIAL_H

#include "base/base.h"

/* What a weak pointer is: a collected object without pointers.  */
struct cairn_weak
{
  uintptr_t hidden; /* The complement of the address; 0: it is gone.  */
};

/* Call FN (ARG) when the object that P points to is gone.  false: no memory.
   P must point to a collected object.  */
extern bool cairni_special_add_cleanup (const void *p, void (*fn) (void *arg),
                                        void *arg);

/* A weak pointer to P, which points to a collected object; NULL: no memory.  */
extern struct cairn_weak *cairni_special_make_weak (const void *p);

/* P of the weak pointer, or NULL.  */
extern void *cairni_special_get (const struct cairn_weak *weak);

/* Call FN on what cleanups lead to.  The world is stopped.  */
extern void cairni_special_visit (void (*fn) (uintptr_t lo, uintptr_t hi));

/* Marking is done, the world is stopped: see whose end has come.  */
extern void cairni_special_sweep (void);

/* Have what is due called.  The caller is in no section, holds no lock.  */
extern void cairni_special_start (void);

extern void cairni_special_lock (void);
extern void cairni_special_unlock (void);
/* In the child of a fork, locked: nobody calls cleanups.  */
extern void cairni_special_after_fork (void);

#endif /* CAIRNI_SPECIAL_H */
