/* sampling.h: which allocations the heap profile sees.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Sample points are a Poisson process on the bytes that are allocated, one in
   CAIRN_DEBUG=memprofilerate bytes on average; an object with a point in its slot
   is a sample.  So an object of N bytes is one with the probability
   1 - exp (-N / rate), whoever allocates it and whatever was allocated before,
   and dividing by that gives unbiased totals.

   The common way of an allocation (object-fast.h) knows nothing of this.  The
   distance to the next point is counted down by all free slots of a word of the
   alloc bits when that is loaded as the alloc cache.  If the point is in one of
   them, the cache gets those before that one, and the others are held:

        free slots, in the order of allocation
        | alloc cache: counted | held: a sample, and others not yet counted |

   The allocation that finds the cache empty takes the first that is held, which
   is the sample; those behind it are counted then, from a new point on.  What is
   counted and never allocated (a collection comes) does no harm: points are
   independent of each other, and the slots get new ones when they are loaded
   again.

   Noting a sample takes a microsecond or ten, as the stack has to be walked through.
   A thread that allocates so fast, or so deep, that this takes more than some
   half a percent of its time chooses points half as often, until it is not; so the
   profile costs little more than that, whatever a program does.  Each sample remembers how often points
   were chosen when its was, and stands for as many objects: nothing becomes less
   true, only less exact.  A rate that the user has set is kept.

     .inv.sampling.order  Slots held, as they are all free ones from some slot on
                          but for those freed since, are allocated after the alloc
                          cache.  */

#ifndef CAIRNI_SAMPLING_H
#define CAIRNI_SAMPLING_H

#include "heap/thread.h"

/* Bytes from one sample point to the next, at random; SIZE_MAX: no more.  */
extern size_t cairni_sampling_distance (struct cairni_thread *thread);

/* THREAD begins: choose its first point.  */
extern void cairni_sampling_begin (struct cairni_thread *thread);

/* Count the slots of SPAN's alloc cache, all of them or those before the next
   sample point.  Nothing is held.  */
extern void cairni_sampling_count (struct cairni_thread *thread,
                                   struct cairni_span *span);

/* What a sample is: how much rarer points were chosen, as a power of two.  */
#define CAIRNI_NO_SAMPLE (-1)

/* The same for one object of NBYTES; the shift if it is a sample.  */
extern int cairni_sampling_count_one (struct cairni_thread *thread,
                                      size_t nbytes);

/* A sample of THREAD was noted, which began at START_TICKS and has just ended: choose
   points more or less often from now on.  */
extern void cairni_sampling_noted (struct cairni_thread *thread,
                                   uint64_t start_ticks);

/* SPAN's alloc cache is empty: load it with what is held.  Whether that was
   anything: then the next allocation is a sample with HELD_SHIFT, and afterwards the
   cache has to be counted.  */
CAIRNI_INLINE bool
cairni_sampling_is_due (struct cairni_span *span)
{
  if (cairni_likely (span->held_cache == 0))
    return false;
  span->alloc_cache = span->held_cache;
  span->held_cache = 0;
  return true;
}

/* How many objects of NBYTES stand behind one sample with SHIFT.  */
extern double cairni_sampling_scale (double nbytes, unsigned shift);

#endif /* CAIRNI_SAMPLING_H */
