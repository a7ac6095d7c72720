/* dirty.c: what was written while objects were marked is scanned again.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "gc/dirty.h"
#include "arch/x86_64/arch.h"
#include "gc/mark.h"
#include "gc/marker.h"
#include "os/page-watch.h"
#include "os/sys.h"

/* Protection begins and ends with huge pages, which stay whole until they are
   written.  */
#define HUGE_NBYTES ((size_t)2 << 20)

/* To protect at once: other threads that map memory wait meanwhile.  */
#define STEP_NBYTES ((size_t)32 << 20)

/* A bit for each of the system's pages, from the arena's base on; NULL: not had
   yet.  Bits up to NWORDS may be set.  */
static uint64_t *notes;
static size_t nwords;

/* What was protected.  */
static uintptr_t watched_lo, watched_hi;

static uintptr_t
used_end (void)
{
  return cairni_align_up (cairni_arena.base
                              + cairni_peek (cairni_arena.used_nbytes),
                          HUGE_NBYTES);
}

/* Whether what SPAN holds may have pointers.  */
static bool
matters (const struct cairni_span *span)
{
  if (!span)
    return false;
  unsigned kind = __atomic_load_n (&span->kind, __ATOMIC_ACQUIRE);
  return kind == CAIRNI_SCAN || kind == CAIRNI_TYPED || kind == CAIRNI_MANUAL
         || kind == CAIRNI_THUNK;
}

/* Whether a page of the huge one at LO does.  */
static bool
huge_page_matters (uintptr_t lo)
{
  size_t end = cairni_peek (cairni_arena.used_nbytes);
  for (size_t at = lo - cairni_arena.base;
       at < end && at < lo - cairni_arena.base + HUGE_NBYTES;
       at += CAIRNI_PAGE_NBYTES)
    if (matters (__atomic_load_n (&cairni_arena.pages[at >> CAIRNI_PAGE_SHIFT],
                                  __ATOMIC_ACQUIRE)))
      return true;
  return false;
}

static bool
get_notes (void)
{
  size_t npages = (cairni_arena.memory.limit - cairni_arena.base)
                  / CAIRNI_SYS_PAGE_NBYTES;
  if (!notes)
    notes = cairni_sys_map (npages / 8 + 8);
  return notes != NULL;
}

bool
cairni_dirty_begin (void)
{
  uintptr_t base = cairni_arena.base;
  watched_lo = watched_hi = base;
  if (!get_notes () || !cairni_watch_begin (base, cairni_arena.memory.committed))
    return false;
  watched_hi = used_end ();
  for (uintptr_t lo = base; lo < watched_hi;)
    {
      uintptr_t hi = lo;
      while (hi < watched_hi && hi - lo < STEP_NBYTES && huge_page_matters (hi))
        hi += HUGE_NBYTES;
      if (hi > lo && !cairni_watch_protect (lo, hi))
        return false;
      lo = cairni_max (hi, lo + HUGE_NBYTES);
    }
  return true;
}

static void
note (uintptr_t lo, uintptr_t hi)
{
  size_t page = (lo - cairni_arena.base) / CAIRNI_SYS_PAGE_NBYTES;
  size_t end = (hi - cairni_arena.base) / CAIRNI_SYS_PAGE_NBYTES;
  for (; page < end && page % 64; page++)
    notes[page / 64] |= (uint64_t)1 << page % 64;
  for (; page + 64 <= end; page += 64)
    notes[page / 64] = ~(uint64_t)0;
  for (; page < end; page++)
    notes[page / 64] |= (uint64_t)1 << page % 64;
  nwords = cairni_max (nwords, (end + 63) / 64);
}

bool
cairni_dirty_take (bool again)
{
  /* The arena may have grown.  */
  uintptr_t end = used_end ();
  if (!cairni_watch_begin (cairni_arena.base, end))
    return false;
  watched_hi = cairni_max (watched_hi, end);
  return cairni_watch_written (cairni_arena.base, end, again, note);
}

/* Scan the part of the object of NBYTES at START in SPAN that lies in LO <=
   address < HI.  */
static void
rescan_part (struct cairni_span *span, uintptr_t start, size_t nbytes,
             uintptr_t lo, uintptr_t hi)
{
  const struct cairn_type *type = NULL;
  if (span->kind == CAIRNI_TYPED)
    type = cairni_span_map (span, start, &nbytes);
  if (type)
    type = cairni_marker_readable (type);
  uintptr_t end = start + nbytes;
  bool is_unaligned = type && (type->flags & CAIRN_TYPE_UNALIGNED);
  /* Words that lie in two pages.  */
  if (is_unaligned)
    {
      lo -= sizeof (uintptr_t) - 1;
      hi += sizeof (uintptr_t) - 1;
    }
  lo = cairni_max (lo, start);
  hi = cairni_min (hi, end);
  /* From the start of an element on, unless that is far.  */
  if (type && !is_unaligned)
    {
      if (type->nbytes > CAIRNI_PIECE_NBYTES)
        type = NULL;
      else
        lo -= (lo - start) % type->nbytes;
    }
  for (; lo < hi; lo += CAIRNI_PIECE_NBYTES)
    if (type)
      {
        cairni_marker_scan (cairni_marker_collector, lo, hi, type);
        break;
      }
    else
      cairni_marker_scan_words (cairni_marker_collector, lo,
                                cairni_min (lo + CAIRNI_PIECE_NBYTES, hi),
                                false);
}

