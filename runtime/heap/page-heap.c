/* page-heap.c: runs of pages, handed out and taken back.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Free spans hang in bins by length: bin n < 128 holds spans of exactly n
   pages, the bins above one power of two each.  A bit per bin says whether
   it is empty.  All of it is guarded by cairni_page_heap_lock.  */

#include "heap/page-heap.h"
#include "os/sys.h"

#define EXACT_BINS ((size_t)128)
#define NBINS (EXACT_BINS + 64)

/* The arena grows by multiples of a huge page.  */
#define HUGE_NBYTES ((size_t)2 << 20)
#define ARENA_NBYTES ((size_t)1 << 40)
#define ARENA_MIN_NBYTES ((size_t)8 << 20)

/* Free spans shorter than this are not worth a system call.  */
#define SCAVENGE_MIN_NPAGES (2 * HUGE_NBYTES >> CAIRNI_PAGE_SHIFT)

struct cairni_lock cairni_page_heap_lock;

static struct cairni_span_list bins[NBINS];
static uint64_t nonempty[NBINS / 64];
static size_t free_npages, released_npages, cycle_now;

static unsigned
bin_of (size_t npages)
{
  return npages < EXACT_BINS ? npages
                             : EXACT_BINS + (63 - __builtin_clzll (npages));
}

static size_t
page_number (const struct cairni_span *span)
{
  return (span->start - cairni_arena.base) >> CAIRNI_PAGE_SHIFT;
}

/* Set the entries of all pages of SPAN.  */
static void
enter_pages (struct cairni_span *span, struct cairni_span *value)
{
  struct cairni_span **entry = &cairni_arena.pages[page_number (span)];
  for (size_t i = 0; i < span->npages; i++)
    entry[i] = value;
}

static void
enter_ends (struct cairni_span *span, struct cairni_span *value)
{
  struct cairni_span **entry = &cairni_arena.pages[page_number (span)];
  entry[0] = entry[span->npages - 1] = value;
}

static void
bin_insert (struct cairni_span *span)
{
  unsigned bin = bin_of (span->npages);
  cairni_span_list_push (&bins[bin], span);
  nonempty[bin / 64] |= (uint64_t)1 << bin % 64;
  free_npages += span->npages;
  if (span->is_released)
    released_npages += span->npages;
}

static void
bin_remove (struct cairni_span *span)
{
  unsigned bin = bin_of (span->npages);
  cairni_span_list_remove (&bins[bin], span);
  if (!bins[bin].first)
    nonempty[bin / 64] &= ~((uint64_t)1 << bin % 64);
  free_npages -= span->npages;
  if (span->is_released)
    released_npages -= span->npages;
}

/* The first nonempty bin at or after BIN, or NBINS.  */
static unsigned
next_bin (unsigned bin)
{
  for (unsigned w = bin / 64; w < NBINS / 64; w++)
    {
      uint64_t word = nonempty[w];
      if (w == bin / 64)
        word &= ~(uint64_t)0 << bin % 64;
      if (word)
        return w * 64 + __builtin_ctzll (word);
    }
  return NBINS;
}

/* The shortest free span of at least NPAGES; of equals one whose pages the
   system still has for us, then the lowest.  */
static struct cairni_span *
best_fit (size_t npages)
{
  for (unsigned bin = next_bin (bin_of (npages)); bin < NBINS;
       bin = next_bin (bin + 1))
    {
      struct cairni_span *best = NULL;
      for (struct cairni_span *s = bins[bin].first; s; s = s->next)
        {
          if (s->npages < npages)
            continue;
          if (!best || s->npages < best->npages
              || (s->npages == best->npages
                  && s->is_released < best->is_released))
            best = s;
          if (bin < EXACT_BINS && !best->is_released)
            break;
        }
      if (best)
        return best;
    }
  return NULL;
}

/* Cut SPAN, in no bin, after NPAGES and return the rest as a span of its own,
   in no bin; NULL: no memory for the record.  */
