/* background.h: the thread that marks while the program runs.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   With CAIRN_DEBUG=gcconcurrent a heap of some size is not marked in one stop:

     idle -> (the heap reaches its trigger) asked: what is unswept is swept, pages
             are protected
          -> (a short stop) marking, while the program runs
          -> marked
          -> (a short stop, by whoever comes first) idle

     .inv.background.wait   Who needs a heap without marks (a forced collection,
                            a look at the heap) waits while it is marking, and
                            not longer: that takes no lock.  It finishes what is
                            marked.

   A fork does not wait; its child forgets the marks.  */

#ifndef CAIRNI_BACKGROUND_H
#define CAIRNI_BACKGROUND_H

#include "gc/collect.h"

/* Whether a collection for REASON will be, or is, beside the program, so that the
   caller has nothing more to do.  */
extern bool cairni_background_ask (enum cairni_reason reason);

/* End a collection that marks beside the program, if there is one.  False: it
   still does.  The loader's and the world lock are held.  */
extern bool cairni_background_settle (uintptr_t sp);

/* Wait while it does.  No lock is held but perhaps the loader's.  */
extern void cairni_background_wait (void);

/* Start the thread, if it is wanted.  No lock is held, in no section.  */
extern void cairni_background_start (void);

/* In the child of a fork.  All locks are held.  */
extern void cairni_background_after_fork (void);

#endif /* CAIRNI_BACKGROUND_H */
