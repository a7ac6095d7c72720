/* shrink.c: a stack is halved when that is asked for and less than a quarter is in
   use, and large stacks move with their pages.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).  */

#include "stacks.h"

static long deep = 10000000;

/* Under stackmove the stack is copied at every check, and shrinks by itself.  */
static int
moving (void)
{
  const char *debug = getenv ("CAIRN_DEBUG");
  return debug && strstr (debug, "stackmove");
}

static long
prepare (void)
{
  if (moving ())
    {
      deep = 5000;
      for (struct step *step = steps; step->fn; step++)
	if (step->fn == (void *) recurse && step->args[0] > deep)
	  {
	    step->args[0] = deep;
	    step->wanted = deep * (deep + 1) / 2;
	  }
    }
  return 0;
}

static long
size_is (size_t nbytes)
{
  if (!moving ())
    CHECK (cairn_stack_size () == nbytes);
  return 0;
}

/* What the collector does.  */
static long
ask (void)
{
  __asm__ volatile ("movq $-1, %fs:0x80");
  return 0;
}

#define M (1L << 20)

struct step steps[] = {
  { prepare },
  { recurse, { 10000000 }, .wanted = 10000000L * 10000001 / 2 },
  { size_is, { 256 * M } },
  { ask },
  { recurse, { 10 }, .wanted = 55 },
  { size_is, { 128 * M } },
  { ask },
  { recurse, { 5000000 }, .wanted = 5000000L * 5000001 / 2 },
  { size_is, { 128 * M } },
  { ask },
  { recurse, { 3000000 }, .wanted = 3000000L * 3000001 / 2 },
  { size_is, { 64 * M } },
  { ask }, { recurse, { 1 }, .wanted = 1 },
  { ask }, { recurse, { 1 }, .wanted = 1 },
  { ask }, { recurse, { 1 }, .wanted = 1 },
  { ask }, { recurse, { 1 }, .wanted = 1 },
  { ask }, { recurse, { 1 }, .wanted = 1 },
  { ask }, { recurse, { 1 }, .wanted = 1 },
  { ask }, { recurse, { 1 }, .wanted = 1 },
  { ask }, { recurse, { 1 }, .wanted = 1 },
  { ask }, { recurse, { 1 }, .wanted = 1 },
  { ask }, { recurse, { 1 }, .wanted = 1 },
  { ask }, { recurse, { 1 }, .wanted = 1 },
  { ask }, { recurse, { 1 }, .wanted = 1 },
  { ask }, { recurse, { 1 }, .wanted = 1 },
  { ask }, { recurse, { 1 }, .wanted = 1 },
  { ask }, { recurse, { 1 }, .wanted = 1 },
  { ask }, { recurse, { 1 }, .wanted = 1 },
  { size_is, { 2048 } },
  { recurse, { 10000000 }, .wanted = 10000000L * 10000001 / 2 },
  { size_is, { 256 * M } },
  { 0 }
};
