/* mark.h: find everything that can be reached.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Used by one thread, while the world is stopped.  */

#ifndef CAIRNI_MARK_H
#define CAIRNI_MARK_H

#include "base/base.h"

/* Get memory for the mark stack; once.  */
extern void cairni_mark_init (void);

/* Begin: nothing is marked.  */
extern void cairni_mark_begin (void);

/* Every aligned word in LO <= address < HI may be a pointer.  */
extern void cairni_mark_range (uintptr_t lo, uintptr_t hi);

/* P may be a pointer.  */
extern void cairni_mark_word (uintptr_t p);

/* Whether the object that P points into has been marked; true if P points into
   no object that is ever collected.  */
extern bool cairni_mark_has (uintptr_t p);

/* Mark everything that can be reached from what was given.  Returns the bytes
   of all objects marked since cairni_mark_begin.  More may be given after
   that.  */
extern size_t cairni_mark_finish (void);

#endif /* CAIRNI_MARK_H */
