/* cycle.h: a collection from its start to its end.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The order of one that stops the world:

     the world is stopped -> what the last collection left is swept, caches are
     flushed -> pools age -> roots -> marking -> every span becomes unswept ->
     new goal -> the world goes on.  Sweeping follows lazily, as spans are needed.

   One that marks beside the program stops it twice: from the same start until the
   roots are noted, and from the roots, once more, and what was written meanwhile
   (gc/dirty.h) to the same end.

   The loader's and the world lock are held in all of these; SP is for
   cairni_roots_mark.  */

#ifndef CAIRNI_CYCLE_H
#define CAIRNI_CYCLE_H

#include "gc/collect.h"

/* A collection that stops the world.  */
extern void cairni_cycle_run (uintptr_t sp, enum cairni_reason reason);

/* The first stop of one that marks beside the program.  False: the roots could
   not be noted, the collection is over: it has stopped the world.  */
extern bool cairni_cycle_begin (uintptr_t sp);

/* The second.  Marking took the calling thread, or another, CPU_NS so far.  */
extern void cairni_cycle_finish (uintptr_t sp, size_t cpu_ns);

#endif /* CAIRNI_CYCLE_H */
