/* object-fast.h: the common case of an allocation, for inlining.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A small object comes from the calling thread's span of its kind and class,
   without a lock, an atomic instruction or a call: the next set bit of the
   span's alloc cache is its slot.  All else (no thread yet, an empty cache, a
   large object, CAIRN_DEBUG=gcstress or allocfail) takes the way of
   cairni_object_alloc.

   With free=trust a slot that is freed and whose span no thread has goes to a
   list of the thread's own, from which it takes when its span is used up.

     .inv.object.freed  A slot in such a list counts as allocated by its span's
                        bits.  Its second word is cairni_object_freed_key xor its
                        address, and remains so until it is allocated: who
                        frees it once more changes nothing.  When the world
                        stops the lists are emptied, and they stay empty while
                        objects are marked beside the program.  */

#ifndef CAIRNI_OBJECT_FAST_H
#define CAIRNI_OBJECT_FAST_H

#include "heap/central.h"
#include "heap/object.h"
#include "heap/thread.h"

#include <string.h>

/* A typed slot's last word.  */
#define CAIRNI_TYPE_WORD_NBYTES sizeof (void *)

/* The largest object for which cairni_object_try works; less than the largest
   that CAIRNI_SIZE_MAP16 knows.  0 while each allocation must be seen.  */
extern size_t cairni_object_fast_nbytes;

#define CAIRNI_OBJECT_FAST_NBYTES 1000

/* Marks what is in a list of freed slots.  0: none goes there, as each free must
   be seen.  */
extern uintptr_t cairni_object_freed_key;

/* Whether the second word of a slot of SPAN can tell.  A slot with a type has that
   as its last word.  Not if it is large.  */
CAIRNI_INLINE bool
cairni_object_has_key (const struct cairni_span *span)
{
  return span->slot_nbytes >= (span->kind == CAIRNI_TYPED ? 32 : 16);
}

/* Whether the slot at P is in a list of freed slots, or was.  */
CAIRNI_INLINE bool
cairni_object_is_freed (const void *p)
{
  uintptr_t key = cairni_object_freed_key;
  return key != 0 && ((const uintptr_t *)p)[1] == (key ^ (uintptr_t)p);
}

/* Whether the map of TYPE applies to an object of NBYTES.  */
CAIRNI_INLINE bool
cairni_type_applies (const struct cairn_type *type, size_t nbytes)
{
  return nbytes == type->nbytes
         || (type->nbytes != 0 && nbytes % type->nbytes == 0);
}

/* Whether TYPE's map names every word, so that it spares nothing.  */
CAIRNI_INLINE bool
cairni_type_is_dense (const struct cairn_type *type)
{
  return type->nwords <= 64 && type->ptr_nbytes + 8 > type->nbytes
         && type->ptr_bits[0] == ~(uint64_t)0 >> (64 - type->nwords);
}

/* The kind of an object of NBYTES and TYPE.  */
CAIRNI_INLINE unsigned
cairni_object_kind (const struct cairn_type *type, size_t nbytes)
{
  if (!type)
    return CAIRNI_SCAN;
  if (type->flags & CAIRN_TYPE_UNALIGNED)
    return CAIRNI_TYPED;
  if (!cairni_type_applies (type, nbytes))
    return CAIRNI_SCAN;
  if (type->ptr_nbytes == 0)
    return CAIRNI_NOSCAN;
  return cairni_type_is_dense (type) ? CAIRNI_SCAN : CAIRNI_TYPED;
}

/* Bytes that a slot needs beyond those of the object.  */
CAIRNI_INLINE size_t
cairni_object_extra_nbytes (unsigned kind)
{
  return kind == CAIRNI_TYPED ? CAIRNI_TYPE_WORD_NBYTES : 1;
}

/* Slots that are cleared without a call.  */
#define CAIRNI_CLEARED_NBYTES 256

/* Clear a slot of NBYTES at P: 8 bytes or a multiple of 16.  */
CAIRNI_INLINE void
cairni_object_clear (char *p, size_t nbytes)
{
  typedef long pair __attribute__ ((vector_size (16), may_alias));
  if (cairni_unlikely (nbytes > CAIRNI_CLEARED_NBYTES))
    memset (p, 0, nbytes);
  else if (nbytes == 8)
    *(uint64_t *)p = 0;
  else
    do
      {
        *(pair *)p = (pair){ 0, 0 };
        p += 16;
        /* Keep GCC from making a call of memset of this.  */
        __asm__("" : "+r"(p));
      }
    while ((nbytes -= 16) != 0);
}

/* Take the next slot of SPAN, whose alloc cache is not empty, for an object of
   KIND and TYPE.  In a section.  */