static struct cairni_span *
split (struct cairni_span *span, size_t npages)
{
  struct cairni_span *rest = cairni_span_create ();
  if (!rest)
    return NULL;
  rest->start = span->start + (npages << CAIRNI_PAGE_SHIFT);
  rest->npages = span->npages - npages;
  rest->needs_zero = span->needs_zero;
  rest->is_released = span->is_released;
  rest->freed_cycle = span->freed_cycle;
  span->npages = npages;
  return rest;
}

/* Pages to skip at the start of a free span at START to align it.  */
static size_t
skip_for (uintptr_t start, size_t align_npages)
{
  return (cairni_align_up (start, align_npages << CAIRNI_PAGE_SHIFT) - start)
         >> CAIRNI_PAGE_SHIFT;
}

/* Carve NPAGES out of the free SPAN, which is in no bin and long enough.  */
static struct cairni_span *
carve (struct cairni_span *span, size_t npages, size_t align_npages)
{
  size_t skip = skip_for (span->start, align_npages);
  enter_ends (span, NULL);
  if (skip)
    {
      struct cairni_span *rest = split (span, skip);
      bin_insert (span);
      enter_ends (span, span);
      if (!rest)
        return NULL;
      span = rest;
    }
  if (span->npages > npages)
    {
      struct cairni_span *rest = split (span, npages);
      if (!rest)
        {
          bin_insert (span);
          enter_ends (span, span);
          return NULL;
        }
      bin_insert (rest);
      enter_ends (rest, rest);
    }
  span->is_released = 0;
  return span;
}

static struct cairni_span *
alloc_reused (size_t npages, size_t align_npages)
{
  struct cairni_span *span = best_fit (npages + align_npages - 1);
  if (!span)
    return NULL;
  bin_remove (span);
  return carve (span, npages, align_npages);
}

/* Make the frontier reach END, an address.  */
static bool
commit_to (uintptr_t end)
{
  struct cairni_region *memory = &cairni_arena.memory;
  if (end <= memory->committed)
    return true;
  size_t need = cairni_align_up (end - memory->committed, HUGE_NBYTES);
  /* Fewer system calls for a growing heap; untouched memory costs nothing.  */
  size_t more
      = cairni_align_down ((memory->committed - memory->base) / 8, HUGE_NBYTES);
  size_t grow = cairni_max (need, cairni_min (more, 32 * HUGE_NBYTES));
  size_t limit = cairni_sys_address_limit ();
  if (limit != SIZE_MAX)
    {
      /* See os/region.h; the limit may have been set without our notice.  */
      cairni_region_trim (memory);
      cairni_region_trim (&cairni_arena.table);
      /* Leave some for records and for the stacks of threads.  */
      if (memory->committed - memory->base + need > limit - limit / 16)
        return false;
      grow = need;
    }
  for (;; grow = need)
    {
      uintptr_t table_end
          = (uintptr_t)(cairni_arena.pages
                        + ((memory->committed + grow - memory->base)
                           >> CAIRNI_PAGE_SHIFT));
      uintptr_t table_has = cairni_arena.table.committed;
      bool table_good
          = table_end <= table_has
            || cairni_region_grow (&cairni_arena.table,
                                   cairni_align_up (table_end - table_has,
                                                    CAIRNI_SYS_PAGE_NBYTES));
      uintptr_t old = memory->committed;
      if (table_good && cairni_region_grow (memory, grow))
        {
          cairni_sys_want_huge ((void *)old, grow);
          return true;
        }
      if (grow == need)
        return false;
    }
}

/* Pages from the frontier.  A free span that ends there is used up too if the
   request is so long.  */
