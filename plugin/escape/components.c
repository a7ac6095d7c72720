/* components.c: strongly connected components, callees first.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   The algorithm is Tarjan's ("Depth-First Search and Linear Graph
   Algorithms", 1972), in his terms, with a stack of its own: long call chains
   must not overflow the compiler's.  */

#include "components.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

struct node
{
  int index; /* From 1; 0: not visited.  */
  int lowlink;
  int next;  /* Next successor to visit.  */
  bool on_stack;
};

struct search
{
  struct node *nodes;
  int *stack; /* Tarjan's: nodes whose component is open.  */
  int nstack;
  int *path;  /* The search's own: from the root to where it is.  */
  int npath;
  int next_index;
  int *order;
  int norder;
};

static void *
xcalloc (size_t n, size_t nbytes)
{
  void *p = calloc (n ? n : 1, nbytes);
  if (!p)
    {
      fprintf (stderr, "cairn: out of memory in escape analysis\n");
      exit (1);
    }
  return p;
}

static void
enter (struct search *s, int v)
{
  struct node *node = &s->nodes[v];

  node->index = node->lowlink = ++s->next_index;
  node->on_stack = true;
  s->stack[s->nstack++] = v;
  s->path[s->npath++] = v;
}

/* All successors of V have been visited: if it is the root of a component,
   that is complete.  */
static void
leave (struct search *s, int v)
{
  struct node *node = &s->nodes[v];
  int member;

  s->npath--;
  if (s->npath)
    {
      struct node *parent = &s->nodes[s->path[s->npath - 1]];
      if (node->lowlink < parent->lowlink)
        parent->lowlink = node->lowlink;
    }
  if (node->lowlink != node->index)
    return;
  do
    {
      member = s->stack[--s->nstack];
      s->nodes[member].on_stack = false;
      s->order[s->norder++] = member;
    }
  while (member != v);
  s->order[s->norder++] = -1;
}

int
esc_components (int n, const struct esc_successors *successors, int *order)
{
  struct search s = { .order = order };

  s.nodes = xcalloc (n, sizeof *s.nodes);
  s.stack = xcalloc (n, sizeof *s.stack);
  s.path = xcalloc (n, sizeof *s.path);
  for (int root = 0; root < n; root++)
    {
      if (s.nodes[root].index)
        continue;
      enter (&s, root);
      while (s.npath)
        {
          int v = s.path[s.npath - 1];
          struct node *node = &s.nodes[v];
          if (node->next == successors[v].n)
            {
              leave (&s, v);
              continue;
            }
          int w = successors[v].nodes[node->next++];
          if (!s.nodes[w].index)
            enter (&s, w);
          else if (s.nodes[w].on_stack && s.nodes[w].index < node->lowlink)
            node->lowlink = s.nodes[w].index;
        }
    }
  free (s.nodes);
  free (s.stack);
  free (s.path);
  return s.norder;
}
