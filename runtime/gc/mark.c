/* mark.c: find everything that can be reached.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The mark stack holds words that may be pointers into the heap, not yet
   looked at.  Between it and the marking of an object stands a short queue:
   a word enters the queue when the object and its span's header are
   prefetched, and leaves it some words later, when they have arrived (Cher,
   Hosking, Vitek, "Software prefetching for mark-sweep garbage collection").
   Long objects are scanned in pieces, kept on a stack of ranges, so that the
   mark stack stays short.

   Several threads can mark (gc/mark-pool.h), each with stacks of its own; then
   mark bits are set atomically.  A small heap is marked by one.

     .inv.mark.overflow   If a stack cannot grow, words are dropped and a flag
                          is set; as long as it is set, marked objects are
                          scanned again.  */

#include "gc/mark.h"
#include "gc/mark-pool.h"
#include "arch/x86_64/arch.h"
#include "heap/page-heap.h"
#include "heap/span.h"
#include "os/loader.h"
#include "os/sys.h"

#include <string.h>

#define STACK_MIN_NBYTES ((size_t)1 << 20)
#define QUEUE_LENGTH 16

/* Bytes to scan at once.  */
#define PIECE_NBYTES 2048

/* How far ahead of the word it looks at scanning prefetches.  */
#define PREFETCH_NWORDS 128

struct candidate
{
  uintptr_t p;
  struct cairni_span *span;
};

/* Objects to mark between two looks at who is hungry.  */
#define PATIENCE 64

/* Ranges longer than this are divided for those who are.  */
#define SHARED_NBYTES ((size_t)64 << 10)

/* From here on a heap is worth several threads.  */
#define PARALLEL_NBYTES ((size_t)4 << 20)

/* One that marks.  Its stacks are in memory of their own; sizes in elements. */
struct marker
{
  uintptr_t *words;
  size_t nwords, max_words;
  struct cairni_mark_range *ranges;
  size_t nranges, max_ranges;
  size_t marked_nbytes;
  bool overflowed;
} __attribute__ ((aligned (128)));

/* The collector, and the helpers.  */
static struct marker markers[1 + CAIRNI_MAX_HELPERS];
static struct marker *const collector = &markers[0];
static bool is_parallel;
static size_t last_marked_nbytes;

/* Copies of the arena's bounds: constant while marking.  */
static uintptr_t arena_base;
static size_t arena_nbytes;
static struct cairni_span **arena_pages;
static struct cairni_arch_filter arena_filter;

static CAIRNI_NOINLINE bool
grow_stack (struct marker *m, void **stack, size_t *max, size_t element_nbytes)
{
  size_t nbytes = *max * element_nbytes;
  void *bigger = cairni_sys_remap (*stack, nbytes, 2 * nbytes);
  if (!bigger)
    {
      m->overflowed = true;
      return false;
    }
  *stack = bigger;
  *max *= 2;
  return true;
}

static inline void
push_word (struct marker *m, uintptr_t p)
{
  if (p - arena_base >= arena_nbytes)
    return;
  if (cairni_unlikely (m->nwords == m->max_words)
      && !grow_stack (m, (void **)&m->words, &m->max_words, sizeof *m->words))
    return;
  m->words[m->nwords++] = p;
}

static void
push_range (struct marker *m, uintptr_t lo, uintptr_t hi,
            const struct cairn_type *type)
{
  if (m->nranges == m->max_ranges
      && !grow_stack (m, (void **)&m->ranges, &m->max_ranges,
                      sizeof *m->ranges))
    return;
  m->ranges[m->nranges++] = (struct cairni_mark_range){ lo, hi, type };
}

/* Scan at most PIECE_NBYTES.  Most words of long objects are no pointers.
   IS_LONG: there may be more behind it.  */
CAIRNI_INLINE void
scan_words (struct marker *m, uintptr_t lo, uintptr_t hi, bool is_long)
{
  uintptr_t base = arena_base;
  size_t nbytes = arena_nbytes;
  struct cairni_arch_filter filter = arena_filter;
  if (cairni_unlikely (m->max_words - m->nwords < PIECE_NBYTES / 8)
      && !grow_stack (m, (void **)&m->words, &m->max_words, sizeof *m->words))
    return;
  uintptr_t *top = m->words + m->nwords;
  const uintptr_t *w = (const uintptr_t *)lo, *end = (const uintptr_t *)hi;
  while (w < end)
    {
      const uintptr_t *stop = end;
      if (end - w >= CAIRNI_ARCH_FILTER_NWORDS)
        {
          stop = w + CAIRNI_ARCH_FILTER_NWORDS;
          if (is_long)
            __builtin_prefetch (w + PREFETCH_NWORDS);
          if (!cairni_arch_filter_any (&filter, w))
            w = stop;
        }
      for (; w < stop; w++)
        {
          uintptr_t p = *w;
          if (p - base < nbytes)
            *top++ = p;
        }
    }
  m->nwords = top - m->words;
}

