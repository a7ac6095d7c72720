/* A value that is returned is copied to the caller, so nothing escapes although
   pointers to it were used on the way.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include <stdio.h>

struct point
{
  int x, y;
};

static void
move (struct point *p, int dx, int dy)
{
  p->x += dx;
  p->y += dy;
}

static struct point
moved (struct point p, int dx, int dy)
{
  move (&p, dx, dy);
  return p;
}

static struct point
middle (const struct point *a, const struct point *b)
{
  struct point m = { a->x, a->y };
  struct point *p = &m;
  p->x = (p->x + b->x) / 2;
  p->y = (p->y + b->y) / 2;
  return *p;
}

int
main (void)
{
  struct point a = { 1, 2 }, b = moved (a, 10, 20), m = middle (&a, &b);
  printf ("a %d %d, b %d %d, middle %d %d\n", a.x, a.y, b.x, b.y, m.x, m.y);
  return 0;
}
