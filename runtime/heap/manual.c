/* manual.c: objects for code that frees what it allocates.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "heap/manual.h"
#include "base/options.h"
#include "heap/central.h"
#include "heap/object.h"
#include "heap/page-heap.h"
#include "heap/thread.h"

#include <string.h>

/* The spans of one size class; large objects are class 0.  */
struct pool
{
  struct cairni_lock lock;
  struct cairni_span_list partial; /* With slots that no thread has.  */
  struct cairni_span_list full;
};

static struct pool pools[CAIRNI_NCLASSES];
static size_t manual_npages;

CAIRNI_INLINE void *
next_of (void *slot)
{
  return *(void **)slot;
}

/* The slot P must be in the list before the list says so: a collector or a
   child of fork may look at any instruction's end.  */
CAIRNI_INLINE void
push_slot (struct cairni_slot_cache *cache, void *p)
{
  *(void **)p = cache->first;
  cairni_compiler_barrier ();
  cache->first = p;
  cache->nslots++;
}

/* Slots of SPAN that no thread has and no program.  */
static inline unsigned
span_nfree (const struct cairni_span *span)
{
  return span->nfree + (span->nslots - span->carved);
}

/* Take a slot of SPAN, which has one.  */
static void *
take_slot_locked (struct cairni_span *span)
{
  void *p = span->free_list;
  if (p)
    {
      span->free_list = next_of (p);
      span->nfree--;
      return p;
    }
  return (void *)cairni_span_slot_addr (span, span->carved++);
}

static struct cairni_span *
new_span (unsigned size_class)
{
  size_t npages = cairni_size_classes[size_class].npages;
  struct cairni_span *span = cairni_central_alloc_pages (npages, 1);
  if (span && !cairni_span_format (span, CAIRNI_MANUAL, size_class))
    {
      cairni_page_heap_free (span);
      return NULL;
    }
  if (span)
    cairni_count (&manual_npages, npages);
  return span;
}

/* Fetch a batch of slots for THREAD.  In a section.  */
static CAIRNI_NOINLINE bool
refill (struct cairni_thread *thread, unsigned size_class)
{
  struct pool *pool = &pools[size_class];
  struct cairni_slot_cache *cache = &thread->manual[size_class];
  unsigned batch = cairni_size_classes[size_class].batch;
  cairni_lock_acquire (&pool->lock);
  if (!pool->partial.first)
    {
      cairni_lock_release (&pool->lock);
      struct cairni_span *fresh = new_span (size_class);
      if (!fresh)
        return false;
      cairni_lock_acquire (&pool->lock);
      cairni_span_list_push (&pool->partial, fresh);
    }
  struct cairni_span *span;
  for (unsigned n = 0; n < batch && (span = pool->partial.first);)
    {
      for (; n < batch && span_nfree (span) > 0; n++)
        push_slot (cache, take_slot_locked (span));
      if (span_nfree (span) == 0)
        {
          cairni_span_list_remove (&pool->partial, span);
          cairni_span_list_push (&pool->full, span);
        }
    }
  cairni_lock_release (&pool->lock);
  return cache->first != NULL;
}

/* Put the slot P back into its span.  A span that becomes empty is returned,
   on no list, for the caller to free once it has let go of the lock.  */
static struct cairni_span *
return_slot_locked (struct pool *pool, void *p)
{
  struct cairni_span *span = cairni_arena_span ((uintptr_t)p);
  bool was_full = span_nfree (span) == 0;
  *(void **)p = span->free_list;
  span->free_list = p;
  span->nfree++;
  if (was_full)
    {
      cairni_span_list_remove (&pool->full, span);
      cairni_span_list_push (&pool->partial, span);
    }
  /* One empty span stays, lest a program that allocates and frees one object
     goes to the page heap each time.  */
  if (span_nfree (span) < span->nslots
      || pool->partial.first == pool->partial.last)
    return NULL;
  cairni_span_list_remove (&pool->partial, span);
  return span;
}

static void
free_span (struct cairni_span *span)
{
  __atomic_fetch_sub (&manual_npages, span->npages, __ATOMIC_RELAXED);
  cairni_page_heap_free (span);
}

/* Return slots until THREAD has at most KEEP.  */
static CAIRNI_NOINLINE void
drain (struct cairni_thread *thread, unsigned size_class, unsigned keep)
{
  struct pool *pool = &pools[size_class];
  struct cairni_slot_cache *cache = &thread->manual[size_class];
  struct cairni_span *empty = NULL;
  cairni_lock_acquire (&pool->lock);
  while (cache->first && cache->nslots > keep)
    {
      void *p = cache->first;
      cache->first = next_of (p);
      cache->nslots--;
      struct cairni_span *span = return_slot_locked (pool, p);
      if (span)
        {
          span->next = empty;
          empty = span;
        }
    }
  cairni_lock_release (&pool->lock);
  while (empty)
    {
      struct cairni_span *span = empty;
      empty = span->next;
      free_span (span);
    }
}