static struct cairni_span *
alloc_frontier (size_t npages, size_t align_npages)
{
  uintptr_t frontier = cairni_arena.base + cairni_arena.used_nbytes;
  struct cairni_span *last
      = cairni_arena.pages[(cairni_arena.used_nbytes >> CAIRNI_PAGE_SHIFT) - 1];
  if (last && last->kind != CAIRNI_FREE)
    last = NULL;
  if (last && (align_npages > 1 || last->npages >= npages))
    last = NULL;
  size_t total = npages + (last ? 0 : skip_for (frontier, align_npages));
  uintptr_t start = last ? last->start : frontier;
  if (total > (cairni_arena.memory.limit - start) >> CAIRNI_PAGE_SHIFT
      || !commit_to (start + (total << CAIRNI_PAGE_SHIFT)))
    return NULL;
  struct cairni_span *span = last;
  if (last)
    {
      bin_remove (last);
      enter_ends (last, NULL);
      last->is_released = 0;
    }
  else if (!(span = cairni_span_create ()))
    return NULL;
  else
    span->start = start;
  span->npages = total;
  __atomic_store_n (&cairni_arena.used_nbytes,
                    start + (total << CAIRNI_PAGE_SHIFT) - cairni_arena.base,
                    __ATOMIC_RELAXED);
  return last ? span : carve (span, npages, align_npages);
}

static struct cairni_span *
finish_alloc (struct cairni_span *span)
{
  if (span)
    {
      span->prev = span->next = NULL;
      span->kind = CAIRNI_BLANK;
      enter_pages (span, span);
    }
  return span;
}

struct cairni_span *
cairni_page_heap_alloc_reused (size_t npages, size_t align_npages)
{
  cairni_lock_acquire (&cairni_page_heap_lock);
  struct cairni_span *span = finish_alloc (alloc_reused (npages, align_npages));
  cairni_lock_release (&cairni_page_heap_lock);
  return span;
}

struct cairni_span *
cairni_page_heap_alloc (size_t npages, size_t align_npages)
{
  cairni_lock_acquire (&cairni_page_heap_lock);
  struct cairni_span *span = alloc_reused (npages, align_npages);
  if (!span)
    span = alloc_frontier (npages, align_npages);
  span = finish_alloc (span);
  cairni_lock_release (&cairni_page_heap_lock);
  return span;
}

/* Join the free NEIGHBOUR, in a bin, to SPAN, in none.  */
static void
join (struct cairni_span *span, struct cairni_span *neighbour)
{
  bin_remove (neighbour);
  enter_ends (neighbour, NULL);
  if (neighbour->start < span->start)
    span->start = neighbour->start;
  span->npages += neighbour->npages;
  span->needs_zero |= neighbour->needs_zero;
  cairni_span_destroy (neighbour);
}

/* Released and other memory is not joined: one flag must hold for all.  */
static bool
can_join (const struct cairni_span *span, const struct cairni_span *neighbour)
{
  return neighbour && neighbour->kind == CAIRNI_FREE
         && neighbour->is_released == span->is_released;
}

static void
free_locked (struct cairni_span *span)
{
  size_t page = page_number (span);
  struct cairni_span *before = cairni_arena.pages[page - 1];
  struct cairni_span *after
      = page + span->npages < cairni_arena.used_nbytes >> CAIRNI_PAGE_SHIFT
            ? cairni_arena.pages[page + span->npages]
            : NULL;
  if (can_join (span, before))
    join (span, before);
  if (can_join (span, after))
    join (span, after);
  bin_insert (span);
  enter_ends (span, span);
}

void
cairni_page_heap_free (struct cairni_span *span)
{
  cairni_lock_acquire (&cairni_page_heap_lock);
  enter_pages (span, NULL);
  cairni_span_unformat (span);
  span->needs_zero = 1;
  span->is_released = 0;
  span->freed_cycle = cycle_now;
  free_locked (span);
  cairni_lock_release (&cairni_page_heap_lock);
}

void
cairni_page_heap_scavenge (size_t cycle)
{
  cairni_lock_acquire (&cairni_page_heap_lock);
  cycle_now = cycle;
  for (unsigned bin = next_bin (bin_of (SCAVENGE_MIN_NPAGES)); bin < NBINS;
       bin = next_bin (bin + 1))
    for (struct cairni_span *s = bins[bin].first, *next; s; s = next)
      {
        next = s->next;
        if (s->is_released || s->freed_cycle + 1 >= cycle
            || s->npages < SCAVENGE_MIN_NPAGES)
          continue;
        cairni_sys_release ((void *)s->start, s->npages << CAIRNI_PAGE_SHIFT);
        s->is_released = 1;
        s->needs_zero = 0;
        released_npages += s->npages;
      }
  cairni_lock_release (&cairni_page_heap_lock);
}