/* Scan marked objects of SPAN, where they lie in LO <= address < HI.  */
static void
rescan_objects (struct cairni_span *span, uintptr_t lo, uintptr_t hi)
{
  size_t nbytes = cairni_span_slot_nbytes (span);
  for (unsigned slot = cairni_span_slot (span, lo); slot < span->nslots; slot++)
    {
      uintptr_t start = cairni_span_slot_addr (span, slot);
      uint64_t bits = cairni_peek (span->mark_bits[slot / 64])
                      & cairni_peek (span->alloc_bits[slot / 64]);
      if (start >= hi)
        break;
      if (bits >> slot % 64 & 1)
        rescan_part (span, start, nbytes, lo, hi);
    }
  cairni_marker_drain (cairni_marker_collector);
}

/* Scan the data of marked closures of SPAN.  */
static void
rescan_closures (struct cairni_span *span)
{
  const struct cairni_thunk_data *data
      = (const void *)(span->start + CAIRNI_THUNK_HALF_NBYTES);
  for (unsigned i = 0; i < CAIRNI_THUNK_COUNT; i++)
    if (span->mark_bits[i / 64] >> i % 64 & 1)
      cairni_marker_push (cairni_marker_collector, (uintptr_t)data[i].chain);
  cairni_marker_drain (cairni_marker_collector);
}

/* Deal with the noted page at LO.  Returns whether it is done.  */
static bool
rescan_page (uintptr_t lo, bool stopped)
{
  struct cairni_span *span = __atomic_load_n (
      &cairni_arena.pages[(lo - cairni_arena.base) >> CAIRNI_PAGE_SHIFT],
      __ATOMIC_ACQUIRE);
  if (!span)
    return stopped;
  switch (__atomic_load_n (&span->kind, __ATOMIC_ACQUIRE))
    {
    case CAIRNI_NOSCAN:
      return true;
    case CAIRNI_SCAN:
    case CAIRNI_TYPED:
      /* The alloc bits of one that a thread has are late.  Before a thread is
         given one that has none they say what was allocated before; what is
         allocated after that is written after that, and after the page was
         taken.  */
      if (!stopped && __atomic_load_n (&span->owner, __ATOMIC_ACQUIRE))
        return false;
      rescan_objects (span, lo, lo + CAIRNI_SYS_PAGE_NBYTES);
      return true;
    case CAIRNI_THUNK:
      if (stopped)
        rescan_closures (span);
      return stopped;
    case CAIRNI_MANUAL:
      return false;
    default:
      return stopped;
    }
}

size_t
cairni_dirty_rescan (bool stopped)
{
  size_t n = 0;
  for (size_t w = 0; w < nwords; w++)
    for (uint64_t bits = notes[w]; bits; bits &= bits - 1)
      {
        size_t page = w * 64 + __builtin_ctzll (bits);
        if (rescan_page (cairni_arena.base + page * CAIRNI_SYS_PAGE_NBYTES,
                         stopped))
          {
            notes[w] &= ~(bits & -bits);
            n++;
          }
      }
  return n;
}

void
cairni_dirty_mark_range (uintptr_t lo, uintptr_t hi)
{
  while (lo < hi)
    {
      uintptr_t end
          = cairni_min (cairni_align_down (lo, CAIRNI_SYS_PAGE_NBYTES)
                            + CAIRNI_SYS_PAGE_NBYTES,
                        hi);
      size_t page = (lo - cairni_arena.base) / CAIRNI_SYS_PAGE_NBYTES;
      if (page / 64 < nwords && (notes[page / 64] >> page % 64 & 1))
        cairni_mark_range (lo, end);
      lo = end;
    }
}

void
cairni_dirty_forget (void)
{
  for (size_t w = 0; w < nwords; w++)
    notes[w] = 0;
  nwords = 0;
}

void
cairni_dirty_end (void)
{
  for (uintptr_t lo = watched_lo; lo < watched_hi; lo += STEP_NBYTES)
    cairni_watch_unprotect (lo, cairni_min (lo + STEP_NBYTES, watched_hi));
  watched_hi = watched_lo;
}

void
cairni_dirty_after_fork (void)
{
  cairni_watch_after_fork ();
  cairni_dirty_forget ();
  watched_hi = watched_lo;
}
