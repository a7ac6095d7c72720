/* Second rule: a value that becomes an interface is copied into a box.  The box
   is on the heap if the interface is kept.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include "measure.h"
#include <cairn/iface.h>

CAIRN_INTERFACE (any, );

struct amount
{
  long euros, cents;
};
CAIRN_TYPE (amount, struct amount);
CAIRN_IMPLEMENT (any, amount);

static struct any last;
static long total;

static long
cents (struct any value)
{
  struct amount *a = CAIRN_AS (amount, value);
  return a ? 100 * a->euros + a->cents : 0;
}

static void
look (void)
{
  struct amount price = { 12, 50 };
  total += cents (CAIRN_BOX (any, amount, price));
}

static void
keep (void)
{
  struct amount price = { 12, 50 };
  last = CAIRN_BOX (any, amount, price);
}

int
main (void)
{
  measure ("look", look);
  measure ("keep", keep);
  printf ("the last one: %ld cents\n", cents (last));
  return 0;
}