void
cairni_manual_flush (struct cairni_thread *thread)
{
  for (unsigned c = 1; c < CAIRNI_NCLASSES; c++)
    if (thread->manual[c].first)
      {
        /* The count of a thread that fork cut short may be too small.  */
        thread->manual[c].nslots = UINT32_MAX;
        drain (thread, c, 0);
        thread->manual[c].nslots = 0;
      }
}

static void *
alloc_small (struct cairni_thread *thread, unsigned size_class)
{
  struct cairni_slot_cache *cache = &thread->manual[size_class];
  cairni_thread_enter (thread);
  void *p = cache->first;
  if (cairni_unlikely (!p))
    {
      if (refill (thread, size_class))
        p = cache->first;
      if (!p)
        {
          cairni_thread_leave (thread);
          return NULL;
        }
    }
  cache->first = next_of (p);
  cache->nslots--;
  cairni_thread_leave (thread);
  return p;
}

static CAIRNI_NOINLINE void *
alloc_large (struct cairni_thread *thread, size_t nbytes, size_t align,
             bool *is_zero)
{
  size_t npages = (nbytes + CAIRNI_PAGE_NBYTES - 1) >> CAIRNI_PAGE_SHIFT;
  void *p = NULL;
  cairni_thread_enter (thread);
  struct cairni_span *span = cairni_central_alloc_pages (
      cairni_max (npages, 1), cairni_max (align >> CAIRNI_PAGE_SHIFT, 1));
  if (span && cairni_span_format (span, CAIRNI_MANUAL, 0))
    {
      struct pool *pool = &pools[0];
      span->carved = 1;
      cairni_count (&manual_npages, span->npages);
      if (is_zero)
        *is_zero = !span->needs_zero;
      cairni_lock_acquire (&pool->lock);
      cairni_span_list_push (&pool->full, span);
      cairni_lock_release (&pool->lock);
      p = (void *)span->start;
    }
  else if (span)
    cairni_page_heap_free (span);
  cairni_thread_leave (thread);
  return p;
}

/* The class for NBYTES aligned to ALIGN; 0: a large object.  */
static inline unsigned
class_for (size_t nbytes, size_t align)
{
  if (cairni_likely (align <= 16))
    return nbytes <= CAIRNI_MAX_SMALL_NBYTES
               ? cairni_size_class16 (align == 16 && nbytes < 16 ? 16 : nbytes)
               : 0;
  size_t size = cairni_max (nbytes, align);
  if (size > CAIRNI_MAX_SMALL_NBYTES || align > CAIRNI_PAGE_NBYTES)
    return 0;
  for (unsigned c = cairni_size_class16 (size); c < CAIRNI_NCLASSES; c++)
    if (cairni_size_classes[c].nbytes % align == 0)
      return c;
  return 0;
}

static inline void *
alloc_once (struct cairni_thread *thread, size_t nbytes, size_t align,
            bool *is_zero)
{
  unsigned size_class = class_for (nbytes, align);
  return cairni_likely (size_class != 0)
             ? alloc_small (thread, size_class)
             : alloc_large (thread, nbytes, align, is_zero);
}

void *
cairni_manual_alloc (size_t nbytes, size_t align, bool *is_zero)
{
  struct cairni_thread *thread = cairni_thread_get ();
  if (is_zero)
    *is_zero = false;
  if (cairni_unlikely (nbytes == 0))
    nbytes = 1;
  if (cairni_unlikely (nbytes > PTRDIFF_MAX - 2 * CAIRNI_PAGE_NBYTES
                       || align > PTRDIFF_MAX / 2))
    return NULL;
  if (cairni_unlikely (cairni_debug.allocfail != 0)
      && cairni_object_must_fail ())
    return NULL;
  void *p = alloc_once (thread, nbytes, align, is_zero);
  if (cairni_unlikely (!p))
    {
      cairni_hooks.collect_for_memory ();
      p = alloc_once (thread, nbytes, align, is_zero);
    }
  return p;
}

static CAIRNI_NOINLINE void
free_large (struct cairni_span *span)
{
  struct pool *pool = &pools[0];
  cairni_lock_acquire (&pool->lock);
  cairni_span_list_remove (&pool->full, span);
  cairni_lock_release (&pool->lock);
  free_span (span);
}

