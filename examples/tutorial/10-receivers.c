/* Small results are best returned by value.  What a method does with its
   receiver decides where that lives, not whether it takes a value or a pointer.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include "measure.h"

struct circle
{
  double x, y, r;
};

static struct circle
circle_value (double r)
{
  struct circle c = { 0, 0, r };
  return c;
}

static struct circle *
circle_pointer (double r)
{
  struct circle c = { 0, 0, r };
  return &c;
}

static double
circle_area (struct circle c)
{
  return 3 * c.r * c.r;
}

static void
circle_scale (struct circle *c, double by)
{
  c->r *= by;
}

struct circle *chosen;

static void
circle_choose (struct circle *c)
{
  chosen = c;
}

static double area;

static void
value (void)
{
  area = circle_area (circle_value (2));
}

static void
pointer (void)
{
  chosen = circle_pointer (2);
  area = circle_area (*chosen);
}

static void
scaled (void)
{
  struct circle c = { 0, 0, 2 };
  circle_scale (&c, 10);
  area = circle_area (c);
}

static void
kept (void)
{
  struct circle c = { 0, 0, 2 };
  circle_choose (&c);
  area = circle_area (c);
}

int
main (void)
{
  measure ("returned by value", value);
  measure ("returned by pointer", pointer);
  measure ("pointer receiver", scaled);
  measure ("receiver that is kept", kept);
  printf ("area %g, chosen %g\n", area, chosen->r);
  return 0;
}
