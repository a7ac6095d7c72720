/* Each iteration has its own n.  A thousand pointers to n are pointers to a
   thousand variables: one line of the report, a thousand objects.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include <cairn.h>
#include <stdio.h>

int
main (void)
{
  static struct cairn_mem_stats before, after;
  static int *kept[1000];

  cairn_mem_stats (&before);
  for (int i = 0; i < 1000; i++)
    {
      int n = i * i;
      kept[i] = &n;
    }
  cairn_mem_stats (&after);

  printf ("%d %d … %d\n", *kept[0], *kept[1], *kept[999]);
  printf ("%lu objects, %lu bytes\n", after.mallocs - before.mallocs,
          after.total_alloc - before.total_alloc);
  return 0;
}
