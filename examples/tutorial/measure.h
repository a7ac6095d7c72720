/* measure.h: what a call of a function costs, in Go's words.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include <cairn.h>
#include <cairn/go.h>
#include <stdio.h>

/* Call F a thousand times and print, under NAME, what one call took: time,
   bytes of the heap, objects.  GCC must not look into F: what nobody sees, it
   would not do.  */
__attribute__ ((noipa)) static void
measure (const char *name, void (*f) (void))
{
  enum
  {
    N = 1000
  };
  static struct cairn_mem_stats before, after;
  cairn_mem_stats (&before);
  int64_t start = cairn_now ();
  for (int i = 0; i < N; i++)
    f ();
  int64_t ns = cairn_now () - start;
  cairn_mem_stats (&after);
  printf ("%-20s %10.1f ns/op %7lu B/op %5lu allocs/op\n", name, (double)ns / N,
          (after.total_alloc - before.total_alloc) / N,
          (after.mallocs - before.mallocs) / N);
}
