/* A growth, step by step: allocate a stack of twice the size, copy the frames,
   adjust the stack pointer, free the old stack.  No pointer between frames has
   to be adjusted: what has an address does not lie in the stack that moves.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include <cairn.h>
#include <stdio.h>

/* A variable of each frame, linked to that of the caller.  */
struct link
{
  int depth;
  const struct link *outer;
};

static const char *
check (const struct link *l, int depth)
{
  for (; l; l = l->outer)
    if (l->depth != depth--)
      return "damaged";
  return depth == -1 ? "as they were" : "lost";
}

static int
descend (const struct link *outer, size_t size)
{
  struct link mine = { outer ? outer->depth + 1 : 0, outer };
  size_t now = cairn_stack_size ();
  if (now > size)
    printf ("%6zu -> %6zu: the variables of all frames are %s\n", size, now,
            check (&mine, mine.depth));
  int innermost = now < 256 << 10 ? descend (&mine, now) : mine.depth;
  return mine.depth <= innermost ? innermost : -1;
}

int
main (void)
{
  int depth = descend (NULL, cairn_stack_size ());
  printf ("over 500 frames: %s\n", depth > 500 ? "yes" : "no");
  return 0;
}