static void
scan_unaligned (struct marker *m, uintptr_t lo, uintptr_t hi)
{
  for (uintptr_t at = lo; at + sizeof (uintptr_t) <= hi; at++)
    {
      uintptr_t word;
      memcpy (&word, (const void *)at, sizeof word);
      push_word (m, word);
    }
}

/* Scan one element of TYPE at LO, of which the slot holds what lies below
   HI.  */
static void
scan_element (struct marker *m, uintptr_t lo, uintptr_t hi,
              const struct cairn_type *type)
{
  size_t nwords_here = cairni_min (type->nwords, (hi - lo) / 8);
  const uintptr_t *word = (const uintptr_t *)lo;
  for (size_t w = 0; w * 64 < nwords_here; w++)
    for (uint64_t bits = type->ptr_bits[w]; bits; bits &= bits - 1)
      {
        size_t i = w * 64 + __builtin_ctzll (bits);
        if (i < nwords_here)
          push_word (m, word[i]);
      }
}

/* Scan [LO, HI) or its first piece; the rest is pushed.  */
static void
scan_range (struct marker *m, uintptr_t lo, uintptr_t hi,
            const struct cairn_type *type)
{
  if (type && (type->flags & CAIRN_TYPE_UNALIGNED))
    {
      if (hi - lo > PIECE_NBYTES)
        {
          push_range (m, lo + PIECE_NBYTES - 8, hi, type);
          hi = lo + PIECE_NBYTES;
        }
      scan_unaligned (m, lo, hi);
    }
  else if (type)
    {
      size_t nbytes = 0;
      while (lo < hi && nbytes < PIECE_NBYTES)
        {
          scan_element (m, lo, hi, type);
          nbytes += cairni_max (type->nbytes, 8);
          lo += type->nbytes;
        }
      if (lo < hi)
        push_range (m, lo, hi, type);
    }
  else
    {
      if (hi - lo > PIECE_NBYTES)
        {
          push_range (m, lo + PIECE_NBYTES, hi, NULL);
          hi = lo + PIECE_NBYTES;
        }
      scan_words (m, lo, hi, true);
    }
}

/* What is known of an object whose map was in a library that may have been
   unloaded.  */
static const struct cairn_type any_type
    = { .nbytes = 1, .ptr_nbytes = 1, .flags = CAIRN_TYPE_UNALIGNED };

/* Scan the object of NBYTES at START in SPAN.  */
static inline void
scan_object (struct marker *m, struct cairni_span *span, uintptr_t start,
             size_t nbytes)
{
  if (cairni_likely (span->kind == CAIRNI_SCAN))
    {
      if (cairni_likely (nbytes <= PIECE_NBYTES))
        scan_words (m, start, start + nbytes, false);
      else
        scan_range (m, start, start + nbytes, NULL);
    }
  else if (span->kind == CAIRNI_TYPED)
    {
      const struct cairn_type *type = span->type;
      if (span->size_class)
        {
          nbytes -= sizeof type;
          type = *(const struct cairn_type **)(start + nbytes);
        }
      if (type && cairni_unlikely (!cairni_loader_still_has (type)))
        type = &any_type;
      scan_range (m, start, start + nbytes, type);
    }
}

static void
mark_thunk (struct marker *m, struct cairni_span *span, uintptr_t p)
{
  unsigned i
      = (p - span->start) % CAIRNI_THUNK_HALF_NBYTES / CAIRNI_THUNK_NBYTES;
  uint64_t bit = (uint64_t)1 << i % 64;
  if (!(span->alloc_bits[i / 64] & bit)
      || (__atomic_fetch_or (&span->mark_bits[i / 64], bit, __ATOMIC_RELAXED)
          & bit))
    return;
  const struct cairni_thunk_data *data
      = (const void *)(span->start + CAIRNI_THUNK_HALF_NBYTES);
  push_word (m, (uintptr_t)data[i].chain);
}

