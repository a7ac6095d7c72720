/* mark.h: find everything that can be reached.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Used by one thread, the collector, while the world is stopped.  It is helped
   by others where the heap is large enough.  */

#ifndef CAIRNI_MARK_H
#define CAIRNI_MARK_H

#include "base/base.h"

/* Get memory for the mark stack; once.  */
extern void cairni_mark_init (void);

/* Start helping threads if the heap has become large enough for them.  The
   caller is in no section and holds no lock.  */
extern void cairni_mark_help (void);

/* Begin: nothing is marked.  ALONE: no helpers this time.  */
extern void cairni_mark_begin (bool alone);

/* Every aligned word in LO <= address < HI may be a pointer.  */
extern void cairni_mark_range (uintptr_t lo, uintptr_t hi);

/* P may be a pointer.  */
extern void cairni_mark_word (uintptr_t p);

/* Whether the object that P points into has been marked; true if P points into
   no object that is ever collected.  */
extern bool cairni_mark_has (uintptr_t p);

struct cairni_mark_result
{
  size_t marked_nbytes; /* Of all objects marked.  */
  size_t helpers_ns;    /* That helpers were at it, together.  */
};

/* Mark everything that can be reached from what was given.  */
extern struct cairni_mark_result cairni_mark_finish (void);

#endif /* CAIRNI_MARK_H */
