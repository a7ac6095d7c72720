/* sweep.c: what marking did not reach becomes free.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "heap/sweep.h"
#include "base/options.h"
#include "heap/central.h"

#include <string.h>

#define CLOBBER 0xdb

/* Fill the slots whose bits are set in FREED, of word W.  */
static void
clobber (struct cairni_span *span, unsigned w, uint64_t freed)
{
  size_t nbytes = cairni_span_slot_nbytes (span);
  for (; freed; freed &= freed - 1)
    memset (
        (void *)cairni_span_slot_addr (span, w * 64 + __builtin_ctzll (freed)),
        CLOBBER, nbytes);
}

unsigned
cairni_sweep_span (struct cairni_span *span)
{
  unsigned nwords = cairni_span_nwords (span);
  unsigned nused = 0, nfreed = 0;
  span->sweep_epoch = cairni_sweep_epoch;
  for (unsigned w = 0; w < nwords; w++)
    {
      /* What is free may be marked, see .inv.central.black.  */
      uint64_t mark = span->mark_bits[w] & span->alloc_bits[w];
      uint64_t padding = w == nwords - 1 && span->nslots % 64
                             ? ~(uint64_t)0 << span->nslots % 64
                             : 0;
      uint64_t freed = span->alloc_bits[w] & ~(mark | padding);
      nused += __builtin_popcountll (mark);
      nfreed += __builtin_popcountll (freed);
      if (cairni_unlikely (cairni_debug.clobberfree))
        clobber (span, w, freed);
      span->alloc_bits[w] = mark | padding;
      span->mark_bits[w] = 0;
    }
  if (nfreed)
    {
      span->needs_zero = 1;
      cairni_count (&cairni_heap_counters.nfrees[span->size_class], nfreed);
      if (span->size_class == 0)
        cairni_count (&cairni_heap_counters.large_free_nbytes,
                      cairni_span_slot_nbytes (span));
    }
  return nused;
}
