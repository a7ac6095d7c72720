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

     .inv.mark.overflow   If a stack cannot grow, words are dropped and a flag
                          is set; as long as it is set, marked objects are
                          scanned again.  */

#include "gc/mark.h"
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

struct range
{
  uintptr_t lo, hi;
  const struct cairn_type *type; /* NULL: every aligned word.  LO is then at
                                    the start of an element.  */
};

struct candidate
{
  uintptr_t p;
  struct cairni_span *span;
};

/* A stack in memory of its own; sizes in elements.  */
static uintptr_t *words;
static size_t nwords, max_words;
static struct range *ranges;
static size_t nranges, max_ranges;

static bool overflowed;
static size_t marked_nbytes;

/* Copies of the arena's bounds: constant while marking.  */
static uintptr_t arena_base;
static size_t arena_nbytes;
static struct cairni_span **arena_pages;

static CAIRNI_NOINLINE bool
grow_stack (void **stack, size_t *max, size_t element_nbytes)
{
  size_t nbytes = *max * element_nbytes;
  void *bigger = cairni_sys_remap (*stack, nbytes, 2 * nbytes);
  if (!bigger)
    {
      overflowed = true;
      return false;
    }
  *stack = bigger;
  *max *= 2;
  return true;
}

static inline void
push_word (uintptr_t p)
{
  if (p - arena_base >= arena_nbytes)
    return;
  if (cairni_unlikely (nwords == max_words)
      && !grow_stack ((void **)&words, &max_words, sizeof *words))
    return;
  words[nwords++] = p;
}

static void
push_range (uintptr_t lo, uintptr_t hi, const struct cairn_type *type)
{
  if (nranges == max_ranges
      && !grow_stack ((void **)&ranges, &max_ranges, sizeof *ranges))
    return;
  ranges[nranges++] = (struct range){ lo, hi, type };
}

static inline void
scan_words (uintptr_t lo, uintptr_t hi)
{
  for (const uintptr_t *w = (const uintptr_t *)lo; w < (const uintptr_t *)hi;
       w++)
    push_word (*w);
}

static void
scan_unaligned (uintptr_t lo, uintptr_t hi)
{
  for (uintptr_t at = lo; at + sizeof (uintptr_t) <= hi; at++)
    {
      uintptr_t word;
      memcpy (&word, (const void *)at, sizeof word);
      push_word (word);
    }
}

/* Scan one element of TYPE at LO, of which the slot holds what lies below
   HI.  */
static void
scan_element (uintptr_t lo, uintptr_t hi, const struct cairn_type *type)
{
  size_t nwords_here = cairni_min (type->nwords, (hi - lo) / 8);
  const uintptr_t *word = (const uintptr_t *)lo;
  for (size_t w = 0; w * 64 < nwords_here; w++)
    for (uint64_t bits = type->ptr_bits[w]; bits; bits &= bits - 1)
      {
        size_t i = w * 64 + __builtin_ctzll (bits);
        if (i < nwords_here)
          push_word (word[i]);
      }
}

/* Scan [LO, HI) or its first piece; the rest is pushed.  */
static void
scan_range (uintptr_t lo, uintptr_t hi, const struct cairn_type *type)
{
  if (type && (type->flags & CAIRN_TYPE_UNALIGNED))
    {
      if (hi - lo > PIECE_NBYTES)
        {
          push_range (lo + PIECE_NBYTES - 8, hi, type);
          hi = lo + PIECE_NBYTES;
        }
      scan_unaligned (lo, hi);
    }
  else if (type)
    {
      size_t nbytes = 0;
      while (lo < hi && nbytes < PIECE_NBYTES)
        {
          scan_element (lo, hi, type);
          nbytes += cairni_max (type->nbytes, 8);
          lo += type->nbytes;
        }
      if (lo < hi)
        push_range (lo, hi, type);
    }
  else
    {
      if (hi - lo > PIECE_NBYTES)
        {
          push_range (lo + PIECE_NBYTES, hi, NULL);
          hi = lo + PIECE_NBYTES;
        }
      scan_words (lo, hi);
    }
}

/* What is known of an object whose map was in a library that may have been
   unloaded.  */
static const struct cairn_type any_type
    = { .nbytes = 1, .ptr_nbytes = 1, .flags = CAIRN_TYPE_UNALIGNED };

