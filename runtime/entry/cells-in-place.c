/* cells-in-place.c: the entry points that run on their caller's stack.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The common case of an allocation costs less than going to the system stack and
   back.  On a growable stack there are PLACE_NBYTES for these functions and what
   they call; what needs more goes to the system stack, as does a thread that is
   told to stop.  */

#include "cairn-rt.h"

#include "arch/x86_64/arch.h"
#include "heap/manual.h"
#include "heap/object-fast.h"
#include "heap/object.h"

/* Half of PLACE_NBYTES; the rest is memset's.  (ThreadSanitizer runs no growable
   stacks.)  */
#ifndef __SANITIZE_THREAD__
#pragma GCC diagnostic error "-Wstack-usage=128"
#endif

/* Park, and return P, which stays alive.  */
static void *
park_with (void *p)
{
  cairni_hooks.park ();
  return p;
}

/* A slot of KIND and SIZE_CLASS that THREAD has freed, for an object of TYPE; NULL
   if there is none, or a sample is due or held: then the allocation must be seen.
   In a section.  */
static void *
take_freed (struct cairni_thread *thread, unsigned kind, unsigned size_class,
            const struct cairn_type *type, unsigned flags)
{
  struct cairni_slot_cache *freed = &thread->freed[kind][size_class];
  size_t slot_nbytes = cairni_size_classes[size_class].nbytes;
  char *p = freed->first;
  if (!p || slot_nbytes > thread->sample_distance
      || thread->cache[kind][size_class]->held_cache)
    return NULL;
  thread->sample_distance -= slot_nbytes;
  freed->first = *(void **)p;
  freed->nslots--;
  freed->nreused++;
  if (!(kind == CAIRNI_NOSCAN && (flags & CAIRNI_RAW)))
    cairni_object_clear (p, slot_nbytes);
  else
    ((uintptr_t *)p)[1] = 0;
  if (kind == CAIRNI_TYPED)
    *(const struct cairn_type **)(p + slot_nbytes - CAIRNI_TYPE_WORD_NBYTES)
        = type;
  return p;
}

void *
cairni_object_try_harder (struct cairni_thread *thread, unsigned kind,
                          unsigned size_class, const struct cairn_type *type,
                          unsigned flags)
{
  struct cairni_span *span = thread->cache[kind][size_class];
  void *p = span->alloc_cache
                ? cairni_object_take (span, kind, type, flags)
                : take_freed (thread, kind, size_class, type, flags);
  return cairni_likely (!cairni_thread_leave_asked (thread))
             ? p
             : CAIRNI_ARCH_ON_SYSTEM (park_with, p);
}

void *
cairn_rt_new_cell (size_t nbytes, const struct cairn_type *type)
{
  bool is_asked;
  void *p = cairni_object_try (nbytes, type, CAIRNI_RAW, &is_asked);
  if (cairni_unlikely (!p))
    return CAIRNI_ARCH_ON_SYSTEM (cairn_rt_new_cell_aligned, nbytes, 1, type);
  return cairni_likely (!is_asked) ? p : CAIRNI_ARCH_ON_SYSTEM (park_with, p);
}

void *
cairn_rt_malloc (size_t nbytes, const struct cairn_type *type)
{
  bool is_asked;
  void *p = cairni_object_try (nbytes, type, 0, &is_asked);
  if (cairni_unlikely (!p))
    return CAIRNI_ARCH_ON_SYSTEM (cairn_rt_memalign, 1, nbytes, type);
  return cairni_likely (!is_asked) ? p : CAIRNI_ARCH_ON_SYSTEM (park_with, p);
}

void *
cairn_rt_calloc (size_t n, size_t each, const struct cairn_type *type)
{
  size_t nbytes;
  if (__builtin_mul_overflow (n, each, &nbytes))
    nbytes = SIZE_MAX;
  return cairn_rt_malloc (nbytes, type);
}

void
cairn_rt_free (void *p)
{
  if (!cairni_arena_has ((uintptr_t)p))
    return;
  struct cairni_span *span = cairni_arena_span ((uintptr_t)p);
  if (span && span->kind == CAIRNI_MANUAL)
    CAIRNI_ARCH_ON_SYSTEM (cairni_manual_free, p, span);
}

void
cairn_rt_free_trusted (void *p)
{
  if (!cairni_arena_has ((uintptr_t)p))
    return;
  struct cairni_span *span = cairni_arena_span ((uintptr_t)p);
  if (!span)
    return;
  if (cairni_span_is_collected (span))
    {
      bool is_asked;
      if (cairni_unlikely (!cairni_object_try_free (p, span, &is_asked)))
        CAIRNI_ARCH_ON_SYSTEM (cairni_object_free, p, span);
      else if (cairni_unlikely (is_asked))
        CAIRNI_ARCH_ON_SYSTEM (cairni_hooks.park);
    }
  else if (span->kind == CAIRNI_MANUAL)
    CAIRNI_ARCH_ON_SYSTEM (cairni_manual_free, p, span);
}
