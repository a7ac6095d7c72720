/* central.c: the spans of collected objects that no thread has cached.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "heap/central.h"
#include "base/options.h"
#include "heap/page-heap.h"
#include "heap/sweep.h"
#include "heap/thread.h"

#include <string.h>

struct central
{
  struct cairni_lock lock; /* Guards the lists.  */
  struct cairni_span_list partial, full, unswept;
};

static struct central centrals[CAIRNI_NCOLLECTED][CAIRNI_NCLASSES];

/* Spans to sweep at a time.  */
#define STEP_NSPANS 64

/* Whether a central may have unswept spans: spares a look at all of them.  */
static bool any_unswept;

size_t cairni_heap_live_nbytes;
size_t cairni_heap_goal_nbytes = (size_t)4 << 20;
size_t cairni_heap_trigger_nbytes = (size_t)4 << 20;
bool cairni_heap_is_marking;
struct cairni_heap_counters cairni_heap_counters;
uint32_t cairni_sweep_epoch;

static uint64_t no_bits = ~(uint64_t)0;
struct cairni_span cairni_central_no_span
    = { .nslots = 1, .alloc_bits = &no_bits, .kind = CAIRNI_FREE };

/* Sweep the next unswept span of CENTRAL.  Return it if it has free slots
   (all of them may be: it is used as it is); NULL otherwise, then look at the
   list again.  The lock is held.  */
static struct cairni_span *
sweep_one_locked (struct central *central)
{
  struct cairni_span *span = cairni_span_list_pop (&central->unswept);
  if (cairni_sweep_span (span) < span->nslots)
    return span;
  cairni_span_list_push (&central->full, span);
  return NULL;
}

/* Pages for a span of SIZE_CLASS, formatted for KIND.  */
static struct cairni_span *
new_span (unsigned kind, unsigned size_class)
{
  struct cairni_span *span
      = cairni_central_alloc_pages (cairni_size_classes[size_class].npages, 1);
  if (span && !cairni_span_format (span, kind, size_class))
    {
      cairni_page_heap_free (span);
      span = NULL;
    }
  return span;
}

/* Account for the objects allocated from SPAN since it was opened.  */
static void
count_allocated (struct cairni_span *span, unsigned nfree)
{
  cairni_count (&cairni_heap_counters.nmallocs[span->size_class],
                span->taken_nfree - nfree);
  if (span->nfreed)
    cairni_count (&cairni_heap_counters.nfrees[span->size_class], span->nfreed);
  span->nfreed = 0;
}

/* .inv.central.black for SPAN, which is open, and which only its thread knows.  */
static CAIRNI_NOINLINE void
blacken (struct cairni_span *span)
{
  for (unsigned w = 0; w < cairni_span_nwords (span); w++)
    __atomic_fetch_or (&span->mark_bits[w], ~span->alloc_bits[w],
                       __ATOMIC_RELAXED);
}

struct cairni_span *
cairni_central_refill (unsigned kind, unsigned size_class,
                       struct cairni_span *old)
{
  struct central *central = &centrals[kind][size_class];
  struct cairni_span *span = NULL;
  cairni_lock_acquire (&central->lock);
  if (old)
    {
      cairni_span_close (old);
      count_allocated (old, 0);
      old->owner = NULL;
      cairni_span_list_push (&central->full, old);
    }
  span = cairni_span_list_pop (&central->partial);
  while (!span && central->unswept.first)
    span = sweep_one_locked (central);
  if (span)
    span->owner = cairni_thread_self;
  cairni_lock_release (&central->lock);
  if (!span)
    {
      span = new_span (kind, size_class);
      if (!span)
        return NULL;
      span->owner = cairni_thread_self;
      span->sweep_epoch = cairni_sweep_epoch;
    }
  cairni_span_open (span);
  cairni_check1 (span->taken_nfree > 0);
  if (cairni_unlikely (cairni_heap_is_marking))
    blacken (span);
  /* A span that is all free is cleared at once, which spares reading it from
     memory.  Raw objects without pointers may never need it.  */
  if (span->needs_zero && kind != CAIRNI_NOSCAN
      && span->taken_nfree == span->nslots)
    {
      memset ((void *)span->start, 0, span->npages << CAIRNI_PAGE_SHIFT);
      span->needs_zero = 0;
    }
  cairni_count (&cairni_heap_live_nbytes,
                (size_t)span->taken_nfree * span->slot_nbytes);
  if (!span->alloc_cache && !cairni_span_advance (span))
    cairni_throw ("a span with free slots has none");
  return span;
}

struct cairni_span *
cairni_central_alloc_pages (size_t npages, size_t align_npages)
{
  struct cairni_span *span
      = cairni_page_heap_alloc_reused (npages, align_npages);
  if (!span && __atomic_load_n (&any_unswept, __ATOMIC_RELAXED))
    cairni_central_sweep_all ();
  return span ? span : cairni_page_heap_alloc (npages, align_npages);
}

