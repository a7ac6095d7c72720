/* Stacks begin with 2 KB and double when they are full.  A structure of
   900 bytes that is passed by value makes frames of which two fill the first
   stack.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include <cairn.h>
#include <stdio.h>

struct page
{
  char bytes[900];
};

/* noipa: GCC would find that one page is enough for all.  */
__attribute__ ((noipa)) static int
descend (int nframes, struct page page)
{
  if ((nframes & (nframes - 1)) == 0)
    printf ("frame %d: a stack of %zu KB\n", nframes,
            cairn_stack_size () / 1024);
  return nframes < 10 ? descend (nframes + 1, page) % 9 : page.bytes[0];
}

__attribute__ ((noipa)) static int
begin (void)
{
  struct page page = { "" };
  return descend (1, page);
}

int
main (void)
{
  printf ("main: a stack of %zu KB\n", cairn_stack_size () / 1024);
  return begin ();
}
