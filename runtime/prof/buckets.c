/* buckets.c: what happened how often, by call stack.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "prof/buckets.h"
#include "os/sys.h"

#include <string.h>

#define CHUNK_NBYTES ((size_t)64 << 10)
#define MIN_NCHAINS 1024

struct cairni_chunk
{
  struct cairni_chunk *next;
  size_t used_nbytes, nbytes;
};

static void *
alloc (struct cairni_buckets *table, size_t nbytes)
{
  struct cairni_chunk *chunk = table->chunks;
  nbytes = cairni_align_up (nbytes, sizeof (uint64_t));
  if (!chunk || chunk->nbytes - chunk->used_nbytes < nbytes)
    {
      size_t chunk_nbytes
          = cairni_align_up (cairni_max (CHUNK_NBYTES, nbytes + sizeof *chunk),
                             CAIRNI_SYS_PAGE_NBYTES);
      chunk = cairni_sys_map (chunk_nbytes);
      if (!chunk)
        return NULL;
      *chunk = (struct cairni_chunk){ .next = table->chunks,
                                      .used_nbytes = sizeof *chunk,
                                      .nbytes = chunk_nbytes };
      table->chunks = chunk;
    }
  void *p = (char *)chunk + chunk->used_nbytes;
  chunk->used_nbytes += nbytes;
  return p;
}

static uint64_t
mix (uint64_t hash, uint64_t word)
{
  hash = (hash ^ word) * 0x9e3779b97f4a7c15;
  return hash ^ hash >> 29;
}

static uint64_t
hash_of (const struct cairni_stack_key *key)
{
  uint64_t hash = mix (key->nframes, key->nbytes << 8 | key->shift);
  for (unsigned i = 0; i < key->nframes; i++)
    hash = mix (hash, key->pcs[i]);
  for (unsigned i = 0; i < key->labels_nbytes; i++)
    hash = mix (hash, (unsigned char)key->labels[i]);
  return hash;
}

static bool
equals (const struct cairni_bucket *bucket, const struct cairni_stack_key *key)
{
  return bucket->nbytes == key->nbytes && bucket->shift == key->shift
         && bucket->nframes == key->nframes
         && bucket->labels_nbytes == key->labels_nbytes
         && memcmp (bucket->pcs, key->pcs, key->nframes * sizeof *key->pcs) == 0
         && (key->labels_nbytes == 0
             || memcmp (cairni_bucket_labels (bucket), key->labels,
                        key->labels_nbytes)
                    == 0);
}

static void
unmap_chains (struct cairni_bucket **chains, size_t nchains)
{
  if (chains)
    cairni_sys_unmap (chains, nchains * sizeof *chains);
}

/* Have at least as many chains as buckets; longer chains will do if there is no
   memory.  False: there are none at all.  */
static bool
grow (struct cairni_buckets *table)
{
  size_t nchains = cairni_max (2 * table->nchains, MIN_NCHAINS);
  struct cairni_bucket **chains = cairni_sys_map (nchains * sizeof *chains);
  if (!chains)
    return table->chains != NULL;
  for (size_t i = 0; i < table->nchains; i++)
    for (struct cairni_bucket *b = table->chains[i], *next; b; b = next)
      {
        next = b->next;
        b->next = chains[b->hash % nchains];
        chains[b->hash % nchains] = b;
      }
  unmap_chains (table->chains, table->nchains);
  table->chains = chains;
  table->nchains = nchains;
  return true;
}

struct cairni_bucket *
cairni_buckets_get (struct cairni_buckets *table,
                    const struct cairni_stack_key *key)
{
  uint64_t hash = hash_of (key);
  if (table->nbuckets >= table->nchains && !grow (table))
    return NULL;
  struct cairni_bucket **chain = &table->chains[hash % table->nchains];
  for (struct cairni_bucket *b = *chain; b; b = b->next)
    if (b->hash == hash && equals (b, key))
      return b;
  size_t pcs_nbytes = key->nframes * sizeof *key->pcs;
  struct cairni_bucket *bucket
      = alloc (table, sizeof *bucket + pcs_nbytes + key->labels_nbytes);
  if (!bucket)
    return NULL;
  *bucket = (struct cairni_bucket){ .next = *chain,
                                    .hash = hash,
                                    .nbytes = key->nbytes,
                                    .shift = key->shift,
                                    .nframes = key->nframes,
                                    .labels_nbytes = key->labels_nbytes };
  memcpy (bucket->pcs, key->pcs, pcs_nbytes);
  if (key->labels_nbytes)
    memcpy (bucket->pcs + key->nframes, key->labels, key->labels_nbytes);
  *chain = bucket;
  table->nbuckets++;
  return bucket;
}

void
cairni_buckets_each (const struct cairni_buckets *table,
                     void (*fn) (struct cairni_bucket *bucket, void *arg),
                     void *arg)
{
  for (size_t i = 0; i < table->nchains; i++)
    for (struct cairni_bucket *b = table->chains[i]; b; b = b->next)
      fn (b, arg);
}

void
cairni_buckets_destroy (struct cairni_buckets *table)
{
  for (struct cairni_chunk *c = table->chunks, *next; c; c = next)
    {
      next = c->next;
      cairni_sys_unmap (c, c->nbytes);
    }
  unmap_chains (table->chains, table->nchains);
  *table = (struct cairni_buckets){ 0 };
}
