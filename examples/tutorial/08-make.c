/* Slices made in a function: ten elements are part of the frame, ten thousand
   are too large, and a number that is known at run time only might be.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include "measure.h"
#include <cairn/slice.h>

CAIRN_SLICE (longs, long);

static long sum;
static volatile size_t n = 10;

static void
make_10 (void)
{
  struct longs s = CAIRN_SLICE_MAKE (struct longs, 10, 10);
  for (size_t i = 0; i < s.len; i++)
    sum += CAIRN_SLICE_AT (s, i) = i;
}

static void
make_10000 (void)
{
  struct longs s = CAIRN_SLICE_MAKE (struct longs, 10000, 10000);
  for (size_t i = 0; i < s.len; i++)
    sum += CAIRN_SLICE_AT (s, i) = i;
}

static void
make_n (void)
{
  struct longs s = CAIRN_SLICE_MAKE (struct longs, n, n);
  for (size_t i = 0; i < s.len; i++)
    sum += CAIRN_SLICE_AT (s, i) = i;
}

int
main (void)
{
  measure ("make 10", make_10);
  measure ("make 10,000", make_10000);
  measure ("make n", make_n);
  return 0;
}
