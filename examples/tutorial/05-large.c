/* Third rule: what is too large for a stack is on the heap, wherever its
   address goes.  The limits: 64 KB for what is made, 128 KB for a variable.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include "measure.h"
#include <stdlib.h>

__attribute__ ((noinline)) static void
touch (char *p, size_t nbytes)
{
  p[0] = p[nbytes - 1] = 1;
}

static void
make_65535 (void)
{
  touch (malloc (65535), 65535);
}

static void
make_65536 (void)
{
  touch (malloc (65536), 65536);
}

static void
make_65537 (void)
{
  touch (malloc (65537), 65537);
}

static void
small_variable (void)
{
  char v[131072];
  touch (v, sizeof v);
}

static void
large_variable (void)
{
  char v[131073];
  touch (v, sizeof v);
}

static void
megabyte (void)
{
  char v[1 << 20];
  touch (v, sizeof v);
}

int
main (void)
{
  measure ("malloc (65535)", make_65535);
  measure ("malloc (65536)", make_65536);
  measure ("malloc (65537)", make_65537);
  measure ("char v[131072]", small_variable);
  measure ("char v[131073]", large_variable);
  measure ("char v[1 << 20]", megabyte);
  return 0;
}
