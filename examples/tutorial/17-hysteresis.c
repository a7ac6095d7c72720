/* No hot split: a call at the very end of a stack makes the stack larger once;
   ten thousand calls at that place find room.  What is not needed any more goes
   when a collection finds less than a quarter in use, and then by half.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include <cairn.h>
#include <stdio.h>

/* Recurse until the stack has NBYTES.  From the last frame of the smaller stack
   make ten thousand calls; return how many of them changed its size.  */
static int
cross_border (size_t nbytes)
{
  int nchanges = 0;
  size_t size = cairn_stack_size ();
  if (size >= nbytes)
    return 0;
  for (int i = 0; i < 10000 && (i == 0 || nchanges == 1); i++)
    {
      int further_in = cross_border (nbytes);
      if (further_in > 0)
        return further_in;
      nchanges += cairn_stack_size () != size;
      size = cairn_stack_size ();
    }
  return nchanges;
}

int
main (void)
{
  int nchanges = cross_border (65536);
  printf ("10,000 calls over the border of 32 KB: grown %d time\n", nchanges);
  for (int i = 0; i < 4; i++)
    {
      printf ("%d collections: %zu KB\n", i, cairn_stack_size () / 1024);
      cairn_gc ();
      cross_border (0); /* A stack shrinks at a call.  */
    }
  return 0;
}
