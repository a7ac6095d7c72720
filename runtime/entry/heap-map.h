/* heap-map.h: a copy of what the heap consists of.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#ifndef CAIRNI_HEAP_MAP_H
#define CAIRNI_HEAP_MAP_H

#include "heap/span.h"

#define CAIRNI_HEAP_MAP_WORDS (CAIRNI_MAX_SLOTS / 64)

/* A span, or a run of free pages.  */
struct cairni_heap_run
{
  uintptr_t start;
  size_t npages;
  enum cairni_kind kind;
  unsigned size_class;
  size_t slot_nbytes;
  unsigned nslots, nused;
  uint64_t used[CAIRNI_HEAP_MAP_WORDS]; /* A bit a slot.  */
};

struct cairni_heap_map
{
  struct cairni_heap_run *runs; /* In the order of their addresses.  */
  size_t nruns, max_runs;
  size_t released_nbytes; /* Of the free pages.  */
};

/* What a kind is called.  */
extern const char *const cairni_heap_map_kinds[];

/* Fill *MAP.  False: there is no memory, as errno says.  */
extern bool cairni_heap_map_make (struct cairni_heap_map *map);

/* Give its memory back.  */
extern void cairni_heap_map_finish (struct cairni_heap_map *map);

#endif /* CAIRNI_HEAP_MAP_H */
