/* check-marks.c: CAIRN_DEBUG=gccheckmark=1, a second opinion on marking.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The marks of the first marking are set aside, span by span in the order of
   addresses, and compared with those of the second.  */

#include "gc/check-marks.h"
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

void
cairni_check_marks (uintptr_t sp)
{
  nwords = 1;
  cairni_page_heap_visit (count);
  uint64_t *marks = cairni_sys_map (nwords * sizeof *marks);
  if (!marks)
    return;
  next_marks = marks;
  cairni_page_heap_visit (set_aside);
  cairni_mark_begin (true);
  cairni_roots_mark (sp);
  cairni_mark_finish ();
  next_marks = marks;
  cairni_page_heap_visit (compare);
  cairni_sys_unmap (marks, nwords * sizeof *marks);
}
