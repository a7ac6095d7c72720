/* { dg-do run } */
/* .inv.reach: pointers into an object and just past its end keep it, in
   every size class and for large objects.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "rt-check.h"

#define N 300

static char *kept[N];
static uintptr_t starts[N];
static size_t sizes[N];

static NOINLINE void
fill (int mode)
{
  size_t nbytes = 8;
  for (int i = 0; i < N; i++)
    {
      unsigned long *p = cairn_rt_malloc (nbytes, NULL);
      *p = PATTERN;
      starts[i] = hide (p);
      sizes[i] = nbytes;
      kept[i] = (char *)p
                + (mode == 0   ? 0
                   : mode == 1 ? nbytes / 2
                   : mode == 2 ? nbytes - 1
                               : nbytes);
      nbytes = nbytes > 400000 ? 8 : nbytes + 1 + nbytes / 16;
    }
}

int
main (int argc, char **argv)
{
  (void)argc;
  rerun_with ("CAIRN_DEBUG", "clobberfree=1", argv);
  for (int mode = 0; mode < 4; mode++)
    {
      fill (mode);
      collect ();
      for (int i = 0; i < N; i++)
        if (!is_alive (starts[i]))
          {
            printf ("mode %d size %zu\n", mode, sizes[i]);
            CHECK (!"alive");
          }
    }
  memset (kept, 0, sizeof kept);
  collect ();
  int ngone = 0;
  for (int i = 0; i < N; i++)
    ngone += !is_alive (starts[i]);
  CHECK (ngone > N * 9 / 10);
  return 0;
}