/* The word P points into a page of SPAN: mark and scan what is there.  */
CAIRNI_INLINE void
mark_candidate (struct marker *m, uintptr_t p, struct cairni_span *span,
                bool shared)
{
  if (cairni_unlikely (span->kind >= CAIRNI_NCOLLECTED))
    {
      if (span->kind == CAIRNI_THUNK)
        mark_thunk (m, span, p);
      return;
    }
  unsigned slot = cairni_span_slot (span, p);
  if (cairni_unlikely (slot >= span->nslots))
    return;
  uint64_t bit = (uint64_t)1 << slot % 64;
  uint64_t *mark = &span->mark_bits[slot / 64];
  if ((__atomic_load_n (mark, __ATOMIC_RELAXED) & bit)
      || !(span->alloc_bits[slot / 64] & bit))
    return;
  if (!shared)
    *mark |= bit;
  else if (__atomic_fetch_or (mark, bit, __ATOMIC_RELAXED) & bit)
    return;
  size_t nbytes = cairni_span_slot_nbytes (span);
  m->marked_nbytes += nbytes;
  if (span->kind != CAIRNI_NOSCAN)
    scan_object (m, span, span->start + slot * (size_t)span->slot_nbytes,
                 nbytes);
}

/* Somebody is hungry: give the older half of the words, from which there is
   most to reach.  */
static CAIRNI_NOINLINE void
share_words (struct marker *m)
{
  size_t n = cairni_min (m->nwords / 2, CAIRNI_BATCH_NWORDS);
  struct cairni_mark_batch *batch = cairni_mark_batch_create ();
  if (!batch)
    return;
  batch->nwords = n;
  memcpy (batch->words, m->words, n * sizeof *m->words);
  /* The order matters only where there are few.  */
  size_t left = m->nwords - n;
  size_t moved = cairni_min (left, 16 * CAIRNI_BATCH_NWORDS);
  if (moved < left)
    moved = n;
  memmove (m->words, m->words + (m->nwords - moved), moved * sizeof *m->words);
  m->nwords = left;
  cairni_mark_give (batch);
}

CAIRNI_INLINE bool
somebody_is_hungry (void)
{
  return __atomic_load_n (&cairni_mark_nhungry, __ATOMIC_RELAXED) > 0;
}

/* Empty the mark stack, but not the stack of ranges.  */
CAIRNI_INLINE void
drain_words (struct marker *m, bool shared)
{
  struct candidate queue[QUEUE_LENGTH];
  unsigned head = 0, length = 0;
  struct cairni_span **pages = arena_pages;
  uintptr_t base = arena_base;
  for (;;)
    {
      while (length < QUEUE_LENGTH && m->nwords > 0)
        {
          uintptr_t p = m->words[--m->nwords];
          struct cairni_span *span = pages[(p - base) >> CAIRNI_PAGE_SHIFT];
          if (!span)
            continue;
          __builtin_prefetch (span);
          __builtin_prefetch (&span->alloc_bits);
          __builtin_prefetch ((const void *)p);
          queue[(head + length++) % QUEUE_LENGTH]
              = (struct candidate){ p, span };
        }
      if (length == 0)
        return;
      struct candidate next = queue[head % QUEUE_LENGTH];
      head++;
      length--;
      mark_candidate (m, next.p, next.span, shared);
      if (shared && cairni_unlikely (head % PATIENCE == 0)
          && somebody_is_hungry () && m->nwords > 4)
        share_words (m);
    }
}

static void
drain_words_alone (struct marker *m)
{
  drain_words (m, false);
}

static void
drain_words_shared (struct marker *m)
{
  drain_words (m, true);
}

/* Somebody is hungry: give the upper half of RANGE, if that is a lot.  */
static void
share_range (struct cairni_mark_range *range)
{
  const struct cairn_type *type = range->type;
  size_t half = (range->hi - range->lo) / 2;
  if (2 * half < SHARED_NBYTES
      || (type && (type->flags & CAIRN_TYPE_UNALIGNED)))
    return;
  half -= half % (type ? type->nbytes : sizeof (uintptr_t));
  struct cairni_mark_batch *batch;
  if (half == 0 || !(batch = cairni_mark_batch_create ()))
    return;
  batch->nwords = 0;
  batch->range = *range;
  batch->range.lo += half;
  range->hi = batch->range.lo;
  cairni_mark_give (batch);
}

static void
drain (struct marker *m)
{
  for (;;)
    {
      if (is_parallel)
        drain_words_shared (m);
      else
        drain_words_alone (m);
      if (m->nranges == 0)
        return;
      struct cairni_mark_range range = m->ranges[--m->nranges];
      if (is_parallel && somebody_is_hungry ())
        share_range (&range);
      scan_range (m, range.lo, range.hi, range.type);
    }
}

/* Work on what others give until nothing is left.  */
static void
drain_others (struct marker *m)
{
  struct cairni_mark_batch *batch;
  while ((batch = cairni_mark_take ()))
    {
      if (batch->nwords == 0)
        push_range (m, batch->range.lo, batch->range.hi, batch->range.type);
      for (size_t i = 0; i < batch->nwords; i++)
        push_word (m, batch->words[i]);
      cairni_mark_batch_destroy (batch);
      drain (m);
    }
}

