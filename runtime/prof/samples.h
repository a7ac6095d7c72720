/* samples.h: the objects that the heap profile sees, and who allocated them.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The profile is that of the end of the last collection: objects allocated since
   then would count although nobody knows yet which of them live.  Before the first
   collection it has everything.

     allocated, chosen by sampling.h -> its bucket counts it, and the table of
     living samples has it -> a collection does not mark it, or the program frees
     it -> its bucket counts its end

   The table holds addresses that keep nothing alive.  It and the buckets are
   guarded by one lock, which is taken in sections.  */

#ifndef CAIRNI_SAMPLES_H
#define CAIRNI_SAMPLES_H

#include "prof/buckets.h"

/* For the hooks: see base/hooks.h.  */
extern void cairni_samples_add (void *p, unsigned shift);
extern void *cairni_samples_take (void *p);
extern void cairni_samples_end (void *p, void *sample, bool was_freed);
extern void cairni_samples_sweep (void);
extern void cairni_samples_lock (void);
extern void cairni_samples_unlock (void);

/* What one bucket had as of the last collection.  */
struct cairni_heap_record
{
  const struct cairni_bucket *bucket; /* Only what never changes is to be
                                         read.  */
  uint64_t count, nended;
};

/* Those of all buckets that had anything, in memory from malloc, and their number
   in *N; NULL: out of memory.  Outside of sections.  */
extern struct cairni_heap_record *cairni_samples_get (size_t *n);

#endif /* CAIRNI_SAMPLES_H */
