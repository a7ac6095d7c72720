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

/* Fewer words are not worth the start and the end of a row of prefetches.  */
#define MANY_WORDS 4096

/* Data of an object that are shorter are as well scanned twice.  */
#define MIN_DATA_NBYTES ((size_t)128 << 10)

/* What is watched: LO <= address < HI.  NOTES has a bit for each of the
   system's pages from that of LO on; NULL: not had yet.  The first NWORDS words
   may be set.  */
struct area
{
  uintptr_t lo, hi;
  uint64_t *notes;
  size_t nwords;
};

/* The arena, and NDATA areas of data of objects that stay for ever.  */
static struct area arena;
#define MAX_DATA 16
static struct area data[MAX_DATA];
static unsigned ndata;

/* The one that written pages are noted in.  */
static struct area *noted;

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

/* Have bits for pages up to HI.  */
static bool
get_notes (struct area *area, uintptr_t hi)
{
  if (!area->notes)
    area->notes
        = cairni_sys_map ((hi - area->lo) / CAIRNI_SYS_PAGE_NBYTES / 8 + 16);
  return area->notes != NULL;
}

static uintptr_t
page_start (uintptr_t p)
{
  return cairni_align_down (p, CAIRNI_SYS_PAGE_NBYTES);
}

static uintptr_t
page_end (uintptr_t p)
{
  return cairni_align_up (p, CAIRNI_SYS_PAGE_NBYTES);
}

/* Watch the data in LO <= address < HI, if that can be.  */
static void
watch_data (uintptr_t lo, uintptr_t hi)
{
  struct area *area = &data[ndata];
  if (ndata == MAX_DATA)
    return;
  /* The bits of an earlier time are for the same area.  */
  area->lo = lo;
  area->hi = hi;
  if (get_notes (area, hi) && cairni_watch_begin (page_start (lo), page_end (hi))
      && cairni_watch_protect (page_start (lo), page_end (hi)))
    ndata++;
}

bool
cairni_dirty_begin (void)
{
  /* It may grow meanwhile.  */
  uintptr_t arena_end = used_end ();
  arena.lo = arena.hi = cairni_arena.base;
  ndata = 0;
  if (!get_notes (&arena, cairni_arena.memory.limit)
      || !cairni_watch_begin (arena.lo, arena_end))
    return false;
  cairni_loader_visit_permanent_data (MIN_DATA_NBYTES, watch_data);
  arena.hi = arena_end;
  for (uintptr_t lo = arena.lo; lo < arena.hi;)
    {
      uintptr_t hi = lo;
      while (hi < arena.hi && hi - lo < STEP_NBYTES && huge_page_matters (hi))
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
  size_t page = (lo - page_start (noted->lo)) / CAIRNI_SYS_PAGE_NBYTES;
  size_t end = (hi - page_start (noted->lo)) / CAIRNI_SYS_PAGE_NBYTES;
  uint64_t *notes = noted->notes;
  for (; page < end && page % 64; page++)
    notes[page / 64] |= (uint64_t)1 << page % 64;
  for (; page + 64 <= end; page += 64)
    notes[page / 64] = ~(uint64_t)0;
  for (; page < end; page++)
    notes[page / 64] |= (uint64_t)1 << page % 64;
  noted->nwords = cairni_max (noted->nwords, (end + 63) / 64);
}

/* Note what was written of AREA.  */
static bool
take (struct area *area, bool again)
{
  noted = area;
  return cairni_watch_written (page_start (area->lo), page_end (area->hi), again,
                               note);
}

bool
cairni_dirty_take (bool again)
{
  /* The arena may have grown.  */
  uintptr_t end = used_end ();
  if (!cairni_watch_begin (arena.lo, end))
    return false;
  arena.hi = cairni_max (arena.hi, end);
  bool good = take (&arena, again);
  /* Nothing is done about data while the program runs.  */
  for (unsigned i = 0; i < ndata && good && !again; i++)
    good = take (&data[i], false);
  return good;
}

static size_t
count (const struct area *area)
{
  size_t n = 0;
  for (size_t w = 0; w < area->nwords; w++)
    n += __builtin_popcountll (area->notes[w]);
  return n;
}

size_t
cairni_dirty_count (void)
{
  size_t n = count (&arena);
  for (unsigned i = 0; i < ndata; i++)
    n += count (&data[i]);
  return n;
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
  for (size_t w = 0; w < arena.nwords; w++)
    for (uint64_t bits = arena.notes[w]; bits; bits &= bits - 1)
      {
        size_t page = w * 64 + __builtin_ctzll (bits);
        if (rescan_page (arena.lo + page * CAIRNI_SYS_PAGE_NBYTES, stopped))
          {
            arena.notes[w] &= ~(bits & -bits);
            n++;
          }
        if (cairni_marker_collector->nwords > MANY_WORDS)
          cairni_marker_drain (cairni_marker_collector);
      }
  cairni_marker_drain (cairni_marker_collector);
  return n;
}

/* The area that P is in; NULL: none.  */
static const struct area *
find_area (uintptr_t p)
{
  if (p - arena.lo < arena.hi - arena.lo)
    return &arena;
  for (unsigned i = 0; i < ndata; i++)
    if (p - data[i].lo < data[i].hi - data[i].lo)
      return &data[i];
  return NULL;
}

bool
cairni_dirty_watches (uintptr_t lo)
{
  return find_area (lo) != NULL;
}

static bool
is_noted (const struct area *area, uintptr_t p)
{
  size_t page = (p - page_start (area->lo)) / CAIRNI_SYS_PAGE_NBYTES;
  return page / 64 < area->nwords
         && (area->notes[page / 64] >> page % 64 & 1);
}

bool
cairni_dirty_has (uintptr_t lo, uintptr_t hi)
{
  for (uintptr_t p = page_start (lo); p < hi; p += CAIRNI_SYS_PAGE_NBYTES)
    if (is_noted (&arena, p))
      return true;
  return false;
}

void
cairni_dirty_mark_range (uintptr_t lo, uintptr_t hi)
{
  const struct area *area = find_area (lo);
  while (lo < hi)
    {
      uintptr_t end
          = cairni_min (page_start (lo) + CAIRNI_SYS_PAGE_NBYTES, hi);
      if (!area || is_noted (area, lo))
        cairni_mark_range (lo, end);
      lo = end;
    }
}

static void
forget (struct area *area)
{
  for (size_t w = 0; w < area->nwords; w++)
    area->notes[w] = 0;
  area->nwords = 0;
}

void
cairni_dirty_forget (void)
{
  forget (&arena);
  for (unsigned i = 0; i < ndata; i++)
    forget (&data[i]);
}

void
cairni_dirty_end (void)
{
  for (uintptr_t lo = arena.lo; lo < arena.hi; lo += STEP_NBYTES)
    cairni_watch_unprotect (lo, cairni_min (lo + STEP_NBYTES, arena.hi));
  for (unsigned i = 0; i < ndata; i++)
    cairni_watch_unprotect (page_start (data[i].lo), page_end (data[i].hi));
}

void
cairni_dirty_after_fork (void)
{
  cairni_watch_after_fork ();
  cairni_dirty_forget ();
}
