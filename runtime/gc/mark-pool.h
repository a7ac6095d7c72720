/* mark-pool.h: work that markers hand to each other, and their threads.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A marker works on stacks of its own.  One that has nothing left is hungry,
   and says so by a counter; another that sees it puts the older half of its
   words, or half of a long range, into the pool.  The collector's thread is a
   marker; the others are helpers (os/helper.h), as many as there are further
   processors, that sleep between collections.

     asleep -> (a collection begins) joined -> hungry <-> at work
            -> (nothing is left) asleep

   The collector waits for no helper that has not joined: a helper that does not
   get a processor in time is done without.

     .inv.mark.done   Marking is over when the pool is empty and all that have
                      joined are hungry: nobody is left who could give.  */

#ifndef CAIRNI_MARK_POOL_H
#define CAIRNI_MARK_POOL_H

#include "base/base.h"
#include "cairn-type.h"

#define CAIRNI_MAX_HELPERS 7
#define CAIRNI_BATCH_NWORDS 256

/* Part of an object, or of a root; to be scanned.  */
struct cairni_mark_range
{
  uintptr_t lo, hi;
  const struct cairn_type *type; /* NULL: every aligned word.  LO is then at
                                    the start of an element.  */
};

/* What is handed on: a range, unless NWORDS says that it is words.  */
struct cairni_mark_batch
{
  struct cairni_mark_batch *next;
  size_t nwords;
  struct cairni_mark_range range;
  uintptr_t words[CAIRNI_BATCH_NWORDS];
};

/* Markers that wait for work.  Atomic.  */
extern int cairni_mark_nhungry;

/* An empty batch; NULL: no memory.  */
extern struct cairni_mark_batch *cairni_mark_batch_create (void);

/* Put BATCH into the pool.  */
extern void cairni_mark_give (struct cairni_mark_batch *batch);

/* Take a batch, waiting until there is one; NULL: marking is over.  The taker
   gives it back by cairni_mark_batch_destroy.  */
extern struct cairni_mark_batch *cairni_mark_take (void);
extern void cairni_mark_batch_destroy (struct cairni_mark_batch *batch);

/* Start N helpers that call WORK (I), I from 1 to N, in each collection: it
   takes batches until there are none.  Those that run already stay.  Not in a
   section, no lock is held.  */
extern void cairni_mark_start_helpers (unsigned n, void (*work) (unsigned i));

/* How many helpers there are.  */
extern unsigned cairni_mark_nhelpers (void);

/* Let the helpers join; the caller is a marker too.  */
extern void cairni_mark_open (void);

/* The caller has seen that marking is over: wait until all have left.  Returns
   the nanoseconds that helpers were at it.  */
extern size_t cairni_mark_close (void);

/* In the child of a fork: there are no helpers.  */
extern void cairni_mark_pool_after_fork (void);

#endif /* CAIRNI_MARK_POOL_H */