CAIRNI_INLINE void *
cairni_object_take (struct cairni_span *span, unsigned kind,
                    const struct cairn_type *type, unsigned flags)
{
  uint64_t free = span->alloc_cache;
  size_t slot_nbytes = span->slot_nbytes;
  char *p = (char *)span->cache_addr + __builtin_ctzll (free) * slot_nbytes;
  span->alloc_cache = free & (free - 1);
  if (span->needs_zero && !(kind == CAIRNI_NOSCAN && (flags & CAIRNI_RAW)))
    cairni_object_clear (p, slot_nbytes);
  if (kind == CAIRNI_TYPED)
    *(const struct cairn_type **)(p + slot_nbytes - CAIRNI_TYPE_WORD_NBYTES)
        = type;
  return p;
}

/* What cairni_object_try gives THREAD, in a section, of KIND and SIZE_CLASS, if its
   span is used up (a slot that it has freed), or a slot takes longer to clear.
   Leaves the section.  */
extern void *cairni_object_try_harder (struct cairni_thread *thread,
                                       unsigned kind, unsigned size_class,
                                       const struct cairn_type *type,
                                       unsigned flags);

/* A collected object as of cairni_object_alloc, without a wish for alignment;
   NULL: not this way.  On any stack.  *IS_ASKED: the thread must park.  It calls
   nothing, so that its caller need not save registers.  */
CAIRNI_INLINE void *
cairni_object_try (size_t nbytes, const struct cairn_type *type, unsigned flags,
                   bool *is_asked)
{
  struct cairni_thread *thread = cairni_thread_self;
  void *p = NULL;
  *is_asked = false;
  /* Size 0 wraps round.  */
  if (cairni_unlikely (!thread || nbytes - 1 >= cairni_object_fast_nbytes))
    return NULL;
  unsigned kind = cairni_object_kind (type, nbytes);
  size_t slot_nbytes = nbytes + cairni_object_extra_nbytes (kind);
  unsigned size_class = cairni_size_map16[(slot_nbytes + 7) >> 3];
  cairni_thread_enter (thread);
  struct cairni_span *span = thread->cache[kind][size_class];
  if (cairni_unlikely (!span->alloc_cache
                       || (span->slot_nbytes > CAIRNI_CLEARED_NBYTES
                           && span->needs_zero)))
    return cairni_object_try_harder (thread, kind, size_class, type, flags);
  p = cairni_object_take (span, kind, type, flags);
  *is_asked = cairni_thread_leave_asked (thread);
  return p;
}

/* Free the object at P in SPAN, collected; false: not this way.  On any stack.
   *IS_ASKED: the thread must park.  */
CAIRNI_INLINE bool
cairni_object_try_free (void *p, struct cairni_span *span, bool *is_asked)
{
  struct cairni_thread *thread = cairni_thread_self;
  uintptr_t key = cairni_object_freed_key;
  unsigned slot = cairni_span_slot (span, (uintptr_t)p);
  uint64_t bit = (uint64_t)1 << slot % 64;
  bool done = false;
  *is_asked = false;
  if (cairni_unlikely (!thread || key == 0 || slot >= span->nslots
                       || !cairni_object_has_key (span) || span->has_specials
                       || cairni_span_slot_addr (span, slot) != (uintptr_t)p))
    return false;
  cairni_thread_enter (thread);
  if (cairni_unlikely (cairni_heap_is_marking))
    ;
  else if (cairni_likely (!__atomic_load_n (&span->owner, __ATOMIC_RELAXED)
                     && span->sweep_epoch == cairni_sweep_epoch
                     && (span->alloc_bits[slot / 64] & bit)
                     && cairni_peek (span->nsamples) == 0))
    {
      struct cairni_slot_cache *freed
          = &thread->freed[span->kind][span->size_class];
      uintptr_t *words = p;
      done = freed->nslots < cairni_size_classes[span->size_class].batch;
      if (cairni_likely (done && !cairni_object_is_freed (p)))
        {
          words[0] = (uintptr_t)freed->first;
          words[1] = key ^ (uintptr_t)p;
          /* A child of fork may look.  */
          cairni_compiler_barrier ();
          freed->first = p;
          freed->nslots++;
        }
    }
  else if (span->owner == thread && slot / 64 == span->cache_word
           && !span->held_cache && !(span->alloc_cache & bit)
           && span->slot_nbytes <= thread->sample_distance
           && cairni_peek (span->nsamples) == 0)
    {
      /* It will be allocated anew: see sampling.h.  */
      thread->sample_distance -= span->slot_nbytes;
      span->alloc_cache |= bit;
      span->needs_zero = 1;
      span->taken_nfree++;
      span->nfreed++;
      done = true;
    }
  *is_asked = cairni_thread_leave_asked (thread);
  return done;
}

#endif /* CAIRNI_OBJECT_FAST_H */
