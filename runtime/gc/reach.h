/* reach.h: the shortest way from a root to an object.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#ifndef CAIRNI_REACH_H
#define CAIRNI_REACH_H

#include "gc/roots.h"

#define CAIRNI_REACH_MAX 64
#define CAIRNI_REACH_NAME_NBYTES 64

/* An object on the way.  */
struct cairni_reach_step
{
  uintptr_t start;
  size_t nbytes;
  uintptr_t from; /* The address of the pointer to it: in the object before, or
                     in the root.  */
  char type[CAIRNI_REACH_NAME_NBYTES]; /* "": not known.  */
};

struct cairni_reach
{
  uintptr_t p;             /* What is looked for.  */
  bool is_reached;
  bool is_out_of_memory;
  struct cairni_root root; /* Where the way begins.  */
  size_t nsteps;           /* Of the whole way; of a longer one STEPS has the
                              first half and the last.  */
  struct cairni_reach_step steps[CAIRNI_REACH_MAX];
};

/* Look for REACH->p, in a collected object, and fill in the rest.  To be called
   by cairni_collect_stopped.  */
extern void cairni_reach_find (struct cairni_reach *reach, uintptr_t sp);

#endif /* CAIRNI_REACH_H */
