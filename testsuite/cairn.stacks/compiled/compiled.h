/* compiled.h: what the compiled programs of this area share.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).  */

#ifndef CAIRN_STACKS_COMPILED_H
#define CAIRN_STACKS_COMPILED_H

#include "../../lib/check.h"

/* A function that keeps none of its arguments, so that what they point to need not
   be on the heap: it is on the address stack, which is what is tested here.  */
#if defined __has_attribute
#if __has_attribute (cairn_noescape)
#define LOOKS NOINLINE __attribute__ ((cairn_noescape))
#endif
#endif
#ifndef LOOKS
#define LOOKS NOINLINE
#endif

/* The pointer P, from memory.  */
#define HIDE(p)                                                              \
  ({                                                                         \
    __typeof__ ((p) + 0) volatile hidden_ = (p);                             \
    hidden_;                                                                 \
  })

/* Whether the stack moves at every check, so that a deep recursion takes the square
   of its depth in time.  */
static NOINLINE __attribute__ ((unused)) int
stressed (void)
{
  const char *debug = getenv ("CAIRN_DEBUG");
  return debug && *debug;
}

/* Use N small frames, which the stack has to grow for; returns N.  The asm
   keeps it from becoming a loop.  */
static NOINLINE __attribute__ ((unused)) int
grow (int n)
{
  if (n == 0)
    return 0;
  int depth = grow (n - 1);
  __asm__ volatile ("" : "+r"(depth));
  return depth + 1;
}

/* The same, with N variables that have an address, each of which is still right
   on the way back.  */
static LOOKS __attribute__ ((unused)) int
grow_addressed (int n, int *outer)
{
  int mine = n;
  if (n > 0)
    CHECK (grow_addressed (n - 1, &mine) == n - 1);
  CHECK (mine == n);
  if (outer)
    CHECK (*outer == n + 1);
  return mine;
}

/* For foreign code: write 64 KB of stack, far more than a growable stack has
   that did not grow for it.  */
static NOINLINE __attribute__ ((unused)) void
stand (void)
{
  volatile char bytes[65536];
  for (unsigned i = 0; i < sizeof bytes; i += 64)
    bytes[i] = 0x5a;
}

#endif /* CAIRN_STACKS_COMPILED_H */
