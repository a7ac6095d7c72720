/* check-marks.c: CAIRN_DEBUG=gccheckmark=1, a second opinion on marking.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The marks of the first marking are set aside, span by span in the order of
   addresses, and compared with those of the second.

   Beside the program marking passes over manual memory that was allocated
   meanwhile and has not been written: nobody may read it.  So does the second
   marking.  */

#include "gc/check-marks.h"
#include "gc/dirty.h"
#include "gc/mark.h"
#include "gc/roots.h"
#include "heap/page-heap.h"
#include "os/sys.h"

#include <string.h>

/* Where the next span's marks go, or are.  */
static uint64_t *next_marks;
static size_t nwords;

static bool
has_marks (const struct cairni_span *span)
{
  return cairni_span_is_collected (span) || span->kind == CAIRNI_THUNK;
}

static void
count (struct cairni_span *span)
{
  if (has_marks (span))
    nwords += cairni_span_nwords (span);
}

static void
set_aside (struct cairni_span *span)
{
  if (!has_marks (span))
    return;
  size_t nbytes = cairni_span_nwords (span) * sizeof *next_marks;
  memcpy (next_marks, span->mark_bits, nbytes);
  memset (span->mark_bits, 0, nbytes);
  next_marks += cairni_span_nwords (span);
}

static void
compare (struct cairni_span *span)
{
  if (!has_marks (span))
    return;
  for (unsigned w = 0; w < cairni_span_nwords (span); w++)
    {
      uint64_t missed = span->mark_bits[w] & ~next_marks[w];
      if (missed)
        cairni_fatal (
            "gccheckmark: the object at %p was not marked but can be reached",
            (void *)cairni_span_slot_addr (span,
                                           w * 64 + __builtin_ctzll (missed)));
      span->mark_bits[w] = next_marks[w];
    }
  next_marks += cairni_span_nwords (span);
}

/* A bit for each word of the arena: whether it was allocated manual memory when
   marking began; and how many there are.  */
static uint64_t *manual_words;
static size_t nmanual_words;

void
cairni_check_note_manual (uintptr_t lo, uintptr_t hi)
{
  if (!manual_words)
    {
      nmanual_words = cairni_arena.used_nbytes / sizeof (uintptr_t);
      manual_words = cairni_sys_map (nmanual_words / 8 + 8);
      if (!manual_words)
        cairni_fatal ("gccheckmark: out of memory");
    }
  for (; lo < hi; lo += sizeof (uintptr_t))
    {
      size_t i = (lo - cairni_arena.base) / sizeof (uintptr_t);
      manual_words[i / 64] |= (uint64_t)1 << i % 64;
    }
}

/* Mark data, and what manual memory was allocated then, or written since.  */
static void
mark_memory (uintptr_t lo, uintptr_t hi)
{
  if (!cairni_arena_has (lo))
    {
      cairni_mark_range (lo, hi);
      return;
    }
  cairni_dirty_mark_range (lo, hi);
  for (; lo < hi; lo += sizeof (uintptr_t))
    {
      size_t i = (lo - cairni_arena.base) / sizeof (uintptr_t);
      if (i < nmanual_words && (manual_words[i / 64] >> i % 64 & 1))
        cairni_mark_range (lo, lo + sizeof (uintptr_t));
    }
}

/* Mark again, by MARK (SP), and compare.  */
static void
check (uintptr_t sp, void (*mark) (uintptr_t sp))
{
  nwords = 1;
  cairni_page_heap_visit (count);
  uint64_t *marks = cairni_sys_map (nwords * sizeof *marks);
  if (!marks)
    return;
  next_marks = marks;
  cairni_page_heap_visit (set_aside);
  cairni_mark_begin (CAIRNI_MARK_ALONE);
  mark (sp);
  cairni_mark_finish ();
  next_marks = marks;
  cairni_page_heap_visit (compare);
  cairni_sys_unmap (marks, nwords * sizeof *marks);
}

void
cairni_check_marks (uintptr_t sp)
{
  check (sp, cairni_roots_mark);
}

void
cairni_check_forget (void)
{
  if (manual_words)
    cairni_sys_unmap (manual_words, nmanual_words / 8 + 8);
  manual_words = NULL;
  nmanual_words = 0;
}

static void
mark_beside (uintptr_t sp)
{
  cairni_roots_mark_late (sp, mark_memory, NULL);
}

void
cairni_check_marks_beside (uintptr_t sp)
{
  check (sp, mark_beside);
  cairni_check_forget ();
}
