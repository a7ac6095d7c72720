/* object.c: collected objects.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "heap/object.h"
#include "arch/x86_64/arch.h"
#include "base/options.h"
#include "heap/central.h"
#include "heap/object-fast.h"
#include "heap/page-heap.h"
#include "heap/sampling.h"
#include "heap/thread.h"
#include "os/sys.h"

#include <string.h>

size_t cairni_object_fast_nbytes = CAIRNI_OBJECT_FAST_NBYTES;
uintptr_t cairni_object_freed_key;

/* The cached span of KIND and SIZE_CLASS, which was full, with free slots in
   its alloc cache; NULL: out of memory.  In a section.  */
static CAIRNI_NOINLINE struct cairni_span *
fill_cache (struct cairni_thread *thread, unsigned kind, unsigned size_class)
{
  struct cairni_span *span = thread->cache[kind][size_class];
  if (!span->alloc_cache && !cairni_span_advance (span))
    {
      thread->cache[kind][size_class] = &cairni_central_no_span;
      span = cairni_central_refill (
          kind, size_class, span == &cairni_central_no_span ? NULL : span);
      if (!span)
        return NULL;
      thread->cache[kind][size_class] = span;
    }
  return span;
}

/* Collect if the heap has reached its goal.  In a section.  */
static inline void
collect_if_due (struct cairni_thread *thread)
{
  if (cairni_unlikely (
          __atomic_load_n (&cairni_heap_live_nbytes, __ATOMIC_RELAXED)
          >= __atomic_load_n (&cairni_heap_trigger_nbytes, __ATOMIC_RELAXED)))
    {
      cairni_thread_leave (thread);
      cairni_hooks.collect_at_goal ();
      cairni_thread_enter (thread);
    }
}

static CAIRNI_NOINLINE void
collect_for_stress (struct cairni_thread *thread)
{
  if (++thread->stress_count % cairni_debug.gcstress == 0)
    cairni_hooks.collect_for_stress ();
}

bool
cairni_object_must_fail (void)
{
  static size_t nallocations;
  return __atomic_add_fetch (&nallocations, 1, __ATOMIC_RELAXED)
         == cairni_debug.allocfail;
}

static void *
alloc_small (struct cairni_thread *thread, unsigned kind, unsigned size_class,
             const struct cairn_type *type, unsigned flags)
{
  bool is_sample = false;
  unsigned shift = 0;
  cairni_thread_enter (thread);
  struct cairni_span *span = thread->cache[kind][size_class];
  if (cairni_unlikely (!span->alloc_cache))
    {
      is_sample = cairni_sampling_is_due (span);
      if (!is_sample)
        {
          if (!cairni_span_advance (span))
            collect_if_due (thread);
          span = fill_cache (thread, kind, size_class);
          if (!span)
            {
              cairni_thread_leave (thread);
              return NULL;
            }
          cairni_sampling_count (thread, span);
          is_sample = !span->alloc_cache && cairni_sampling_is_due (span);
        }
    }
  void *p = cairni_object_take (span, kind, type, flags);
  if (cairni_unlikely (is_sample))
    {
      shift = span->held_shift;
      cairni_sampling_count (thread, span);
    }
  cairni_thread_leave (thread);
  if (cairni_unlikely (is_sample))
    cairni_hooks.sample (p, shift);
  return p;
}

static CAIRNI_NOINLINE void *
alloc_large (struct cairni_thread *thread, size_t nbytes, size_t align,
             unsigned kind, const struct cairn_type *type, unsigned flags)
{
  size_t npages = (nbytes + 1 + CAIRNI_PAGE_NBYTES - 1) >> CAIRNI_PAGE_SHIFT;
  size_t align_npages = cairni_max (align >> CAIRNI_PAGE_SHIFT, 1);
  cairni_thread_enter (thread);
  cairni_count (&cairni_heap_live_nbytes, npages << CAIRNI_PAGE_SHIFT);
  collect_if_due (thread);
  struct cairni_span *span = cairni_central_alloc_pages (npages, align_npages);
  if (!span || !cairni_span_format (span, kind, 0))
    {
      if (span)
        cairni_page_heap_free (span);
      __atomic_fetch_sub (&cairni_heap_live_nbytes, npages << CAIRNI_PAGE_SHIFT,
                          __ATOMIC_RELAXED);
      cairni_thread_leave (thread);
      return NULL;
    }
  span->type = type;
  if (cairni_unlikely (cairni_heap_is_marking))
    __atomic_store_n (&span->mark_bits[0], 1, __ATOMIC_RELAXED);
  __atomic_store_n (&span->alloc_bits[0], ~(uint64_t)0, __ATOMIC_RELEASE);
  /* What lies beyond the object is zeroed too: it may be scanned.  */
  if (span->needs_zero && !(kind == CAIRNI_NOSCAN && (flags & CAIRNI_RAW)))
    memset ((void *)span->start, 0, npages << CAIRNI_PAGE_SHIFT);
  cairni_central_add_large (span);
  void *p = (void *)span->start;
  int shift = cairni_sampling_count_one (thread, npages << CAIRNI_PAGE_SHIFT);
  cairni_thread_leave (thread);
  if (shift != CAIRNI_NO_SAMPLE)
    cairni_hooks.sample (p, shift);
  return p;
}

