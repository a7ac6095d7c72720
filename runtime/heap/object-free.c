/* object-free.c: collected objects that the program frees, with free=trust.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   What object-fast.h does not: a slot of a span that the calling thread caches is
   handed out again by that thread, without a lock.  One of a listed span is free at
   once, too; one of another thread's cache is left to the collector, which does not
   lose it.
   Freeing what is free already does nothing, unless the slot has been given to
   another object meanwhile.  */

#include "base/options.h"
#include "heap/central.h"
#include "heap/object-fast.h"
#include "heap/object.h"
#include "heap/sampling.h"
#include "heap/thread.h"

#include <string.h>

/* Free SLOT, allocated, of SPAN, which the caller owns.  In a section.  */
static inline void
free_own (struct cairni_thread *thread, struct cairni_span *span, unsigned slot)
{
  uint64_t bit = (uint64_t)1 << slot % 64;
  span->needs_zero = 1;
  span->taken_nfree++;
  span->nfreed++;
  /* .inv.central.black */
  if (cairni_unlikely (cairni_heap_is_marking))
    __atomic_fetch_or (&span->mark_bits[slot / 64], bit, __ATOMIC_RELAXED);
  if (slot / 64 != span->cache_word)
    span->alloc_bits[slot / 64] &= ~bit;
  else if (cairni_unlikely (span->held_cache))
    span->held_cache |= bit;
  else
    {
      /* It will be allocated anew: see sampling.h.  */
      int shift = cairni_sampling_count_one (thread, span->slot_nbytes);
      if (cairni_likely (shift == CAIRNI_NO_SAMPLE))
        span->alloc_cache |= bit;
      else
        {
          span->held_cache = bit;
          span->held_shift = shift;
        }
    }
}

void
cairni_object_free (void *p, struct cairni_span *span)
{
  struct cairni_thread *thread = cairni_thread_self;
  unsigned slot = cairni_span_slot (span, (uintptr_t)p);
  if (!thread || slot >= span->nslots || span->has_specials
      || cairni_span_slot_addr (span, slot) != (uintptr_t)p
      || (cairni_object_has_key (span) && cairni_object_is_freed (p)))
    return;
  cairni_thread_enter (thread);
  /* Make room for the next.  */
  struct cairni_slot_cache *list = &thread->freed[span->kind][span->size_class];
  if (list->nslots == cairni_size_classes[span->size_class].batch)
    cairni_central_return (thread, span->kind, span->size_class,
                           list->nslots / 2);
  bool is_own = span->owner == thread;
  if (cairni_unlikely (cairni_debug.clobberfree) && (is_own || !span->owner)
      && cairni_span_is_allocated (span, slot))
    memset (p, 0xdb, cairni_span_slot_nbytes (span));
  /* While nobody else can be given the slot.  */
  void *sample = NULL;
  if (cairni_unlikely (__atomic_load_n (&span->nsamples, __ATOMIC_RELAXED)))
    sample = cairni_hooks.take_sample (p);
  bool freed = true;
  if (span->size_class == 0)
    freed = cairni_central_free_large (span);
  else if (!is_own)
    freed = cairni_central_free_slot (span, slot);
  else if (cairni_span_is_allocated (span, slot))
    free_own (thread, span, slot);
  if (cairni_unlikely (sample != NULL))
    cairni_hooks.end_sample (p, sample, freed);
  cairni_thread_leave (thread);
}
