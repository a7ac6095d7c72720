/* marker.h: the stacks of one that marks, and what scanning puts on them.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Only for gc/mark.c and gc/rescan.c.  What is scanned may be written meanwhile:
   each word is read once.  */

#ifndef CAIRNI_MARKER_H
#define CAIRNI_MARKER_H

#include "arch/x86_64/arch.h"
#include "gc/mark-pool.h"
#include "heap/span.h"
#include "os/loader.h"

#include <string.h>

/* Bytes to scan at once.  */
#define CAIRNI_PIECE_NBYTES 2048

/* One that marks.  Its stacks are in memory of their own; sizes in elements. */
struct cairni_marker
{
  uintptr_t *words;
  size_t nwords, max_words;
  struct cairni_mark_range *ranges;
  size_t nranges, max_ranges;
  size_t marked_nbytes;
  bool overflowed;
} __attribute__ ((aligned (128)));

/* How far ahead of the word it looks at scanning prefetches.  */
#define CAIRNI_AHEAD_NWORDS 128

/* What does not change while marking, but where the program runs: copies of the
   arena's bounds.  */
struct cairni_marking
{
  uintptr_t base;
  size_t nbytes;
  struct cairni_span **pages;
  struct cairni_arch_filter filter;
  bool is_beside; /* The program runs: libraries may come and go.  */
};
extern struct cairni_marking cairni_marking;

/* Make *STACK of M, of *MAX elements, twice as large; false: no memory, which M
   notes.  */
extern bool cairni_marker_grow (struct cairni_marker *m, void **stack,
                                size_t *max, size_t element_nbytes);

/* Scan what has been put on the stacks of M, and what that leads to.  */
extern void cairni_marker_drain (struct cairni_marker *m);

/* The collector's own.  */
extern struct cairni_marker *const cairni_marker_collector;

static inline void
cairni_marker_push (struct cairni_marker *m, uintptr_t p)
{
  if (p - cairni_marking.base >= cairni_marking.nbytes)
    return;
  if (cairni_unlikely (m->nwords == m->max_words)
      && !cairni_marker_grow (m, (void **)&m->words, &m->max_words,
                              sizeof *m->words))
    return;
  m->words[m->nwords++] = p;
}

static inline void
cairni_marker_push_range (struct cairni_marker *m, uintptr_t lo, uintptr_t hi,
                          const struct cairn_type *type)
{
  if (m->nranges == m->max_ranges
      && !cairni_marker_grow (m, (void **)&m->ranges, &m->max_ranges,
                              sizeof *m->ranges))
    return;
  m->ranges[m->nranges++] = (struct cairni_mark_range){ lo, hi, type };
}

/* Scan at most CAIRNI_PIECE_NBYTES.  Most words of long objects are no pointers.
   IS_LONG: there may be more behind it.  */
static inline void
cairni_marker_scan_words (struct cairni_marker *m, uintptr_t lo, uintptr_t hi,
                          bool is_long)
{
  uintptr_t base = cairni_marking.base;
  size_t nbytes = cairni_marking.nbytes;
  struct cairni_arch_filter filter = cairni_marking.filter;
  if (cairni_unlikely (m->max_words - m->nwords < CAIRNI_PIECE_NBYTES / 8)
      && !cairni_marker_grow (m, (void **)&m->words, &m->max_words,
                              sizeof *m->words))
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
            __builtin_prefetch (w + CAIRNI_AHEAD_NWORDS);
          if (!cairni_arch_filter_any (&filter, w))
            w = stop;
        }
      for (; w < stop; w++)
        {
          uintptr_t p = cairni_peek (*w);
          if (p - base < nbytes)
            *top++ = p;
        }
    }
  m->nwords = top - m->words;
}

static inline void
cairni_marker_scan_unaligned (struct cairni_marker *m, uintptr_t lo,
                              uintptr_t hi)
{
  for (uintptr_t at = lo; at + sizeof (uintptr_t) <= hi; at++)
    {
      uintptr_t word;
      memcpy (&word, (const void *)at, sizeof word);
      cairni_marker_push (m, word);
    }
}

/* Scan one element of TYPE at LO, of which the slot holds what lies below
   HI.  */
static inline void
cairni_marker_scan_element (struct cairni_marker *m, uintptr_t lo, uintptr_t hi,
                            const struct cairn_type *type)
{
  size_t nwords_here = cairni_min (type->nwords, (hi - lo) / 8);
  const uintptr_t *word = (const uintptr_t *)lo;
  for (size_t w = 0; w * 64 < nwords_here; w++)
    for (uint64_t bits = type->ptr_bits[w]; bits; bits &= bits - 1)
      {
        size_t i = w * 64 + __builtin_ctzll (bits);
        if (i < nwords_here)
          cairni_marker_push (m, word[i]);
      }
}

/* Scan [LO, HI) or its first piece; the rest is pushed.  */
static inline void
cairni_marker_scan (struct cairni_marker *m, uintptr_t lo, uintptr_t hi,
                    const struct cairn_type *type)
{
  if (type && (type->flags & CAIRN_TYPE_UNALIGNED))
    {
      if (hi - lo > CAIRNI_PIECE_NBYTES)
        {
          cairni_marker_push_range (m, lo + CAIRNI_PIECE_NBYTES - 8, hi, type);
          hi = lo + CAIRNI_PIECE_NBYTES;
        }
      cairni_marker_scan_unaligned (m, lo, hi);
    }
  else if (type)
    {
      size_t nbytes = 0;
      while (lo < hi && nbytes < CAIRNI_PIECE_NBYTES)
        {
          cairni_marker_scan_element (m, lo, hi, type);
          nbytes += cairni_max (type->nbytes, 8);
          lo += type->nbytes;
        }
      if (lo < hi)
        cairni_marker_push_range (m, lo, hi, type);
    }
  else
    {
      if (hi - lo > CAIRNI_PIECE_NBYTES)
        {
          cairni_marker_push_range (m, lo + CAIRNI_PIECE_NBYTES, hi, NULL);
          hi = lo + CAIRNI_PIECE_NBYTES;
        }
      cairni_marker_scan_words (m, lo, hi, true);
    }
}

/* What is known of an object whose map was in a library that may have been
   unloaded.  */
extern const struct cairn_type cairni_marker_any_type;

/* TYPE, not NULL, or what may be read in its place.  */
static inline const struct cairn_type *
cairni_marker_readable (const struct cairn_type *type)
{
  bool good = cairni_unlikely (cairni_marking.is_beside)
                  ? cairni_loader_is_permanent (type)
                  : cairni_loader_still_has (type);
  return cairni_likely (good) ? type : &cairni_marker_any_type;
}

/* Scan the object of NBYTES at START in SPAN.  */
static inline void
cairni_marker_scan_object (struct cairni_marker *m, struct cairni_span *span,
                           uintptr_t start, size_t nbytes)
{
  if (cairni_likely (span->kind == CAIRNI_SCAN))
    {
      if (cairni_likely (nbytes <= CAIRNI_PIECE_NBYTES))
        cairni_marker_scan_words (m, start, start + nbytes, false);
      else
        cairni_marker_scan (m, start, start + nbytes, NULL);
    }
  else if (span->kind == CAIRNI_TYPED)
    {
      const struct cairn_type *type = cairni_span_map (span, start, &nbytes);
      if (type)
        type = cairni_marker_readable (type);
      cairni_marker_scan (m, start, start + nbytes, type);
    }
}

#endif /* CAIRNI_MARKER_H */
