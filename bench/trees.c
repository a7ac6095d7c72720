/* trees.c: binary trees, built and dropped, beside one that stays.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

     trees DEPTH

   One tree of DEPTH levels lives throughout; for each even depth from 4 up,
   as many trees as make the same number of nodes are built, counted, dropped.
   With -DFREE they are freed, node by node.  */

#include <stdio.h>
#include <stdlib.h>

struct node
{
  struct node *left, *right;
};

static struct node *
build (int depth)
{
  struct node *n = malloc (sizeof *n);
  if (!n)
    abort ();
  n->left = depth > 0 ? build (depth - 1) : NULL;
  n->right = depth > 0 ? build (depth - 1) : NULL;
  return n;
}

static long
count (const struct node *n)
{
  return n ? 1 + count (n->left) + count (n->right) : 0;
}

static void
drop (struct node *n)
{
#ifdef FREE
  if (n)
    {
      drop (n->left);
      drop (n->right);
      free (n);
    }
#else
  (void) n;
#endif
}

int
main (int argc, char **argv)
{
  int max = argc > 1 ? atoi (argv[1]) : 16;
  struct node *stays = build (max);
  for (int depth = 4; depth <= max; depth += 2)
    {
      long trees = 1l << (max - depth + 4), nodes = 0;
      for (long i = 0; i < trees; i++)
        {
          struct node *n = build (depth);
          nodes += count (n);
          drop (n);
        }
      printf ("%ld trees of depth %d: %ld nodes\n", trees, depth, nodes);
    }
  printf ("%ld nodes stay\n", count (stays));
  drop (stays);
  return 0;
}
