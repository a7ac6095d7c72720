/* A map of a million entries: without a hint it moves to a larger table again
   and again; with a hint it has room from the beginning.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include <cairn/go.h>
#include <cairn/map.h>
#include <stdio.h>

CAIRN_MAP_NOSCAN (squares, int, long);

enum
{
  N = 1000000
};

static void
fill (const char *name, size_t hint)
{
  static struct cairn_mem_stats before, after;
  cairn_mem_stats (&before);
  int64_t start = cairn_now ();
  struct squares *map = squares_make (hint);
  for (int i = 0; i < N; i++)
    squares_set (map, i, (long)i * i);
  int64_t ns = cairn_now () - start;
  cairn_mem_stats (&after);
  printf ("%s: %zu entries, %lu allocations, %.0f MB, %.0f ms\n", name,
          squares_len (map), after.mallocs - before.mallocs,
          (after.total_alloc - before.total_alloc) / 1e6, ns / 1e6);
}

int
main (void)
{
  fill ("no hint", 0);
  fill ("a hint", N);
  return 0;
}