/* What a helper does in a collection.  */
static void
help (unsigned i)
{
  drain_others (&markers[i]);
}

/* Scan every marked object of SPAN again.  */
static void
rescan (struct cairni_span *span)
{
  if (!cairni_span_is_collected (span) || span->kind == CAIRNI_NOSCAN)
    return;
  for (unsigned slot = 0; slot < span->nslots; slot++)
    if (span->mark_bits[slot / 64] >> slot % 64 & 1)
      {
        scan_object (collector, span, cairni_span_slot_addr (span, slot),
                     cairni_span_slot_nbytes (span));
        drain (collector);
      }
}

static bool
marker_init (struct marker *m)
{
  if (m->words)
    return true;
  m->words = cairni_sys_map (STACK_MIN_NBYTES);
  m->ranges = cairni_sys_map (STACK_MIN_NBYTES);
  m->max_words = STACK_MIN_NBYTES / sizeof *m->words;
  m->max_ranges = STACK_MIN_NBYTES / sizeof *m->ranges;
  return m->words && m->ranges;
}

void
cairni_mark_init (void)
{
  if (!marker_init (collector))
    cairni_fatal ("out of memory for the mark stack");
}

void
cairni_mark_help (void)
{
  if (last_marked_nbytes < PARALLEL_NBYTES || cairni_mark_nhelpers () > 0)
    return;
  /* Their stacks would count.  */
  if (cairni_sys_address_limit () != SIZE_MAX)
    return;
  unsigned n = cairni_min (cairni_sys_ncpus () - 1, CAIRNI_MAX_HELPERS);
  for (unsigned i = 1; i <= n; i++)
    if (!marker_init (&markers[i]))
      return;
  cairni_mark_start_helpers (n, help);
}

void
cairni_mark_begin (bool alone)
{
  arena_base = cairni_arena.base;
  arena_nbytes = cairni_arena.used_nbytes;
  arena_pages = cairni_arena.pages;
  arena_filter = cairni_arch_filter_make (arena_base,
                                          arena_base + arena_nbytes - 1);
  for (unsigned i = 0; i <= CAIRNI_MAX_HELPERS; i++)
    {
      markers[i].marked_nbytes = 0;
      markers[i].overflowed = false;
    }
  is_parallel = !alone && last_marked_nbytes >= PARALLEL_NBYTES
                && cairni_mark_nhelpers () > 0;
  if (is_parallel)
    cairni_mark_open ();
}

void
cairni_mark_range (uintptr_t lo, uintptr_t hi)
{
  lo = cairni_align_up (lo, sizeof (uintptr_t));
  hi = cairni_align_down (hi, sizeof (uintptr_t));
  if (is_parallel && lo < hi && hi - lo > SHARED_NBYTES)
    {
      push_range (collector, lo, hi, NULL);
      drain (collector);
      return;
    }
  while (lo < hi)
    {
      uintptr_t end = cairni_min (lo + PIECE_NBYTES, hi);
      scan_words (collector, lo, end, true);
      if (collector->nwords > 0)
        drain (collector);
      lo = end;
    }
}

void
cairni_mark_word (uintptr_t p)
{
  push_word (collector, p);
}

bool
cairni_mark_has (uintptr_t p)
{
  if (p - arena_base >= arena_nbytes)
    return true;
  const struct cairni_span *span
      = arena_pages[(p - arena_base) >> CAIRNI_PAGE_SHIFT];
  if (!span || span->kind >= CAIRNI_NCOLLECTED)
    return true;
  unsigned slot = cairni_span_slot (span, p);
  return slot >= span->nslots || (span->mark_bits[slot / 64] >> slot % 64 & 1);
}

struct cairni_mark_result
cairni_mark_finish (void)
{
  struct cairni_mark_result result = { 0, 0 };
  drain (collector);
  if (is_parallel)
    {
      drain_others (collector);
      result.helpers_ns = cairni_mark_close ();
      is_parallel = false;
    }
  bool overflowed = false;
  for (unsigned i = 0; i <= CAIRNI_MAX_HELPERS; i++)
    overflowed |= markers[i].overflowed;
  while (overflowed)
    {
      collector->overflowed = false;
      cairni_page_heap_visit (rescan);
      drain (collector);
      overflowed = collector->overflowed;
    }
  for (unsigned i = 0; i <= CAIRNI_MAX_HELPERS; i++)
    result.marked_nbytes += markers[i].marked_nbytes;
  last_marked_nbytes = result.marked_nbytes;
  return result;
}
