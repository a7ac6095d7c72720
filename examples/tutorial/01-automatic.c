/* The compiler places variables: `side' is only looked at and stays on the
   stack, each `n' outlives its function and moves to the heap.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include <stdio.h>

static int
square (const int *side)
{
  return *side * *side;
}

static int *
counter (void)
{
  int n = 0;
  return &n;
}

int
main (void)
{
  int side = 7;
  printf ("square: %d\n", square (&side));

  int *sheep = counter (), *goats = counter ();
  ++*sheep;
  ++*sheep;
  ++*goats;
  printf ("sheep: %d, goats: %d\n", *sheep, *goats);
  return 0;
}
