/* { dg-do run } */
/* Type maps: what a map names is kept, in every element and for large
   objects; what it does not name is not; an unaligned pointer is kept; a map
   that does not apply is ignored.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "rt-check.h"

struct cairn_type_1
{
  struct cairn_type type;
  uint64_t bits[1];
};

/* { long a; T *b; long c; } */
static const struct cairn_type_1 middle
    = { { 24, 16, "struct middle", 0, 2 }, { 2 } };
static const struct cairn_type_1 plain = { { 8, 0, "long", 0, 0 }, { 0 } };
static const struct cairn_type_1 packed
    = { { 9, 9, "struct packed", CAIRN_TYPE_UNALIGNED, 0 }, { 0 } };

static uintptr_t hidden[3 * 3000];
static void *root;

static NOINLINE void
fill_middle (int n)
{
  unsigned long **p = cairn_rt_malloc (24 * n, &middle.type);
  root = p;
  for (int i = 0; i < 3 * n; i++)
    {
      p[i] = new_object ();
      hidden[i] = hide (p[i]);
    }
}

static NOINLINE void
check_middle (int n)
{
  fill_middle (n);
  collect ();
  int ngone = 0;
  for (int i = 0; i < 3 * n; i++)
    if (i % 3 == 1)
      CHECK (is_alive (hidden[i]));
    else
      ngone += !is_alive (hidden[i]);
  CHECK (ngone >= 2 * n - 4);
}

static NOINLINE void
fill_one (void *at)
{
  unsigned long *p = new_object ();
  memcpy (at, &p, sizeof p);
  hidden[0] = hide (p);
}

int
main (int argc, char **argv)
{
  (void)argc;
  rerun_with ("CAIRN_DEBUG", "clobberfree=1", argv);
  for (int n = 1; n <= 3000; n = n * 3 + 1)
    check_middle (n);

  /* A packed pointer at any offset.  */
  for (int i = 0; i < 9; i++)
    {
      root = cairn_rt_malloc (9 * 100, &packed.type);
      fill_one ((char *)root + 9 * 7 + i);
      collect ();
      CHECK (is_alive (hidden[0]));
      root = cairn_rt_malloc (9 * 10000, &packed.type);
      fill_one ((char *)root + 9 * 7777 + i);
      collect ();
      CHECK (is_alive (hidden[0]));
    }

  /* 28 bytes are no multiple of 24: the map does not apply.  */
  root = cairn_rt_malloc (28, &middle.type);
  fill_one (root);
  collect ();
  CHECK (is_alive (hidden[0]));

  /* Growing with another type: the new one counts.  */
  root = cairn_rt_malloc (8, &plain.type);
  root = cairn_rt_realloc (root, 24, &middle.type);
  fill_one ((char *)root + 8);
  collect ();
  CHECK (is_alive (hidden[0]));
  root = cairn_rt_realloc (root, 25, NULL);
  fill_one ((char *)root + 16);
  collect ();
  CHECK (is_alive (hidden[0]));
  root = cairn_rt_malloc (72, &middle.type);
  root = cairn_rt_realloc (root, 48, NULL);
  fill_one ((char *)root + 16);
  collect ();
  CHECK (is_alive (hidden[0]));

  /* Cells of a type with no pointer keep nothing.  */
  root = cairn_rt_new_cell (8, &plain.type);
  fill_one (root);
  collect ();
  CHECK (!is_alive (hidden[0]));
  return 0;
}
