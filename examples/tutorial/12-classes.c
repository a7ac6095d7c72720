/* The allocator knows 67 sizes up to 32 KB.  What is asked for is rounded up to
   the next, with room for one byte more: a pointer just past the end of an
   object belongs to it, not to its neighbour.  What is larger gets whole pages
   of 8 KB.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include <cairn.h>
#include <stdio.h>

static struct cairn_mem_stats stats;
char *kept;

static uint64_t
total (void)
{
  cairn_mem_stats (&stats);
  return stats.total_alloc;
}

int
main (void)
{
  total ();
  int nclasses = 0;
  for (int i = 0; i < CAIRN_MEM_STATS_NSIZES; i++)
    nclasses += stats.by_size[i].size > 0;
  printf ("%d size classes:", nclasses);
  for (int i = 0; i < CAIRN_MEM_STATS_NSIZES; i++)
    if (stats.by_size[i].size && (i < 10 || i > nclasses - 3))
      printf (" %u%s", stats.by_size[i].size, i == 9 ? " …" : "");

  static const size_t sizes[]
      = { 7, 8, 15, 16, 24, 47, 48, 1000, 32767, 32768, 40000, 100000 };
  printf ("\n\n   asked for     given\n");
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
    {
      uint64_t before = total ();
      kept = cairn_malloc (sizes[i]);
      printf ("%12zu %9lu\n", sizes[i], total () - before);
    }

  printf ("\nno bytes, one address: %s\n",
          cairn_malloc (0) == cairn_malloc (0) ? "yes" : "no");
  return 0;
}
