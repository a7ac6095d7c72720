/* pace.h: how far the heap may grow before the next collection.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The goal is what is live after a collection, plus cairni_gc_percent of that
   and of the roots, at least 4 MB.  A memory limit lowers it, so that all that
   the runtime has from the system stays below; what it cannot lower, the
   program's own memory, it does not count.

     .inv.pace.half   Near the limit, or above it, collections take no more than
                      about half of the time, but for a second that may be
                      spent on staying below: from then on the heap may grow by
                      as much as the program allocated, by its last rate, in
                      the time that the last collection took.  (The measure
                      is that of Go's limiter.)  */

#ifndef CAIRNI_PACE_H
#define CAIRNI_PACE_H

#include "base/base.h"

/* One collection.  */
struct cairni_pace_cycle
{
  size_t start_ns, end_ns; /* Of the stop, monotonic.  */
  size_t before_nbytes;    /* Live, or not known to be dead, at its start.  */
  size_t marked_nbytes;    /* Live at its end.  */
};

/* A collection is done: set the goal anew.  The world lock is held.  */
extern void cairni_pace_end_cycle (const struct cairni_pace_cycle *cycle);

/* The same after the percentage or the limit changed, and at the start.  */
extern void cairni_pace_update_goal (void);

#endif /* CAIRNI_PACE_H */
