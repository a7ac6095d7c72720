/* The stack watched by a recursive closure: each time it finds the stack larger
   than before, it says so.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include <cairn.h>
#include <stdio.h>

int
main (void)
{
  size_t size = cairn_stack_size ();

  int watch (int depth)
  {
    if (cairn_stack_size () > size)
      {
        printf ("%6zu -> %6zu\n", size, cairn_stack_size ());
        size = cairn_stack_size ();
      }
    return size == 256 << 10 ? depth : watch (depth + 1) % 65536;
  }

  printf ("over a thousand frames: %s\n", watch (1) > 1000 ? "yes" : "no");
  return 0;
}