/* The smallest class at least as large as NBYTES whose slots are aligned to
   ALIGN <= the page size; 0: none.  */
static unsigned
aligned_class (size_t nbytes, size_t align)
{
  size_t size = cairni_max (nbytes, align);
  if (size > CAIRNI_MAX_SMALL_NBYTES)
    return 0;
  for (unsigned c = cairni_size_class16 (size); c < CAIRNI_NCLASSES; c++)
    if (cairni_size_classes[c].nbytes % align == 0)
      return c;
  return 0;
}

static void *
alloc_once (struct cairni_thread *thread, size_t nbytes, size_t align,
            const struct cairn_type *type, unsigned flags)
{
  unsigned kind = cairni_object_kind (type, nbytes);
  size_t slot_nbytes = nbytes + cairni_object_extra_nbytes (kind);
  if (cairni_unlikely (align == 16))
    slot_nbytes = cairni_max (slot_nbytes, 16);
  if (cairni_likely (slot_nbytes <= CAIRNI_MAX_SMALL_NBYTES
                     && align <= CAIRNI_PAGE_NBYTES))
    {
      unsigned size_class = cairni_unlikely (align > 16)
                                ? aligned_class (slot_nbytes, align)
                                : cairni_size_class16 (slot_nbytes);
      if (cairni_likely (size_class != 0))
        return alloc_small (thread, kind, size_class, type, flags);
    }
  return alloc_large (thread, nbytes, align, kind, type, flags);
}

void *
cairni_object_alloc (size_t nbytes, size_t align, const struct cairn_type *type,
                     unsigned flags)
{
  struct cairni_thread *thread = cairni_thread_get ();
  if (cairni_unlikely (nbytes == 0 && align <= CAIRNI_PAGE_NBYTES / 2))
    return cairni_arena_zero_object ();
  if (cairni_unlikely (nbytes > PTRDIFF_MAX - 2 * CAIRNI_PAGE_NBYTES
                       || align > PTRDIFF_MAX / 2))
    return NULL;
  if (cairni_unlikely (cairni_debug.gcstress != 0))
    collect_for_stress (thread);
  if (cairni_unlikely (cairni_debug.allocfail != 0)
      && cairni_object_must_fail ())
    return NULL;
  void *p = alloc_once (thread, nbytes, align, type, flags);
  if (cairni_unlikely (!p))
    {
      cairni_hooks.collect_for_memory ();
      p = alloc_once (thread, nbytes, align, type, flags);
    }
  return p;
}

void
cairni_object_options_changed (void)
{
  bool seen = cairni_debug.gcstress || cairni_debug.allocfail;
  cairni_object_fast_nbytes = seen ? 0 : CAIRNI_OBJECT_FAST_NBYTES;
  cairni_object_freed_key
      = seen || cairni_debug.clobberfree
            ? 0
            : cairni_arch_ticks () * 0x9e3779b97f4a7c15 | 1;
}

struct cairni_object
cairni_object_find (const void *address)
{
  struct cairni_object object = { NULL, 0, 0 };
  uintptr_t p = (uintptr_t)address;
  if (!cairni_arena_has (p))
    return object;
  struct cairni_span *span = cairni_arena_span (p);
  if (!span || span->kind > CAIRNI_MANUAL)
    return object;
  unsigned slot = cairni_span_slot (span, p);
  if (slot >= span->nslots)
    return object;
  object.span = span;
  object.start = cairni_span_slot_addr (span, slot);
  object.nbytes = cairni_span_slot_nbytes (span);
  if (span->kind == CAIRNI_TYPED && span->size_class)
    object.nbytes -= CAIRNI_TYPE_WORD_NBYTES;
  else if (cairni_span_is_collected (span))
    object.nbytes -= 1;
  return object;
}

/* The map of OBJECT has changed: words that it did not name may have been passed
   over.  Have the marker see that all of OBJECT was written.  */
static void
write_for_marker (const struct cairni_object *object)
{
  __atomic_signal_fence (__ATOMIC_SEQ_CST);
  if (cairni_unlikely (cairni_peek (cairni_heap_is_marking)))
    for (uintptr_t p = object->start; p < object->start + object->nbytes;
         p = (p | (CAIRNI_SYS_PAGE_NBYTES - 1)) + 1)
      __atomic_fetch_or ((char *)p, 0, __ATOMIC_RELAXED);
}

bool
cairni_object_retype (struct cairni_object *object, size_t nbytes,
                      const struct cairn_type *type)
{
  struct cairni_span *span = object->span;
  unsigned kind = cairni_object_kind (type, nbytes);
  if (nbytes > object->nbytes)
    return false;
  /* A slot's kind does not change, but a slot may be scanned more carefully
     than it need be.  */
  if (span->kind == CAIRNI_NOSCAN)
    return kind == CAIRNI_NOSCAN;
  if (span->kind == CAIRNI_TYPED)
    {
      const struct cairn_type *map = kind == CAIRNI_TYPED ? type : NULL;
      if (span->size_class)
        *(const struct cairn_type **)(object->start + object->nbytes) = map;
      else
        span->type = map;
      write_for_marker (object);
    }
  return kind != CAIRNI_TYPED || !(type->flags & CAIRN_TYPE_UNALIGNED)
         || span->kind == CAIRNI_TYPED;
}
