/* { dg-do run } */
/* { dg-options "-fplugin-arg-cairn-free=trust" } */
/* With free=trust memory that is freed is used again, without a collection.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "../lib/check.h"

#include <cairn.h>

static char *volatile sink;

int
main (void)
{
  struct cairn_mem_stats stats;
  cairn_set_gc_percent (-1);
  for (int i = 0; i < 2000; i++)
    {
      sink = malloc (30000);
      CHECK (sink && sink[29999] == 0);
      memset (sink, 1, 30000);
      free (sink);
    }
  cairn_mem_stats (&stats);
  CHECK (stats.heap_sys < 20000000);
  return 0;
}
