/* pace.h: how far the heap may grow before the next collection.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The goal is what is live after a collection, plus cairni_gc_percent of that
   and of the roots, at least 4 MB.  A memory limit lowers it, so that all that
   the runtime has from the system stays below; what it cannot lower, the
   program's own memory, it does not count.

   Marking beside the program begins at a trigger below the goal: as far below as
   the program went during the last such marking, and half as much.

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
  bool is_beside;          /* It marked beside the program, ... */
  size_t beside_nbytes;    /* ... which made so much meanwhile.  */
};

/* A collection is done: set the goal anew.  The world lock is held.  */
extern void cairni_pace_end_cycle (const struct cairni_pace_cycle *cycle);

/* Whether there is room for the program to go on while objects are marked; and if
   so, where the heap must not go meanwhile.  Atomic.  */
extern bool cairni_pace_is_roomy;
extern size_t cairni_pace_most_nbytes;

/* Have the next allocation that asks for more call the collector, to start what
   has to be started in one of the program's threads.  */
extern void cairni_pace_call_soon (void);

/* It has.  */
extern void cairni_pace_restore_trigger (void);

/* The same after the percentage or the limit changed, and at the start.  */
extern void cairni_pace_update_goal (void);

#endif /* CAIRNI_PACE_H */