/* The longest free span of MIN_NPAGES and more that was not given back.  */
static struct cairni_span *
longest_kept (size_t min_npages)
{
  for (unsigned bin = NBINS; bin-- > bin_of (min_npages);)
    for (struct cairni_span *s = bins[bin].first; s; s = s->next)
      if (!s->is_released && s->npages >= min_npages)
        return s;
  return NULL;
}

size_t
cairni_page_heap_release (size_t max_nbytes, size_t min_npages)
{
  size_t max_npages = max_nbytes >> CAIRNI_PAGE_SHIFT, npages = 0;
  struct cairni_span *span;
  cairni_lock_acquire (&cairni_page_heap_lock);
  while (npages < max_npages && (span = longest_kept (min_npages)))
    {
      size_t wanted = cairni_min (span->npages, max_npages - npages);
      struct cairni_span *rest = NULL;
      bin_remove (span);
      enter_ends (span, NULL);
      if (wanted < span->npages)
        rest = split (span, wanted);
      cairni_sys_release ((void *)span->start,
                          span->npages << CAIRNI_PAGE_SHIFT);
      npages += span->npages;
      span->is_released = 1;
      span->needs_zero = 0;
      free_locked (span);
      if (rest)
        free_locked (rest);
    }
  cairni_lock_release (&cairni_page_heap_lock);
  return npages << CAIRNI_PAGE_SHIFT;
}

void
cairni_page_heap_limit_changed (void)
{
  cairni_lock_acquire (&cairni_page_heap_lock);
  cairni_region_trim (&cairni_arena.memory);
  cairni_region_trim (&cairni_arena.table);
  cairni_lock_release (&cairni_page_heap_lock);
}

void
cairni_page_heap_get_stats (struct cairni_page_heap_stats *stats)
{
  cairni_lock_acquire (&cairni_page_heap_lock);
  stats->free_nbytes = free_npages << CAIRNI_PAGE_SHIFT;
  stats->released_nbytes = released_npages << CAIRNI_PAGE_SHIFT;
  stats->mapped_nbytes
      = cairni_arena.memory.committed - cairni_arena.memory.base;
  cairni_lock_release (&cairni_page_heap_lock);
}

void
cairni_page_heap_visit (void (*fn) (struct cairni_span *span))
{
  size_t npages = cairni_arena.used_nbytes >> CAIRNI_PAGE_SHIFT;
  for (size_t page = 1; page < npages;)
    {
      struct cairni_span *span = cairni_arena.pages[page];
      size_t step = span ? span->npages : 1;
      if (span && span->kind != CAIRNI_FREE)
        fn (span);
      page += step;
    }
}

void
cairni_page_heap_init (void)
{
  struct cairni_arena *a = &cairni_arena;
  if (!cairni_region_reserve (&a->memory, 0, ARENA_NBYTES, ARENA_MIN_NBYTES,
                              HUGE_NBYTES))
    cairni_fatal ("no address space for a heap");
  size_t npages = (a->memory.limit - a->memory.base) >> CAIRNI_PAGE_SHIFT;
  size_t table_nbytes
      = cairni_align_up (npages * sizeof *a->pages, CAIRNI_SYS_PAGE_NBYTES);
  if (!cairni_region_reserve (&a->table, 0, table_nbytes, table_nbytes,
                              CAIRNI_SYS_PAGE_NBYTES))
    cairni_fatal ("no address space for a page table");
  a->base = a->memory.base;
  a->pages = (struct cairni_span **)a->table.base;
  if (!commit_to (a->base + CAIRNI_PAGE_NBYTES))
    cairni_fatal ("out of memory for a heap");
  a->used_nbytes = CAIRNI_PAGE_NBYTES;
}