/* Free for a thread that is not attached any more: with the world lock, so
   that no collection looks on.  */
static CAIRNI_NOINLINE void
free_late (void *p, struct cairni_span *span)
{
  cairni_lock_acquire (&cairni_world_lock);
  if (span->size_class == 0)
    free_large (span);
  else
    {
      struct pool *pool = &pools[span->size_class];
      cairni_lock_acquire (&pool->lock);
      struct cairni_span *empty = return_slot_locked (pool, p);
      cairni_lock_release (&pool->lock);
      if (empty)
        free_span (empty);
    }
  cairni_lock_release (&cairni_world_lock);
}

void
cairni_manual_free (void *p, struct cairni_span *span)
{
  unsigned size_class = span->size_class;
  if (cairni_unlikely (cairni_debug.clobberfree))
    memset (p, 0xdb, cairni_span_slot_nbytes (span));
  if (cairni_unlikely (!cairni_thread_self && cairni_thread_has_ended))
    {
      free_late (p, span);
      return;
    }
  struct cairni_thread *thread = cairni_thread_get ();
  cairni_thread_enter (thread);
  if (cairni_unlikely (size_class == 0))
    free_large (span);
  else
    {
      struct cairni_slot_cache *cache = &thread->manual[size_class];
      push_slot (cache, p);
      unsigned batch = cairni_size_classes[size_class].batch;
      if (cairni_unlikely (cache->nslots > 2 * batch))
        drain (thread, size_class, batch);
    }
  cairni_thread_leave (thread);
}

/* Mark the slots of a list as free; a manual span's mark bits serve for
   this.  */
static void
mark_free (void *slot)
{
  for (; slot; slot = next_of (slot))
    {
      struct cairni_span *span = cairni_arena_span ((uintptr_t)slot);
      unsigned i = cairni_span_slot (span, (uintptr_t)slot);
      span->mark_bits[i / 64] |= (uint64_t)1 << i % 64;
    }
}

static bool
any_is_marked (const struct cairni_span *span)
{
  uint64_t any = 0;
  for (unsigned w = 0; w < cairni_span_nwords (span); w++)
    any |= span->mark_bits[w];
  return any != 0;
}

static void
visit_span (struct cairni_span *span, void (*fn) (uintptr_t lo, uintptr_t hi),
            bool (*wants) (uintptr_t lo, uintptr_t hi))
{
  uintptr_t end_of_all = span->start + (span->npages << CAIRNI_PAGE_SHIFT);
  bool is_wanted = !wants || wants (span->start, end_of_all);
  if (span->size_class == 0)
    {
      if (is_wanted)
        fn (span->start, end_of_all);
      return;
    }
  if (is_wanted)
    mark_free (span->free_list);
  if (!any_is_marked (span))
    {
      if (is_wanted)
        fn (span->start, cairni_span_slot_addr (span, span->carved));
      return;
    }
  for (unsigned i = 0, end; is_wanted && i < span->carved; i = end + 1)
    {
      for (end = i;
           end < span->carved && !(span->mark_bits[end / 64] >> end % 64 & 1);)
        end++;
      if (end > i)
        fn (cairni_span_slot_addr (span, i), cairni_span_slot_addr (span, end));
    }
  memset (span->mark_bits, 0, cairni_span_nwords (span) * sizeof (uint64_t));
}

void
cairni_manual_visit (void (*fn) (uintptr_t lo, uintptr_t hi),
                     bool (*wants) (uintptr_t lo, uintptr_t hi))
{
  for (struct cairni_thread *t = cairni_thread_list; t; t = t->next)
    for (unsigned c = 1; c < CAIRNI_NCLASSES; c++)
      mark_free (t->manual[c].first);
  for (unsigned c = 0; c < CAIRNI_NCLASSES; c++)
    {
      for (struct cairni_span *s = pools[c].partial.first; s; s = s->next)
        visit_span (s, fn, wants);
      for (struct cairni_span *s = pools[c].full.first; s; s = s->next)
        visit_span (s, fn, wants);
    }
}

size_t
cairni_manual_nbytes (void)
{
  return __atomic_load_n (&manual_npages, __ATOMIC_RELAXED)
         << CAIRNI_PAGE_SHIFT;
}

void
cairni_manual_lock_all (void)
{
  for (unsigned c = 0; c < CAIRNI_NCLASSES; c++)
    cairni_lock_acquire (&pools[c].lock);
}

void
cairni_manual_unlock_all (void)
{
  for (unsigned c = 0; c < CAIRNI_NCLASSES; c++)
    cairni_lock_release (&pools[c].lock);
}