void
cairni_central_add_large (struct cairni_span *span)
{
  struct central *central = &centrals[span->kind][0];
  cairni_lock_acquire (&central->lock);
  cairni_span_list_push (&central->full, span);
  cairni_lock_release (&central->lock);
  cairni_count (&cairni_heap_counters.nmallocs[0], 1);
  cairni_count (&cairni_heap_counters.large_malloc_nbytes,
                span->npages << CAIRNI_PAGE_SHIFT);
}

void
cairni_central_flush (struct cairni_thread *thread)
{
  for (unsigned kind = 0; kind < CAIRNI_NCOLLECTED; kind++)
    for (unsigned c = 1; c < CAIRNI_NCLASSES; c++)
      {
        struct cairni_span *span = thread->cache[kind][c];
        if (span == &cairni_central_no_span)
          continue;
        struct central *central = &centrals[kind][c];
        cairni_lock_acquire (&central->lock);
        cairni_span_close (span);
        unsigned nfree = cairni_span_count_free (span);
        count_allocated (span, nfree);
        span->owner = NULL;
        cairni_span_list_push (nfree ? &central->partial : &central->full,
                               span);
        cairni_lock_release (&central->lock);
        /* The slots that were not used were counted when it was taken.  */
        __atomic_fetch_sub (&cairni_heap_live_nbytes,
                            (size_t)nfree * span->slot_nbytes,
                            __ATOMIC_RELAXED);
        thread->cache[kind][c] = &cairni_central_no_span;
      }
  for (unsigned kind = 0; kind < CAIRNI_NCOLLECTED; kind++)
    for (unsigned c = 1; c < CAIRNI_NCLASSES; c++)
      if (thread->freed[kind][c].first || thread->freed[kind][c].nreused)
        cairni_central_return (thread, kind, c, 0);
}

/* SLOT of SPAN, allocated, which no thread caches and which is swept, is free.  */
static void
free_swept_locked (struct central *central, struct cairni_span *span,
                   unsigned slot)
{
  if (cairni_span_count_free (span) == 0)
    {
      cairni_span_list_remove (&central->full, span);
      cairni_span_list_push (&central->partial, span);
    }
  span->alloc_bits[slot / 64] &= ~((uint64_t)1 << slot % 64);
  span->needs_zero = 1;
}

void
cairni_central_return (struct cairni_thread *thread, unsigned kind,
                       unsigned size_class, unsigned keep)
{
  struct central *central = &centrals[kind][size_class];
  struct cairni_slot_cache *freed = &thread->freed[kind][size_class];
  unsigned n = 0;
  cairni_lock_acquire (&central->lock);
  while (freed->first && freed->nslots > keep)
    {
      uintptr_t p = (uintptr_t)freed->first;
      freed->first = *(void **)p;
      freed->nslots--;
      struct cairni_span *span = cairni_arena_span (p);
      unsigned slot = cairni_span_slot (span, p);
      /* What is in a thread's span is left to the collector.  */
      if (span->owner || !cairni_span_is_allocated (span, slot))
        continue;
      free_swept_locked (central, span, slot);
      n++;
    }
  cairni_lock_release (&central->lock);
  cairni_count (&cairni_heap_counters.nmallocs[size_class], freed->nreused);
  cairni_count (&cairni_heap_counters.nfrees[size_class], freed->nreused + n);
  freed->nreused = 0;
  __atomic_fetch_sub (&cairni_heap_live_nbytes,
                      (size_t)n * cairni_size_classes[size_class].nbytes,
                      __ATOMIC_RELAXED);
}

bool
cairni_central_free_slot (struct cairni_span *span, unsigned slot)
{
  struct central *central = &centrals[span->kind][span->size_class];
  unsigned w = slot / 64;
  uint64_t bit = (uint64_t)1 << slot % 64;
  bool freed = false;
  cairni_lock_acquire (&central->lock);
  if (!span->owner && span->sweep_epoch != cairni_sweep_epoch)
    {
      /* Sweeping will find it.  */
      freed = span->mark_bits[w] & bit;
      span->mark_bits[w] &= ~bit;
    }
  else if (!span->owner && (span->alloc_bits[w] & bit))
    {
      free_swept_locked (central, span, slot);
      freed = true;
      cairni_count (&cairni_heap_counters.nfrees[span->size_class], 1);
    }
  cairni_lock_release (&central->lock);
  if (freed)
    __atomic_fetch_sub (&cairni_heap_live_nbytes, span->slot_nbytes,
                        __ATOMIC_RELAXED);
  return freed;
}

