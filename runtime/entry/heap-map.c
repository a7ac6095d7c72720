/* heap-map.c: what the heap consists of, as text.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The spans are copied while the world is stopped, and written when it goes on.
   Of a span of manual slots those count as used that threads keep ready to be
   handed out.  */

#include "cairn/heap.h"

#include "entry/heap-map.h"
#include "gc/collect.h"
#include "heap/page-heap.h"
#include "os/sys.h"

#include <errno.h>

const char *const cairni_heap_map_kinds[] = {
  [CAIRNI_SCAN] = "scan",     [CAIRNI_NOSCAN] = "noscan",
  [CAIRNI_TYPED] = "typed",   [CAIRNI_MANUAL] = "manual",
  [CAIRNI_THUNK] = "closure", [CAIRNI_BLANK] = "blank",
  [CAIRNI_FREE] = "free",
};

/* The map that is being made.  */
static struct cairni_heap_map *current;
static uintptr_t next_start;

static struct cairni_heap_run *
append (void)
{
  struct cairni_heap_map *map = current;
  if (map->nruns == map->max_runs)
    {
      size_t nbytes = map->max_runs * sizeof *map->runs;
      struct cairni_heap_run *bigger
          = cairni_sys_remap (map->runs, nbytes, 2 * nbytes);
      if (!bigger)
        return NULL;
      map->runs = bigger;
      map->max_runs *= 2;
    }
  return &map->runs[map->nruns++];
}

/* What lies between the last run and END is free.  */
static void
append_free (uintptr_t end)
{
  struct cairni_heap_run *run = end > next_start ? append () : NULL;
  if (run)
    *run = (struct cairni_heap_run){ .start = next_start,
                                     .npages
                                     = (end - next_start) >> CAIRNI_PAGE_SHIFT,
                                     .kind = CAIRNI_FREE };
}

/* Note the slots on the manual SPAN's free list and those never handed out.  */
static void
note_manual (struct cairni_heap_run *run, const struct cairni_span *span)
{
  run->nused = span->carved - span->nfree;
  for (unsigned i = 0; i < span->carved; i++)
    run->used[i / 64] |= (uint64_t)1 << i % 64;
  for (void *slot = span->free_list; slot; slot = *(void **)slot)
    {
      unsigned i = cairni_span_slot (span, (uintptr_t)slot);
      run->used[i / 64] &= ~((uint64_t)1 << i % 64);
    }
}

static void
append_span (struct cairni_span *span)
{
  append_free (span->start);
  next_start = span->start + (span->npages << CAIRNI_PAGE_SHIFT);
  struct cairni_heap_run *run = append ();
  if (!run)
    return;
  *run
      = (struct cairni_heap_run){ .start = span->start,
                                  .npages = span->npages,
                                  .kind = span->kind,
                                  .size_class = span->size_class,
                                  .slot_nbytes = cairni_span_slot_nbytes (span),
                                  .nslots = span->nslots };
  if (span->kind == CAIRNI_MANUAL && span->size_class)
    {
      note_manual (run, span);
      return;
    }
  if (span->kind != CAIRNI_MANUAL && span->kind != CAIRNI_THUNK
      && !cairni_span_is_collected (span))
    run->nslots = 0;
  run->nslots = cairni_min (run->nslots, CAIRNI_MAX_SLOTS);
  for (unsigned i = 0; i < run->nslots; i++)
    if (span->kind == CAIRNI_MANUAL || (span->alloc_bits[i / 64] >> i % 64 & 1))
      {
        run->used[i / 64] |= (uint64_t)1 << i % 64;
        run->nused++;
      }
}

static void
make (void *map, uintptr_t sp)
{
  struct cairni_page_heap_stats stats;
  (void)sp;
  current = map;
  next_start = cairni_arena.base + CAIRNI_PAGE_NBYTES;
  cairni_page_heap_visit (append_span);
  append_free (cairni_arena.base + cairni_arena.used_nbytes);
  cairni_page_heap_get_stats (&stats);
  current->released_nbytes = stats.released_nbytes;
}

