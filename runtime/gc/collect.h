/* collect.h: when to collect.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#ifndef CAIRNI_COLLECT_H
#define CAIRNI_COLLECT_H

#include "base/base.h"

/* Why.  */
enum cairni_reason
{
  CAIRNI_AT_GOAL, /* The heap reached its goal; somebody else's collection
                     will do.  */
  CAIRNI_FOR_STRESS, /* One must go on or start: CAIRN_DEBUG=gcstress.  */
  CAIRNI_FORCED   /* A whole collection must start after this call.  */
};

/* Collect.  The calling thread is attached, in no section and holds no lock
   but perhaps the loader's.  */
extern void cairni_collect (enum cairni_reason reason);

/* Call FN (ARG, SP) in a stopped world, everything swept and no span cached, with
   the loader's and the world lock held; SP is for cairni_roots_visit.  FN must
   not allocate.  The caller is in no section and holds no lock.  False: it is
   too early in the process.  */
extern bool cairni_collect_stopped (void (*fn) (void *arg, uintptr_t sp),
                                    void *arg);

/* Call FN (ARG) with the loader's and the world lock held.  The caller is in no
   section, holds no lock but perhaps the loader's, and need not be attached.  */
extern void cairni_collect_with_locks (void (*fn) (void *arg), void *arg);

/* Until this is set nothing is collected: the C library is still starting and
   the roots are not known.  */
extern bool cairni_collect_is_ready;

/* Called, if not NULL, at the start of each collection: the world is stopped,
   each thread wherever it was, and nothing is marked.  It must not allocate nor
   wait.  For the layer above that has something to let go of.  */
extern void (*cairni_collect_at_start) (void);

#define CAIRNI_NPAUSES 256

/* Statistics, exact while the world lock is held.  */
struct cairni_collect_stats
{
  size_t ncycles, nforced;
  size_t marked_nbytes; /* Live after the last collection.  */
  size_t first_ns;      /* When the runtime started, monotonic.  */
  size_t last_ns;       /* When the last collection ended, since 1970.  */
  size_t cpu_ns;        /* That all of them took, of processors.  */
  size_t pause_total_ns;
  /* Of the last ones; that of collection N is at (N - 1) % CAIRNI_NPAUSES.  */
  size_t pause_ns[CAIRNI_NPAUSES], pause_end_ns[CAIRNI_NPAUSES];
};
extern struct cairni_collect_stats cairni_collect_stats;

/* Around fork, in this order.  */
extern void cairni_fork_prepare (void);
extern void cairni_fork_parent (void);
extern void cairni_fork_child (void);

#endif /* CAIRNI_COLLECT_H */
