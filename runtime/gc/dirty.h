/* dirty.h: what was written while objects were marked is scanned again.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The heap is watched, and the data of the objects that the program started with,
   where they are long.

   Mostly-parallel marking (Boehm, Demers, Shenker 1991): before marking begins
   the pages of the heap are protected (os/page-watch.h).  A pointer that the
   marker has missed is in a page that was written since, or in a root.  So marked
   objects in such pages are scanned again, and what they lead to is marked: a
   few times while the program runs, so that less is left each time, and once
   while it is stopped.

     written, by the kernel's account -> (cairni_dirty_take) noted here, and
     maybe protected again -> (cairni_dirty_rescan) scanned, or left noted
     because that needs a stopped world: manual memory, closures, and spans that
     a thread allocates from

   Pages of objects without pointers count for nothing.

   Used by one thread at a time.  */

#ifndef CAIRNI_DIRTY_H
#define CAIRNI_DIRTY_H

#include "base/base.h"

/* Protect what may hold pointers.  False: it cannot be had.  */
extern bool cairni_dirty_begin (void);

/* Note what was written, and protect it AGAIN if that is wanted.  False: it
   cannot be told.  */
extern bool cairni_dirty_take (bool again);

/* How many pages are noted.  */
extern size_t cairni_dirty_count (void);

/* Scan marked objects in noted pages and mark what they lead to.  STOPPED: the
   world is, all but manual memory is done; else objects that no thread
   allocates beside.  Returns how many pages that were.  */
extern size_t cairni_dirty_rescan (bool stopped);

/* Whether what is written at P, in the heap or in the data of a loaded object, is
   noted.  */
extern bool cairni_dirty_watches (uintptr_t p);

/* Whether any page of LO <= address < HI, of the heap, is noted.  */
extern bool cairni_dirty_has (uintptr_t lo, uintptr_t hi);

/* Hand LO <= address < HI to the marker; where it is watched, noted pages.  */
extern void cairni_dirty_mark_range (uintptr_t lo, uintptr_t hi);

/* Forget all notes.  */
extern void cairni_dirty_forget (void);

/* Let go of all protection.  */
extern void cairni_dirty_end (void);

/* In the child of a fork.  */
extern void cairni_dirty_after_fork (void);

#endif /* CAIRNI_DIRTY_H */
