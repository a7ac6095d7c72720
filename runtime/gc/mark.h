/* mark.h: find everything that can be reached.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Used by one thread, the collector, while the world is stopped.  It is helped
   by others where the heap is large enough.  Or it marks beside the program: then
   the world is stopped when it begins, and again from cairni_mark_go_on_stopped
   on, before which what was written meanwhile is not known.  */

#ifndef CAIRNI_MARK_H
#define CAIRNI_MARK_H

#include "base/base.h"

/* Get memory for the mark stack; once.  */
extern void cairni_mark_init (void);

/* Start helping threads if the heap has become large enough for them.  The
   caller is in no section and holds no lock.  */
extern void cairni_mark_help (void);

enum cairni_mark_way
{
  CAIRNI_MARK_TOGETHER, /* With helpers.  */
  CAIRNI_MARK_ALONE,
  CAIRNI_MARK_BESIDE /* Alone, while the program runs.  What is given is only
                        noted until cairni_mark_drain.  */
};

/* Begin: nothing is marked.  */
extern void cairni_mark_begin (enum cairni_mark_way way);

/* Beside the program: mark what can be reached from what was given.  */
extern void cairni_mark_drain (void);

/* The world is stopped again: go on, with helpers if there is MUCH to do.  */
extern void cairni_mark_go_on_stopped (bool much);

/* Beside the program: whether what was given has been lost for lack of memory.
   Then there is no going on.  */
extern bool cairni_mark_has_lost (void);

/* Beside the program: every aligned word in LO <= address < HI may be a pointer;
   it is read by cairni_mark_drain.  */
extern void cairni_mark_later (uintptr_t lo, uintptr_t hi);

/* Every aligned word in LO <= address < HI may be a pointer.  */
extern void cairni_mark_range (uintptr_t lo, uintptr_t hi);

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

/* In the child of a fork that came while others marked.  */
extern void cairni_mark_after_fork (void);

#endif /* CAIRNI_MARK_H */
