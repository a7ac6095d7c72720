/* { dg-do run } */
/* Closures: called after many collections they find function and chain; the
   chain lives as long as the closure; dead ones are reused.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "rt-check.h"

typedef unsigned long function (unsigned long arg);

/* What a nested function looks like: it takes its chain in r10.  */
static NOINLINE unsigned long
nested (unsigned long arg)
{
  unsigned long *chain;
  __asm__ volatile("movq %%r10, %0" : "=r"(chain));
  CHECK (chain[0] == PATTERN);
  return chain[1] + arg;
}

#define N 1000
static function *closures[N];
static uintptr_t chains[N];

static NOINLINE void
make (int i)
{
  unsigned long *chain = new_object ();
  chain[1] = i;
  chains[i] = hide (chain);
  closures[i] = (function *)cairn_rt_closure ((void *)nested, chain);
}

int
main (int argc, char **argv)
{
  (void)argc;
  rerun_with ("CAIRN_DEBUG", "clobberfree=1", argv);
  uintptr_t lowest = UINTPTR_MAX, highest = 0;
  for (int round = 0; round < 20; round++)
    {
      for (int i = 0; i < N; i++)
        if (round == 0 || i % 3 == round % 3)
          make (i);
      collect ();
      for (int i = 0; i < N; i++)
        {
          CHECK (closures[i](5) == (unsigned long)i + 5);
          uintptr_t p = (uintptr_t)closures[i];
          lowest = p < lowest ? p : lowest;
          highest = p > highest ? p : highest;
        }
    }
  /* 1000 live ones and some hundred dead: a few dozen pages at most.  */
  CHECK (highest - lowest < ((size_t)2 << 20));
  memset (closures, 0, sizeof closures);
  collect ();
  int ngone = 0;
  for (int i = 0; i < N; i++)
    ngone += !is_alive (chains[i]);
  CHECK (ngone > N - 20);
  return 0;
}