bool
cairni_central_free_large (struct cairni_span *span)
{
  if (cairni_unlikely (cairni_heap_is_marking))
    return false;
  struct central *central = &centrals[span->kind][0];
  size_t nbytes = span->npages << CAIRNI_PAGE_SHIFT;
  cairni_lock_acquire (&central->lock);
  cairni_span_list_remove (&central->full, span);
  cairni_lock_release (&central->lock);
  cairni_count (&cairni_heap_counters.nfrees[0], 1);
  cairni_count (&cairni_heap_counters.large_free_nbytes, nbytes);
  __atomic_fetch_sub (&cairni_heap_live_nbytes, nbytes, __ATOMIC_RELAXED);
  cairni_page_heap_free (span);
  return true;
}

/* Sweep what CENTRAL has unswept, MAX spans at most.  */
static void
sweep_central (struct central *central, size_t max)
{
  struct cairni_span_list empty = { NULL, NULL };
  cairni_lock_acquire (&central->lock);
  struct cairni_span *span;
  while (max-- > 0 && (span = cairni_span_list_pop (&central->unswept)))
    {
      unsigned nused = cairni_sweep_span (span);
      cairni_span_list_push (nused == 0             ? &empty
                             : nused < span->nslots ? &central->partial
                                                    : &central->full,
                             span);
    }
  cairni_lock_release (&central->lock);
  while ((span = cairni_span_list_pop (&empty)))
    cairni_page_heap_free (span);
}

void
cairni_central_sweep_all (void)
{
  __atomic_store_n (&any_unswept, false, __ATOMIC_RELAXED);
  for (unsigned kind = 0; kind < CAIRNI_NCOLLECTED; kind++)
    for (unsigned c = 0; c < CAIRNI_NCLASSES; c++)
      if (centrals[kind][c].unswept.first)
        sweep_central (&centrals[kind][c], SIZE_MAX);
}

bool
cairni_central_sweep_some (void)
{
  for (unsigned kind = 0; kind < CAIRNI_NCOLLECTED; kind++)
    for (unsigned c = 0; c < CAIRNI_NCLASSES; c++)
      if (centrals[kind][c].unswept.first)
        {
          sweep_central (&centrals[kind][c], STEP_NSPANS);
          return true;
        }
  return false;
}

void
cairni_central_start_sweep (void)
{
  for (unsigned kind = 0; kind < CAIRNI_NCOLLECTED; kind++)
    for (unsigned c = 0; c < CAIRNI_NCLASSES; c++)
      {
        struct central *central = &centrals[kind][c];
        cairni_check1 (!central->unswept.first);
        cairni_span_list_append (&central->unswept, &central->partial);
        cairni_span_list_append (&central->unswept, &central->full);
        if (c == 0)
          sweep_central (central, SIZE_MAX);
      }
  cairni_sweep_epoch++;
  any_unswept = true;
  if (cairni_debug.clobberfree || cairni_debug.gcstress)
    cairni_central_sweep_all ();
}

static void
unmark (struct cairni_span *span)
{
  if (cairni_span_is_collected (span) || span->kind == CAIRNI_THUNK)
    for (unsigned w = 0; w < cairni_span_nwords (span); w++)
      span->mark_bits[w] = 0;
}

void
cairni_central_unmark_all (void)
{
  cairni_page_heap_visit (unmark);
}

void
cairni_central_lock_all (void)
{
  for (unsigned kind = 0; kind < CAIRNI_NCOLLECTED; kind++)
    for (unsigned c = 0; c < CAIRNI_NCLASSES; c++)
      cairni_lock_acquire (&centrals[kind][c].lock);
}

void
cairni_central_unlock_all (void)
{
  for (unsigned kind = 0; kind < CAIRNI_NCOLLECTED; kind++)
    for (unsigned c = 0; c < CAIRNI_NCLASSES; c++)
      cairni_lock_release (&centrals[kind][c].lock);
}

/* A span with marks is unswept.  One without marks that was unswept holds
   only garbage, which the next collection will find again.  */
static void
relist (struct cairni_span *span)
{
  if (!cairni_span_is_collected (span) || span->nslots == 0)
    return;
  struct central *central = &centrals[span->kind][span->size_class];
  bool marked = false;
  for (unsigned w = 0; w < cairni_span_nwords (span); w++)
    marked |= span->mark_bits[w] != 0;
  struct cairni_span_list *list = marked ? &central->unswept
                                  : cairni_span_count_free (span)
                                      ? &central->partial
                                      : &central->full;
  span->owner = NULL;
  if (!marked)
    span->sweep_epoch = cairni_sweep_epoch;
  cairni_span_list_push (list, span);
}

void
cairni_central_relist_all (void)
{
  for (unsigned kind = 0; kind < CAIRNI_NCOLLECTED; kind++)
    for (unsigned c = 0; c < CAIRNI_NCLASSES; c++)
      {
        struct central *central = &centrals[kind][c];
        central->partial = central->full = central->unswept
            = (struct cairni_span_list){ NULL, NULL };
      }
  cairni_page_heap_visit (relist);
}
