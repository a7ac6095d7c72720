/* span.c: a run of pages with slots of one size.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "heap/span.h"

#include <string.h>

struct cairni_arena cairni_arena;

/* Bits of spans with more than 256 slots: mark bits, then alloc bits.  */
#define BITS_NWORDS (CAIRNI_MAX_SLOTS / 64)

struct cairni_meta_pool cairni_span_pool
    = CAIRNI_META_POOL (sizeof (struct cairni_span));
struct cairni_meta_pool cairni_span_bits_pool
    = CAIRNI_META_POOL (2 * BITS_NWORDS * sizeof (uint64_t));

void
cairni_span_list_push (struct cairni_span_list *list, struct cairni_span *span)
{
  span->prev = NULL;
  span->next = list->first;
  if (list->first)
    list->first->prev = span;
  else
    list->last = span;
  list->first = span;
}

void
cairni_span_list_remove (struct cairni_span_list *list,
                         struct cairni_span *span)
{
  if (span->prev)
    span->prev->next = span->next;
  else
    list->first = span->next;
  if (span->next)
    span->next->prev = span->prev;
  else
    list->last = span->prev;
  span->prev = span->next = NULL;
}

struct cairni_span *
cairni_span_list_pop (struct cairni_span_list *list)
{
  struct cairni_span *span = list->first;
  if (span)
    cairni_span_list_remove (list, span);
  return span;
}

void
cairni_span_list_append (struct cairni_span_list *to,
                         struct cairni_span_list *from)
{
  if (!from->first)
    return;
  from->first->prev = to->last;
  if (to->last)
    to->last->next = from->first;
  else
    to->first = from->first;
  to->last = from->last;
  from->first = from->last = NULL;
}

struct cairni_span *
cairni_span_create (void)
{
  struct cairni_span *span = cairni_meta_alloc (&cairni_span_pool);
  if (span)
    span->kind = CAIRNI_FREE;
  return span;
}

void
cairni_span_destroy (struct cairni_span *span)
{
  cairni_meta_free (&cairni_span_pool, span);
}

bool
cairni_span_format (struct cairni_span *span, enum cairni_kind kind,
                    unsigned size_class)
{
  const struct cairni_size_class *sizes = &cairni_size_classes[size_class];
  unsigned nslots = size_class ? sizes->nslots : 1;
  if (nslots <= CAIRNI_INLINE_WORDS * 64)
    {
      span->mark_bits = span->mark_inline;
      span->alloc_bits = span->alloc_inline;
      memset (span->mark_inline, 0, sizeof span->mark_inline);
      memset (span->alloc_inline, 0, sizeof span->alloc_inline);
    }
  else
    {
      span->mark_bits = cairni_meta_alloc (&cairni_span_bits_pool);
      if (!span->mark_bits)
        return false;
      span->alloc_bits = span->mark_bits + BITS_NWORDS;
    }
  span->magic = sizes->magic;
  span->slot_nbytes = sizes->nbytes;
  span->nslots = nslots;
  span->size_class = size_class;
  span->type = NULL;
  span->free_list = NULL;
  span->owner = NULL;
  span->nfreed = 0;
  span->has_specials = false;
  span->nsamples = 0;
  span->held_cache = 0;
  span->nfree = 0;
  span->carved = 0;
  if (nslots % 64)
    span->alloc_bits[nslots / 64] = ~(uint64_t)0 << nslots % 64;
  __atomic_store_n (&span->kind, kind, __ATOMIC_RELEASE);
  return true;
}

void
cairni_span_unformat (struct cairni_span *span)
{
  if (span->mark_bits && span->mark_bits != span->mark_inline)
    cairni_meta_free (&cairni_span_bits_pool, span->mark_bits);
  span->mark_bits = span->alloc_bits = NULL;
  span->nslots = 0;
  span->kind = CAIRNI_FREE;
}

unsigned
cairni_span_count_free (const struct cairni_span *span)
{
  unsigned nfree = 0;
  for (unsigned w = 0; w < cairni_span_nwords (span); w++)
    nfree += __builtin_popcountll (~span->alloc_bits[w]);
  return nfree;
}

static void
load_cache (struct cairni_span *span, unsigned word)
{
  span->cache_word = word;
  span->cache_addr = cairni_span_slot_addr (span, word * 64);
  span->alloc_cache = ~span->alloc_bits[word];
}

void
cairni_span_open (struct cairni_span *span)
{
  span->taken_nfree = cairni_span_count_free (span);
  load_cache (span, 0);
}

void
cairni_span_close (struct cairni_span *span)
{
  span->alloc_bits[span->cache_word] = ~(span->alloc_cache | span->held_cache);
  span->alloc_cache = span->held_cache = 0;
}

bool
cairni_span_advance (struct cairni_span *span)
{
  unsigned nwords = cairni_span_nwords (span);
  unsigned w = span->cache_word;
  /* The span that stands for none is everybody's, and is not written.  */
  if (span->alloc_bits[w] != ~(uint64_t)0)
    span->alloc_bits[w] = ~(uint64_t)0;
  /* Its owner may have freed slots of the words before.  */
  for (unsigned i = 1; i < nwords; i++)
    {
      if (++w == nwords)
        w = 0;
      if (~span->alloc_bits[w])
        {
          load_cache (span, w);
          return true;
        }
    }
  return false;
}
