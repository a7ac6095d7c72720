/* central.h: the spans of collected objects that no thread has cached.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   One central per size class and kind, each with its own lock and three
   lists: partial (swept, with free slots), full (swept, none), unswept (what
   the last collection left).  A collection moves all of partial and full to
   unswept; a refill sweeps a span or two of it.  Large objects have one
   central per kind, at size class 0, and are swept all at once.  */

#ifndef CAIRNI_CENTRAL_H
#define CAIRNI_CENTRAL_H

#include "heap/span.h"

struct cairni_thread;

/* Bytes allocated since the last collection plus bytes it found live: the
   slots of spans count when a thread takes them.  Atomic.  */
extern size_t cairni_heap_live_nbytes;

/* When the former reaches this, collect.  */
extern size_t cairni_heap_goal_nbytes;

/* Counters that only grow, by size class.  Atomic.  */
struct cairni_heap_counters
{
  size_t nmallocs[CAIRNI_NCLASSES], nfrees[CAIRNI_NCLASSES];
  size_t large_malloc_nbytes, large_free_nbytes;
};
extern struct cairni_heap_counters cairni_heap_counters;

/* When the former reaches this, which is no more, a collection that marks beside
   the program begins.  */
extern size_t cairni_heap_trigger_nbytes;

/* Whether objects are marked while the program runs.  Changes while the world is
   stopped.

     .inv.central.black   As long as it is set, everything is swept, no span of
                          collected objects is given back, and the free slots of
                          a span that a thread has are marked: what it makes of
                          them is.  */
extern bool cairni_heap_is_marking;

/* How many collections have left spans to sweep.  Changes while the world is
   stopped.  */
extern uint32_t cairni_sweep_epoch;

CAIRNI_INLINE void
cairni_count (size_t *counter, size_t n)
{
  __atomic_fetch_add (counter, n, __ATOMIC_RELAXED);
}

/* An open span with at least one free slot to replace OLD, which is full, or
   NULL (as is OLD if there was none).  In a section.  */
extern struct cairni_span *cairni_central_refill (unsigned kind,
                                                  unsigned size_class,
                                                  struct cairni_span *old);

/* Pages for a span: reused ones; else, after sweeping everything, reused or
   new ones.  NULL: out of memory.  In a section, no lock held.  */
extern struct cairni_span *cairni_central_alloc_pages (size_t npages,
                                                       size_t align_npages);

/* Put a formatted large SPAN on its list.  In a section.  */
extern void cairni_central_add_large (struct cairni_span *span);

/* The object in SLOT of SPAN, small, collected and not cached by the calling
   thread, is free, unless another thread caches SPAN: then nothing happens, and
   the collector will find it.  Returns whether it was freed.  In a section.  */
extern bool cairni_central_free_slot (struct cairni_span *span, unsigned slot);

/* THREAD's freed slots of KIND and SIZE_CLASS go back to their spans, until it has
   KEEP.  In a section, or as for cairni_central_flush.  */
extern void cairni_central_return (struct cairni_thread *thread, unsigned kind,
                                   unsigned size_class, unsigned keep);

/* The large collected object SPAN is free; false: it is left to the collector,
   which marks.  In a section.  */
extern bool cairni_central_free_large (struct cairni_span *span);

/* Let go of all spans that THREAD caches.  The world is stopped, or THREAD is
   the caller, or it does not run any more.  */
extern void cairni_central_flush (struct cairni_thread *thread);

/* Sweep everything that is unswept.  In a section, or the world is stopped;
   no lock held.  */
extern void cairni_central_sweep_all (void);

/* Sweep some of what is unswept; false: there is nothing left.  The world lock is
   held, and nothing else.  */
extern bool cairni_central_sweep_some (void);

/* Marking is done and the world is still stopped: every span becomes unswept,
   large ones are swept.  */
extern void cairni_central_start_sweep (void);

/* In the child of a fork that came while objects were marked: none is.  */
extern void cairni_central_unmark_all (void);

/* Take or release the locks of all centrals, around fork.  */
extern void cairni_central_lock_all (void);
extern void cairni_central_unlock_all (void);

/* In the child of a fork: put every collected span where it belongs, as
   threads that are gone may have had some in their hands.  All locks are
   held, no thread caches a span, everything is swept or unswept as UNSWEPT
   says.  */
extern void cairni_central_relist_all (void);

/* The span that stands for "no span cached": it is full.  */
extern struct cairni_span cairni_central_no_span;

#endif /* CAIRNI_CENTRAL_H */