/* Scan the object of NBYTES at START in SPAN.  */
static inline void
scan_object (struct cairni_span *span, uintptr_t start, size_t nbytes)
{
  if (cairni_likely (span->kind == CAIRNI_SCAN))
    {
      if (cairni_likely (nbytes <= PIECE_NBYTES))
        scan_words (start, start + nbytes);
      else
        scan_range (start, start + nbytes, NULL);
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
      scan_range (start, start + nbytes, type);
    }
}

static void
mark_thunk (struct cairni_span *span, uintptr_t p)
{
  unsigned i
      = (p - span->start) % CAIRNI_THUNK_HALF_NBYTES / CAIRNI_THUNK_NBYTES;
  uint64_t bit = (uint64_t)1 << i % 64;
  if ((span->mark_bits[i / 64] & bit) || !(span->alloc_bits[i / 64] & bit))
    return;
  span->mark_bits[i / 64] |= bit;
  const struct cairni_thunk_data *data
      = (const void *)(span->start + CAIRNI_THUNK_HALF_NBYTES);
  push_word ((uintptr_t)data[i].chain);
}

/* The word P points into a page of SPAN: mark and scan what is there.  */
static inline void
mark_candidate (uintptr_t p, struct cairni_span *span)
{
  if (cairni_unlikely (span->kind >= CAIRNI_NCOLLECTED))
    {
      if (span->kind == CAIRNI_THUNK)
        mark_thunk (span, p);
      return;
    }
  unsigned slot = cairni_span_slot (span, p);
  if (cairni_unlikely (slot >= span->nslots))
    return;
  uint64_t bit = (uint64_t)1 << slot % 64;
  uint64_t *mark = &span->mark_bits[slot / 64];
  if ((*mark & bit) || !(span->alloc_bits[slot / 64] & bit))
    return;
  *mark |= bit;
  size_t nbytes = cairni_span_slot_nbytes (span);
  marked_nbytes += nbytes;
  if (span->kind != CAIRNI_NOSCAN)
    scan_object (span, span->start + slot * (size_t)span->slot_nbytes, nbytes);
}

/* Empty the mark stack, but not the stack of ranges.  */
static void
drain_words (void)
{
  struct candidate queue[QUEUE_LENGTH];
  unsigned head = 0, length = 0;
  for (;;)
    {
      while (length < QUEUE_LENGTH && nwords > 0)
        {
          uintptr_t p = words[--nwords];
          struct cairni_span *span
              = arena_pages[(p - arena_base) >> CAIRNI_PAGE_SHIFT];
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
      mark_candidate (next.p, next.span);
    }
}

static void
drain (void)
{
  drain_words ();
  while (nranges > 0)
    {
      struct range range = ranges[--nranges];
      scan_range (range.lo, range.hi, range.type);
      drain_words ();
    }
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
        scan_object (span, cairni_span_slot_addr (span, slot),
                     cairni_span_slot_nbytes (span));
        drain ();
      }
}

void
cairni_mark_init (void)
{
  words = cairni_sys_map (STACK_MIN_NBYTES);
  ranges = cairni_sys_map (STACK_MIN_NBYTES);
  if (!words || !ranges)
    cairni_fatal ("out of memory for the mark stack");
  max_words = STACK_MIN_NBYTES / sizeof *words;
  max_ranges = STACK_MIN_NBYTES / sizeof *ranges;
}

void
cairni_mark_begin (void)
{
  arena_base = cairni_arena.base;
  arena_nbytes = cairni_arena.used_nbytes;
  arena_pages = cairni_arena.pages;
  marked_nbytes = 0;
  overflowed = false;
}

void
cairni_mark_range (uintptr_t lo, uintptr_t hi)
{
  lo = cairni_align_up (lo, sizeof (uintptr_t));
  hi = cairni_align_down (hi, sizeof (uintptr_t));
  while (lo < hi)
    {
      uintptr_t end = cairni_min (lo + PIECE_NBYTES, hi);
      scan_words (lo, end);
      if (nwords > 0)
        drain ();
      lo = end;
    }
}

void
cairni_mark_word (uintptr_t p)
{
  push_word (p);
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

size_t
cairni_mark_finish (void)
{
  drain ();
  while (overflowed)
    {
      overflowed = false;
      cairni_page_heap_visit (rescan);
      drain ();
    }
  return marked_nbytes;
}
