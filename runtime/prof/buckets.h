/* buckets.h: what happened how often, by call stack.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A bucket stands for a stack, the labels that the goroutine had, a size and how
   rare samples were:
   what happened there is counted in it.  A table of buckets is memory of the
   runtime's own, and only grows; its owner has a lock for it.  */

#ifndef CAIRNI_BUCKETS_H
#define CAIRNI_BUCKETS_H

#include "base/base.h"
#include "sched/labels.h"

/* The innermost frames of a stack that are kept.  */
#define CAIRNI_BUCKET_NFRAMES 64

struct cairni_bucket
{
  struct cairni_bucket *next; /* In a chain of the table.  */
  uint64_t hash;
  size_t nbytes;  /* The size.  */
  unsigned shift; /* See heap/sampling.h.  */
  uint64_t count; /* How often; and for objects: how many are gone.  */
  uint64_t nended;
  size_t cycle; /* Of COUNT and NENDED, those up to the end of the collection
                   before this are in the next two: see samples.c.  */
  uint64_t settled_count, settled_nended;
  uint32_t nframes;
  uint32_t labels_nbytes; /* Of text like that of struct cairn_labels.  */
  uintptr_t pcs[];        /* Of an instruction in each, the innermost first; then
                             the labels.  */
};

struct cairni_buckets
{
  struct cairni_bucket **chains;
  size_t nchains, nbuckets;
  struct cairni_chunk *chunks; /* Memory, the last first.  */
};

/* A stack to look for.  */
struct cairni_stack_key
{
  size_t nbytes;
  unsigned shift;
  const uintptr_t *pcs;
  unsigned nframes;
  const char *labels;
  unsigned labels_nbytes;
};

CAIRNI_INLINE const char *
cairni_bucket_labels (const struct cairni_bucket *bucket)
{
  return (const char *)(bucket->pcs + bucket->nframes);
}

/* The bucket for KEY, a new one with zero counts if there is none yet; NULL: out
   of memory.  */
extern struct cairni_bucket *
cairni_buckets_get (struct cairni_buckets *table,
                    const struct cairni_stack_key *key);

/* Call FN for each.  */
extern void cairni_buckets_each (const struct cairni_buckets *table,
                                 void (*fn) (struct cairni_bucket *bucket,
                                             void *arg),
                                 void *arg);

/* Give all memory back: the table is empty.  */
extern void cairni_buckets_destroy (struct cairni_buckets *table);

#endif /* CAIRNI_BUCKETS_H */
