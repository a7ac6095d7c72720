/* { dg-do run } */
/* .inv.object.zero on every way that memory comes back: in spans of which some
   objects live, in spans of which none does, from large objects; for objects
   with, without and with some pointers.  And with gcstress=1 no allocation goes
   unseen by the fast path.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "rt-check.h"

#define COUNT 2000

static const struct cairn_type noscan = { .nbytes = 1 };
static const struct cairn_type mixed
    = { .nbytes = 24, .ptr_nbytes = 16, .nwords = 2, .ptr_bits = { 2 } };

static unsigned char *kept[COUNT / 7 + 1];

/* Allocate COUNT objects of NBYTES, see that they are zero, fill them and keep
   each seventh if KEEP.  */
static NOINLINE void
round_of (size_t nbytes, const struct cairn_type *type, int keep)
{
  for (int i = 0; i < COUNT; i++)
    {
      unsigned char *p = cairn_rt_malloc (nbytes, type);
      CHECK (p);
      for (size_t b = 0; b < nbytes; b++)
        CHECK (p[b] == 0);
      memset (p, 0xff, nbytes);
      if (keep && i % 7 == 0)
        kept[i / 7] = p;
    }
}

/* Every allocation collects.  */
static void
check_stress (void)
{
  struct cairn_mem_stats before, after;
  cairn_mem_stats (&before);
  for (int i = 0; i < 50; i++)
    cairn_rt_malloc (16, NULL);
  for (int i = 0; i < 50; i++)
    cairn_rt_new_cell (16, &noscan);
  cairn_mem_stats (&after);
  CHECK (after.num_gc - before.num_gc == 100);
}

int
main (int argc, char **argv)
{
  static const size_t sizes[] = { 7, 8, 24, 48, 240, 264, 960, 1008, 4800 };
  const struct cairn_type *types[] = { NULL, &noscan, &mixed };
  if (argc > 1)
    {
      check_stress ();
      return 0;
    }
  for (unsigned t = 0; t < 3; t++)
    for (unsigned s = 0; s < sizeof sizes / sizeof *sizes; s++)
      for (int keep = 0; keep < 4; keep++)
        {
          round_of (sizes[s], types[t], keep % 2);
          wipe_stack ();
          cairn_gc ();
        }
  round_of (40000, NULL, 0);
  setenv ("CAIRN_DEBUG", "gcstress=1", 1);
  execl ("/proc/self/exe", argv[0], "stress", NULL);
  CHECK (!"execl");
}
