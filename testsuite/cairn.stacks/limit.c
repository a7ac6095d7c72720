/* limit.c: an endless recursion ends in a message.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

   { stacks-fails "cairn: stack exceeds [0-9]+-byte limit\ncairn: in recurse, [0-9]+ frames deep:\n  recurse \\+ [0-9]+\n.*frames elided.*\n  main \\+ [0-9]+" }  */

/* { dg-options "-rdynamic" } */

#include "stacks.h"

static long
prepare (void)
{
  const char *debug = getenv ("CAIRN_DEBUG");
  CHECK (cairn_set_max_stack (1000000000) == 1000000000);
  /* Each check copies all that is in use.  */
  if (debug && strstr (debug, "stackmove"))
    cairn_set_max_stack (50000);
  return 0;
}

struct step steps[] = {
  { prepare },
  { recurse, { 1000000000 } },
  { 0 }
};
