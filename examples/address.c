/* The address of a local, returned.  In C without Cairn the pointer dangles;
   here the compiler sees that `p' outlives its function and gives it a cell
   on the heap.  `scratch' does not outlive anything and stays where it was.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include <stdio.h>

struct point { int x, y; };

static struct point *
new_point (int x, int y)
{
  struct point p = { x, y };
  return &p;
}

static int
distance_squared (const struct point *a, const struct point *b)
{
  struct point scratch = { a->x - b->x, a->y - b->y };
  const struct point *d = &scratch;
  return d->x * d->x + d->y * d->y;
}

int
main (void)
{
  struct point *a = new_point (1, 2);
  struct point *b = new_point (4, 6);
  a->x = 0;
  a->y = 3;
  printf ("a = (%d, %d), b = (%d, %d), distance squared = %d\n", a->x, a->y,
          b->x, b->y, distance_squared (a, b));
  return 0;
}
