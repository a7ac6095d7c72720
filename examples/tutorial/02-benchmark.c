/* What a place on the heap costs: the same structure, once on the stack and
   once on the heap.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include "measure.h"

struct body
{
  double x, y, vx, vy, mass;
};

static double energy;
struct body *kept;

static void
on_stack (void)
{
  struct body b = { 0, 0, 3, 4, 2 };
  struct body *p = &b;
  energy = p->mass * (p->vx * p->vx + p->vy * p->vy) / 2;
}

static void
on_heap (void)
{
  struct body b = { 0, 0, 3, 4, 2 };
  struct body *p = &b;
  energy = p->mass * (p->vx * p->vx + p->vy * p->vy) / 2;
  kept = p;
}

int
main (void)
{
  printf ("a body has %zu bytes\n", sizeof (struct body));
  measure ("on_stack", on_stack);
  measure ("on_heap", on_heap);
  printf ("energy %g\n", energy);
  return 0;
}
