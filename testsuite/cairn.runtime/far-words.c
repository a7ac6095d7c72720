/* { dg-do run } */
/* .inv.reach: a pointer is found at every place of an object of any length,
   whatever lies beside it, and wherever in a heap of several times 4 GB it
   points.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "rt-check.h"

#define MAX_NWORDS 40
#define FAR_NBYTES (((size_t)4 << 30) + 4096)

static const struct cairn_type no_pointers = { .nbytes = 1 };

/* kept[N][I] has N words, of which the one at I is a pointer.  */
static uintptr_t *kept[MAX_NWORDS + 1][MAX_NWORDS];
static uintptr_t targets[MAX_NWORDS + 1][MAX_NWORDS];
static void *far[3];

static NOINLINE void
fill (void)
{
  static const uintptr_t others[]
      = { 0, 1, ~(uintptr_t)0, (uintptr_t)1 << 63, 0x7fffffffffffffff,
          0x3ff0000000000000, 0xffffffff00000000, 0x6e6f6f6e6e6f6f6e };
  unsigned k = 0;
  for (unsigned n = 1; n <= MAX_NWORDS; n++)
    for (unsigned i = 0; i < n; i++)
      {
        uintptr_t *p = cairn_rt_malloc (n * sizeof *p, NULL);
        uintptr_t *target = new_object ();
        for (unsigned w = 0; w < n; w++)
          p[w] = others[k++ % 8];
        p[i] = (uintptr_t)target;
        kept[n][i] = p;
        targets[n][i] = hide (target);
      }
}

int
main (int argc, char **argv)
{
  (void)argc;
  rerun_with ("CAIRN_DEBUG", "clobberfree=1", argv);
  cairn_set_gc_percent (100000);
  for (int round = 0; round < 4; round++)
    {
      fill ();
      collect ();
      for (unsigned n = 1; n <= MAX_NWORDS; n++)
        for (unsigned i = 0; i < n; i++)
          if (!is_alive (targets[n][i]))
            {
              printf ("round %d, word %u of %u\n", round, i, n);
              CHECK (!"alive");
            }
      /* The next objects lie beyond, as soon as the pages are full that are
         there.  Nothing touches this.  */
      if (round < 3)
        {
          far[round] = cairn_rt_malloc (FAR_NBYTES, &no_pointers);
          CHECK (far[round]);
        }
    }
  uintptr_t distance = kept[MAX_NWORDS][0][0] - (uintptr_t)far[0];
  CHECK (distance >> 32 >= 1 || -distance >> 32 >= 1);
  memset (kept, 0, sizeof kept);
  collect ();
  unsigned ngone = 0;
  for (unsigned n = 1; n <= MAX_NWORDS; n++)
    for (unsigned i = 0; i < n; i++)
      ngone += !is_alive (targets[n][i]);
  CHECK (ngone > MAX_NWORDS * MAX_NWORDS / 2 * 9 / 10);
  return 0;
}
