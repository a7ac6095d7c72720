/* grow.c: a stack grows from 2 KB by doubling.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).  */

#include "stacks.h"

static int moving;

static long
size_is (size_t nbytes)
{
  /* Under stackmove it may have shrunk.  */
  if (!moving)
    CHECK (cairn_stack_size () == nbytes);
  return 0;
}

static long
begin (void)
{
  const char *debug = getenv ("CAIRN_DEBUG");
  moving = debug && strstr (debug, "stackmove");
  return size_is (2048);
}

static long
end (void)
{
  CHECK (cairn_stack_high_water () >= 65536);
  return 0;
}

struct step steps[] = {
  { begin },
  { recurse, { 10 }, .wanted = 55 },
  { size_is, { 2048 } },
  { recurse, { 100 }, .wanted = 5050 },
  { size_is, { 4096 } },
  { recurse, { 3000 }, .wanted = 3000 * 3001 / 2 },
  { size_is, { 65536 } },
  { recurse48, { 1000 }, .wanted = 1000 },
  { end },
  { 0 }
};
