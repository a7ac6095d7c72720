/* Appending a thousand numbers: an array that is full is replaced by one of
   twice the size, and from 256 elements on by smaller steps.  Who says how many
   there will be pays for one.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include "measure.h"
#include <cairn/slice.h>

CAIRN_SLICE (longs, long);
struct longs numbers;

static void
append_1000 (void)
{
  for (long i = 0; i < 1000; i++)
    CAIRN_SLICE_APPEND (&numbers, i);
}

static void
without_capacity (void)
{
  numbers = (struct longs){ 0 };
  append_1000 ();
}

static void
with_capacity (void)
{
  numbers = CAIRN_SLICE_MAKE (struct longs, 0, 1000);
  append_1000 ();
}

int
main (void)
{
  measure ("without capacity", without_capacity);
  printf ("len %zu, cap %zu\n", numbers.len, numbers.cap);
  measure ("with capacity", with_capacity);
  printf ("len %zu, cap %zu\n", numbers.len, numbers.cap);

  printf ("capacities:");
  struct longs s = { 0 };
  for (size_t cap = 0; s.len < 1000; cap = s.cap)
    {
      CAIRN_SLICE_APPEND (&s, 0);
      if (s.cap != cap)
        printf (" %zu", s.cap);
    }
  printf ("\n");
  return 0;
}