bool
cairni_heap_map_make (struct cairni_heap_map *map)
{
  *map = (struct cairni_heap_map){ .max_runs = 1024 };
  map->runs = cairni_sys_map (map->max_runs * sizeof *map->runs);
  if (map->runs && cairni_collect_stopped (make, map))
    return true;
  cairni_heap_map_finish (map);
  errno = ENOMEM;
  return false;
}

void
cairni_heap_map_finish (struct cairni_heap_map *map)
{
  if (map->runs)
    cairni_sys_unmap (map->runs, map->max_runs * sizeof *map->runs);
}

/* -- Text.  */

static void
write_classes (const struct cairni_heap_map *map, FILE *f)
{
  fprintf (f, "%8s  %-8s %8s %10s %10s %12s %12s\n", "bytes", "kind", "spans",
           "slots", "used", "used bytes", "free bytes");
  for (unsigned c = 0; c < CAIRNI_NCLASSES; c++)
    for (unsigned kind = 0; kind <= CAIRNI_THUNK; kind++)
      {
        size_t nspans = 0, nslots = 0, nused = 0, nbytes = 0, used_nbytes = 0;
        for (size_t i = 0; i < map->nruns; i++)
          {
            const struct cairni_heap_run *run = &map->runs[i];
            if (run->size_class != c || run->kind != kind)
              continue;
            nspans++;
            nslots += run->nslots;
            nused += run->nused;
            nbytes += run->npages << CAIRNI_PAGE_SHIFT;
            used_nbytes += run->nused * run->slot_nbytes;
          }
        if (kind == CAIRNI_THUNK)
          used_nbytes = cairni_min (used_nbytes, nbytes);
        if (nspans && c)
          fprintf (f, "%8u", (unsigned)cairni_size_classes[c].nbytes);
        else if (nspans)
          fprintf (f, "%8s", "larger");
        if (nspans)
          fprintf (f, "  %-8s %8zu %10zu %10zu %12zu %12zu\n",
                   cairni_heap_map_kinds[kind], nspans, nslots, nused,
                   used_nbytes, nbytes - used_nbytes);
      }
}

/* Write which of RUN's slots are free: "0-3 7".  */
static void
write_free_slots (const struct cairni_heap_run *run, FILE *f)
{
  const char *before = "; free";
  for (unsigned i = 0; i < run->nslots; i++)
    {
      unsigned first = i;
      while (i < run->nslots && !(run->used[i / 64] >> i % 64 & 1))
        i++;
      if (i == first)
        continue;
      fprintf (f, "%s %u", before, first);
      if (i - 1 > first)
        fprintf (f, "-%u", i - 1);
      before = "";
    }
}

static void
write_run (const struct cairni_heap_run *run, FILE *f)
{
  fprintf (f, "%#zx %4zu page%s %s", (size_t)run->start, run->npages,
           run->npages == 1 ? " " : "s", cairni_heap_map_kinds[run->kind]);
  if (run->kind != CAIRNI_FREE && run->size_class)
    {
      fprintf (f, ", %u of %u slots of %zu bytes", run->nused, run->nslots,
               run->slot_nbytes);
      if (run->nused == 0)
        fputs ("; all free", f);
      else
        write_free_slots (run, f);
    }
  else if (run->kind < CAIRNI_NCOLLECTED && run->nused == 0)
    fputs (", not used", f);
  fputc ('\n', f);
}

CAIRNI_PUBLIC int
cairn_dump_heap (FILE *f)
{
  struct cairni_heap_map map;
  size_t free_npages = 0, npages = 0;
  if (!cairni_heap_map_make (&map))
    return -1;
  for (size_t i = 0; i < map.nruns; i++)
    {
      npages += map.runs[i].npages;
      if (map.runs[i].kind == CAIRNI_FREE)
        free_npages += map.runs[i].npages;
    }
  fprintf (f,
           "heap: %zu pages of %zu bytes, %zu free, %zu of these returned to "
           "the system\n\n",
           npages, CAIRNI_PAGE_NBYTES, free_npages,
           map.released_nbytes >> CAIRNI_PAGE_SHIFT);
  write_classes (&map, f);
  fputc ('\n', f);
  for (size_t i = 0; i < map.nruns; i++)
    write_run (&map.runs[i], f);
  cairni_heap_map_finish (&map);
  return 0;
}
