/* object-fast.h: the common case of an allocation, for inlining.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A small object comes from the calling thread's span of its kind and class,
   without a lock, an atomic instruction or a call: the next set bit of the
   span's alloc cache is its slot.  All else (no thread yet, an empty cache, a
   large object, CAIRN_DEBUG=gcstress or allocfail) takes the way of
   cairni_object_alloc.  */

#ifndef CAIRNI_OBJECT_FAST_H
#define CAIRNI_OBJECT_FAST_H

#include "heap/object.h"
#include "heap/thread.h"

#include <string.h>

/* A typed slot's last word.  */
#define CAIRNI_TYPE_WORD_NBYTES sizeof (void *)

/* The largest object for which cairni_object_try works; less than the largest
   that CAIRNI_SIZE_MAP16 knows.  0 while each allocation must be seen.  */
extern size_t cairni_object_fast_nbytes;

#define CAIRNI_OBJECT_FAST_NBYTES 1000

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
  if (cairni_likely (span->alloc_cache
                     && (span->slot_nbytes <= CAIRNI_CLEARED_NBYTES
                         || !span->needs_zero)))
    p = cairni_object_take (span, kind, type, flags);
  *is_asked = cairni_thread_leave_asked (thread);
  return p;
}

#endif /* CAIRNI_OBJECT_FAST_H */
