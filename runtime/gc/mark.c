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
                          scanned again.

   While the program runs, one thread marks, with atomic bits.  It reads records
   of spans that others make and give back:

     .inv.mark.beside     A span of collected objects or closures is made
                          complete before its kind says so, and is not given
                          back.  Objects that are made are marked, so that bits
                          of .inv.span.alloc that are late do no harm.  */

#include "gc/mark.h"
#include "arch/x86_64/arch.h"
#include "gc/marker.h"
#include "heap/page-heap.h"
#include "os/sys.h"

#define STACK_MIN_NBYTES ((size_t)1 << 20)
#define QUEUE_LENGTH 16

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

/* The collector, and the helpers.  */
static struct cairni_marker markers[1 + CAIRNI_MAX_HELPERS];
static struct cairni_marker *const collector = &markers[0];
struct cairni_marker *const cairni_marker_collector = &markers[0];

/* Whether helpers may join, and whether others may set mark bits.  */
static bool is_parallel, is_atomic;
static size_t last_marked_nbytes;

struct cairni_marking cairni_marking;
const struct cairn_type cairni_marker_any_type
    = { .nbytes = 1, .ptr_nbytes = 1, .flags = CAIRN_TYPE_UNALIGNED };

CAIRNI_NOINLINE bool
cairni_marker_grow (struct cairni_marker *m, void **stack, size_t *max,
                    size_t element_nbytes)
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

static void
mark_thunk (struct cairni_marker *m, struct cairni_span *span, uintptr_t p)
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
  cairni_marker_push (m, (uintptr_t)data[i].chain);
}

/* The word P points into a page of SPAN: mark and scan what is there.  */
CAIRNI_INLINE void
mark_candidate (struct cairni_marker *m, uintptr_t p, struct cairni_span *span,
                bool shared)
{
  unsigned kind = __atomic_load_n (&span->kind, __ATOMIC_ACQUIRE);
  if (cairni_unlikely (kind >= CAIRNI_NCOLLECTED))
    {
      if (kind == CAIRNI_THUNK)
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
  if (kind != CAIRNI_NOSCAN)
    cairni_marker_scan_object (
        m, span, span->start + slot * (size_t)span->slot_nbytes, nbytes);
}

/* Somebody is hungry: give the older half of the words, from which there is
   most to reach.  */
static CAIRNI_NOINLINE void
share_words (struct cairni_marker *m)
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
drain_words (struct cairni_marker *m, bool shared)
{
  struct candidate queue[QUEUE_LENGTH];
  unsigned head = 0, length = 0;
  struct cairni_span **pages = cairni_marking.pages;
  uintptr_t base = cairni_marking.base;
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
drain_words_alone (struct cairni_marker *m)
{
  drain_words (m, false);
}

static void
drain_words_shared (struct cairni_marker *m)
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
drain (struct cairni_marker *m)
{
  for (;;)
    {
      if (is_atomic)
        drain_words_shared (m);
      else
        drain_words_alone (m);
      if (m->nranges == 0)
        return;
      struct cairni_mark_range range = m->ranges[--m->nranges];
      if (is_parallel && somebody_is_hungry ())
        share_range (&range);
      cairni_marker_scan (m, range.lo, range.hi, range.type);
    }
}

void
cairni_marker_drain (struct cairni_marker *m)
{
  drain (m);
}

/* Work on what others give until nothing is left.  */
static void
drain_others (struct cairni_marker *m)
{
  struct cairni_mark_batch *batch;
  while ((batch = cairni_mark_take ()))
    {
      if (batch->nwords == 0)
        cairni_marker_push_range (m, batch->range.lo, batch->range.hi,
                                  batch->range.type);
      for (size_t i = 0; i < batch->nwords; i++)
        cairni_marker_push (m, batch->words[i]);
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
    if ((span->mark_bits[slot / 64] & span->alloc_bits[slot / 64]) >> slot % 64
        & 1)
      {
        cairni_marker_scan_object (collector, span,
                                   cairni_span_slot_addr (span, slot),
                                   cairni_span_slot_nbytes (span));
        drain (collector);
      }
}

static bool
marker_init (struct cairni_marker *m)
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

/* Copy what does not change until the world goes on.  */
static void
look_at_arena (void)
{
  cairni_marking.base = cairni_arena.base;
  cairni_marking.nbytes = cairni_arena.used_nbytes;
  cairni_marking.pages = cairni_arena.pages;
  cairni_marking.filter = cairni_arch_filter_make (
      cairni_marking.base, cairni_marking.base + cairni_marking.nbytes - 1);
}

/* Have helpers join, if there are any and it is worth while.  */
static void
open_if_large (void)
{
  is_parallel = last_marked_nbytes >= PARALLEL_NBYTES
                && cairni_mark_nhelpers () > 0;
  is_atomic = is_parallel;
  if (is_parallel)
    cairni_mark_open ();
}

void
cairni_mark_begin (enum cairni_mark_way way)
{
  look_at_arena ();
  for (unsigned i = 0; i <= CAIRNI_MAX_HELPERS; i++)
    {
      markers[i].marked_nbytes = 0;
      markers[i].overflowed = false;
      markers[i].nwords = markers[i].nranges = 0;
    }
  is_parallel = false;
  is_atomic = cairni_marking.is_beside = way == CAIRNI_MARK_BESIDE;
  if (way == CAIRNI_MARK_TOGETHER)
    open_if_large ();
}

void
cairni_mark_go_on_stopped (bool much)
{
  look_at_arena ();
  is_atomic = cairni_marking.is_beside = false;
  if (much)
    open_if_large ();
}

bool
cairni_mark_has_lost (void)
{
  return collector->overflowed;
}

void
cairni_mark_drain (void)
{
  drain (collector);
}

void
cairni_mark_later (uintptr_t lo, uintptr_t hi)
{
  cairni_marker_push_range (collector, cairni_align_up (lo, 8),
                            cairni_align_down (hi, 8), NULL);
}

void
cairni_mark_range (uintptr_t lo, uintptr_t hi)
{
  lo = cairni_align_up (lo, sizeof (uintptr_t));
  hi = cairni_align_down (hi, sizeof (uintptr_t));
  if (is_parallel && lo < hi && hi - lo > SHARED_NBYTES)
    {
      cairni_marker_push_range (collector, lo, hi, NULL);
      drain (collector);
      return;
    }
  while (lo < hi)
    {
      uintptr_t end = cairni_min (lo + CAIRNI_PIECE_NBYTES, hi);
      cairni_marker_scan_words (collector, lo, end, true);
      if (collector->nwords > 0 && !cairni_marking.is_beside)
        drain (collector);
      lo = end;
    }
}

bool
cairni_mark_has (uintptr_t p)
{
  if (p - cairni_marking.base >= cairni_marking.nbytes)
    return true;
  const struct cairni_span *span
      = cairni_marking.pages[(p - cairni_marking.base) >> CAIRNI_PAGE_SHIFT];
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
      is_parallel = is_atomic = false;
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

void
cairni_mark_after_fork (void)
{
  /* A stack may have been moved without the note of it.  */
  *collector = (struct cairni_marker){ 0 };
  cairni_mark_init ();
}
