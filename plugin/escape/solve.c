/* solve.c: who outlives whom.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   The method is that of Go's compiler (cmd/compile/internal/escape, after
   "Escape Analysis" in its documentation), with stores through pointers
   resolved where Go gives up.  A round has two parts, repeated until nothing
   is new:

     resolve_stores   turns "*p = q" into flows into whatever P points to.
                      That is found by a search over (location, loads) from P
                      to the sources of its value.  A source of which nothing
                      is known, or a location that escapes and so may have
                      been written by anybody, makes the search "open": then
                      Q flows to the heap as well.

     walk_all         walks from each sink, and from each location that was
                      declared outside some loop, against the edges, keeping
                      the least number of loads to the walk's root.  What is
                      reached with -1 has its address in the root: if the root
                      outlives it, it escapes and becomes a heap of its own.

   At last resolve_releases finds, by the same search, what each release may
   free.  That must miss nothing that does not escape, so there the search
   goes on where loads are too many to count.

   Invariants
     .inv.round    Edges and escapes only grow, so rounds end.
     .inv.heap     What is reached from one heap with d loads need not be
                   walked again from another, nor from any other sink, with d
                   or more: the heap outlives them all.
     .inv.left     For the same reason a pointer that comes from such a place
                   can only point to what has escaped already.  */

#include "solve.h"

#include <stdio.h>
#include <stdlib.h>

/* A location to visit, with DEREFS loads outstanding.  */
struct visit
{
  struct esc_location *l;
  int derefs;
};

/* A growing stack of visits.  */
struct stack
{
  struct visit *items;
  size_t n;
  size_t room;
};

static void
stack_push (struct stack *s, struct esc_location *l, int derefs)
{
  if (s->n == s->room)
    {
      s->room = s->room ? s->room * 2 : 256;
      s->items = realloc (s->items, s->room * sizeof *s->items);
      if (!s->items)
        {
          fprintf (stderr, "cairn: out of memory in escape analysis\n");
          exit (1);
        }
    }
  s->items[s->n++] = (struct visit){ l, derefs };
}

static struct visit
stack_pop (struct stack *s)
{
  return s->items[--s->n];
}

/* What a search for the targets of a pointer found.  */
struct targets
{
  struct stack pointees; /* Variables, objects and contents pointed to.  */
  bool open;             /* It may point to anything whose address left.  */
  bool release;          /* Miss nothing, and note which parameters lead to
                            what is released.  */
};

/* The search comes to L with DEREFS loads outstanding.  */
static void
search_visit (struct esc_graph *g, struct stack *todo, struct targets *t,
              struct esc_location *l, int derefs)
{
  if (l->kind == ESC_UNKNOWN || (derefs > ESC_MAX_DEREFS && !t->release)
      || (l->round == g->round && l->heap_derefs <= derefs)) /* .inv.left */
    {
      t->open = true;
      return;
    }
  if (derefs > ESC_MAX_DEREFS)
    derefs = ESC_MAX_DEREFS;
  if (l->seen != g->search)
    {
      l->seen = g->search;
      l->seen_derefs = 0;
    }
  unsigned bit = 1u << (derefs + 1);
  if (l->seen_derefs & bit)
    return;
  l->seen_derefs |= bit;
  t->open |= l->escapes;
  if (derefs < 0)
    {
      stack_push (&t->pointees, l, 0);
      return;
    }
  if (l->kind == ESC_PARAM)
    {
      if (t->release)
        l->released |= 1u << derefs;
      struct esc_location *c = esc_param_content (g, l, derefs);
      if (c == &g->heap)
        t->open = true;
      else
        stack_push (&t->pointees, c, 0);
    }
  stack_push (todo, l, derefs);
}

/* Add to T what PTR, dereferenced DEREFS times, points to and the search in
   progress has not come to yet.  */
static void
search_more (struct esc_graph *g, struct esc_location *ptr, int derefs,
             struct targets *t, struct stack *todo)
{
  todo->n = 0;
  search_visit (g, todo, t, ptr, derefs);
  while (todo->n)
    {
      struct visit v = stack_pop (todo);
      for (struct esc_edge *e = v.l->edges; e; e = e->next)
        {
          search_visit (g, todo, t, e->src, v.derefs + e->derefs);
          /* The greatest count stands for all above.  */
          if (t->release && v.derefs == ESC_MAX_DEREFS && e->derefs < 0)
            search_visit (g, todo, t, e->src, v.derefs);
        }
    }
}

/* Find what PTR, dereferenced DEREFS times, points to.  */
static void
search_targets (struct esc_graph *g, struct esc_location *ptr, int derefs,
                struct targets *t, struct stack *todo)
{
  g->search++;
  t->pointees.n = 0;
  t->open = false;
  search_more (g, ptr, derefs, t, todo);
}

/* Flow store S into the targets T.  Returns whether an edge is new.  */
static bool
store_flow (struct esc_graph *g, const struct esc_store *s,
            const struct targets *t)
{
  bool changed = false;

  for (size_t i = 0; i < t->pointees.n; i++)
    {
      struct esc_location *target = t->pointees.items[i].l;
      if (target->kind == ESC_CONTENT && s->src->bytes)
        {
          /* Single bytes of a pointer: the caller cannot follow them.  */
          changed |= esc_flow (g, target, &g->unknown, 0, s->note);
          changed |= esc_flow (g, &g->byte_heap, s->src, s->derefs, s->note);
        }
      else if (target->escapes && s->src->bytes)
        ; /* Part of the heap, so that T is open: bytes go to bytes.  */
      else
        changed |= esc_flow (g, target, s->src, s->derefs, s->note);
    }
  if (t->open)
    changed |= esc_flow (g, s->src->bytes ? &g->byte_heap : &g->heap, s->src,
                         s->derefs, s->note);
  return changed;
}

/* Turn all stores into flows.  */
static void
resolve_stores (struct esc_graph *g)
{
  struct targets t = { 0 };
  struct stack todo = { 0 };
  bool changed;

  do
    {
      changed = false;
      for (struct esc_location *l = g->locations; l; l = l->next)
        for (int d = 0; l->stores && d <= ESC_MAX_DEREFS; d++)
          {
            bool searched = false;
            for (struct esc_store *s = l->stores; s; s = s->next)
              if (s->ptr_derefs == d)
                {
                  if (!searched)
                    search_targets (g, l, d, &t, &todo);
                  searched = true;
                  changed |= store_flow (g, s, &t);
                }
          }
    }
  while (changed);
  free (t.pointees.items);
  free (todo.items);
}

/* T is what R may free.  */
static void
release_record (struct esc_graph *g, struct esc_release *r,
                const struct targets *t)
{
  r->open = t->open;
  r->npointees = 0;
  r->pointees = esc_graph_alloc (g, t->pointees.n * sizeof *r->pointees);
  for (size_t i = 0; i < t->pointees.n; i++)
    if (!t->pointees.items[i].l->escapes)
      r->pointees[r->npointees++] = t->pointees.items[i].l;
}

/* Find what each release may free, and which parameters lead there.  The joint
   ones, which may be many, make one search.  */
static void
resolve_releases (struct esc_graph *g)
{
  struct targets t = { .release = true };
  struct stack todo = { 0 };

  g->search++;
  for (struct esc_release *r = g->releases; r; r = r->next)
    if (r->joint)
      {
        t.pointees.n = 0;
        search_more (g, r->ptr, r->derefs, &t, &todo);
        release_record (g, r, &t);
      }
  for (struct esc_release *r = g->releases; r; r = r->next)
    if (!r->joint)
      {
        search_targets (g, r->ptr, r->derefs, &t, &todo);
        release_record (g, r, &t);
      }
  free (t.pointees.items);
  free (todo.items);
}

/* Whether values stored in ROOT can survive OTHER if OTHER stays on the
   stack.  */
static bool
outlives (const struct esc_location *root, const struct esc_location *other)
{
  switch (root->kind)
    {
    case ESC_HEAP:
    case ESC_BYTE_HEAP:
    case ESC_RESULT:
    case ESC_CONTENT:
      return true;
    case ESC_PARAM:
      /* The value on entry: callers within the component wrote it, and their
         locals outlive the call.  */
      return root->escapes;
    default:
      return root->escapes
             || (root->function == other->function
                 && root->depth < other->depth);
    }
}

/* Whether what flows into ROOT counts as flowing to the heap.  */
static bool
is_heap (const struct esc_location *root)
{
  return root->kind == ESC_HEAP || root->escapes;
}

/* Whether a walk from ROOT can find anything.  */
static bool
is_root (const struct esc_graph *g, const struct esc_location *l)
{
  if (!l->edges)
    return false;
  switch (l->kind)
    {
    case ESC_UNKNOWN:
    case ESC_PARAM:
      return false;
    case ESC_HEAP:
    case ESC_BYTE_HEAP:
    case ESC_RESULT:
    case ESC_CONTENT:
      return true;
    default:
      return l->escapes || l->depth < g->max_depths[l->function];
    }
}

/* The way from L to ROOT that the walk in progress found.  */
static struct esc_path *
path_record (struct esc_graph *g, const struct esc_location *root,
             const struct esc_location *l)
{
  const struct esc_step *s;
  size_t n = 0;

  for (s = l->step; s; s = s->next)
    n++;
  struct esc_path *path
      = esc_graph_alloc (g, sizeof *path + n * sizeof path->hops[0]);
  path->sink = root;
  path->loop = !root->escapes
               && (root->kind == ESC_VAR || root->kind == ESC_OBJECT
                   || root->kind == ESC_TEMP);
  for (s = l->step; s; s = s->next)
    path->hops[path->nhops++] = s->edge;
  return path;
}

/* The walk in progress comes by E, whose destination it has reached.  A step
   never changes: when a location is reached again with fewer loads, maybe by
   way of itself, the ways that led through it before stay what they were.  */
static const struct esc_step *
step_record (struct esc_graph *g, const struct esc_edge *e)
{
  struct esc_step *s = esc_graph_alloc (g, sizeof *s);

  s->edge = e;
  s->next = e->dst->step;
  return s;
}

/* What is known of the flow of parameter L to CONTENT.  */
static struct esc_content *
content_leak (struct esc_graph *g, const struct esc_location *content,
              struct esc_location *l)
{
  struct esc_content *c;

  for (c = l->contents; c; c = c->next)
    if (c->content == content)
      return c;
  c = esc_graph_alloc (g, sizeof *c);
  c->content = content;
  c->derefs = -1;
  c->next = l->contents;
  l->contents = c;
  return c;
}

/* Note that parameter L, dereferenced DEREFS times, flows to ROOT.  */
static void
leak_record (struct esc_graph *g, const struct esc_location *root,
             struct esc_location *l, int derefs)
{
  int *least;
  struct esc_path **path = NULL;

  if (root->kind == ESC_CONTENT && root->function == l->function)
    {
      struct esc_content *c = content_leak (g, root, l);
      least = &c->derefs;
      path = &c->path;
    }
  else if (is_heap (root))
    {
      least = &l->leaks.heap;
      path = &l->heap_path;
    }
  else if (root->kind == ESC_BYTE_HEAP)
    least = &l->leaks.byte_heap;
  else if (root->kind == ESC_RESULT && root->function == l->function)
    {
      least = &l->leaks.result;
      path = &l->result_path;
    }
  else
    return;
  if (*least >= 0 && *least <= derefs)
    return;
  *least = derefs;
  if (g->explain && path)
    *path = path_record (g, root, l);
}

/* Walk from ROOT against the edges.  What escapes goes on TODO.  */
static void
walk_one (struct esc_graph *g, struct esc_location *root, struct stack *todo,
          struct stack *heaps)
{
  bool heap = is_heap (root);

  g->walk++;
  root->walk = g->walk;
  root->derefs = 0;
  root->step = NULL;
  todo->n = 0;
  stack_push (todo, root, 0);
  while (todo->n)
    {
      struct esc_location *l = stack_pop (todo).l;
      bool address_of = l->derefs < 0;
      /* "root = &l; l = x": x is reachable from root, as if copied.  */
      int derefs = address_of ? 0 : l->derefs;

      if (l != root && outlives (root, l))
        {
          if (l->kind == ESC_PARAM)
            leak_record (g, root, l, derefs);
          if (address_of && !l->escapes
              && (l->kind == ESC_VAR || l->kind == ESC_OBJECT))
            {
              l->escapes = true;
              if (g->explain)
                l->path = path_record (g, root, l);
              stack_push (heaps, l, 0);
              continue;
            }
        }
      for (struct esc_edge *e = l->edges; e; e = e->next)
        {
          struct esc_location *src = e->src;
          int d = derefs + e->derefs;

          if (src->escapes || src == root)
            continue;
          if (d > ESC_MAX_DEREFS)
            d = ESC_MAX_DEREFS;
          if (src->round == g->round && src->heap_derefs <= d)
            continue; /* .inv.heap */
          if (src->walk == g->walk && src->derefs <= d)
            continue;
          src->walk = g->walk;
          src->derefs = d;
          if (g->explain)
            src->step = step_record (g, e);
          if (heap && d >= 0)
            {
              src->round = g->round;
              src->heap_derefs = d;
            }
          stack_push (todo, src, 0);
        }
    }
}

/* Walk from every heap on HEAPS, and from those that this finds.  */
static void
walk_heaps (struct esc_graph *g, struct stack *heaps, struct stack *todo)
{
  while (heaps->n)
    walk_one (g, stack_pop (heaps).l, todo, heaps);
}

/* Walk from the sink ROOT, then from what escapes by it.  Returns whether
   anything does.  */
static bool
walk_root (struct esc_graph *g, struct esc_location *root,
           struct stack *heaps, struct stack *todo)
{
  walk_one (g, root, todo, heaps);
  if (!heaps->n)
    return false;
  walk_heaps (g, heaps, todo);
  return true;
}

/* How early a walk from L comes, for the sake of who reads why.  */
static int
root_rank (const struct esc_location *l)
{
  switch (l->kind)
    {
    case ESC_RESULT:
    case ESC_CONTENT:
      return 0;
    case ESC_TEMP:
      return 2;
    default:
      return 1;
    }
}

/* Walk from all roots.  Returns whether something new escapes.  */
static bool
walk_all (struct esc_graph *g)
{
  struct stack heaps = { 0 };
  struct stack todo = { 0 };
  bool changed;

  g->round++;
  /* Those that are known come first: .inv.heap then prunes the others.  */
  for (struct esc_location *l = g->locations; l; l = l->next)
    if (l->escapes)
      stack_push (&heaps, l, 0);
  walk_heaps (g, &heaps, &todo);
  changed = walk_root (g, &g->heap, &heaps, &todo);
  changed |= walk_root (g, &g->byte_heap, &heaps, &todo);
  /* "Returned" tells more than "declared outside the loop", and a variable
     there more than a value read from it.  */
  for (int rank = 0; rank < 3; rank++)
    for (struct esc_location *l = g->locations; l; l = l->next)
      if (is_root (g, l) && !l->escapes && root_rank (l) == rank)
        changed |= walk_root (g, l, &heaps, &todo);
  free (heaps.items);
  free (todo.items);
  return changed;
}

void
esc_solve (struct esc_graph *g)
{
  walk_all (g);
  do
    resolve_stores (g);
  while (walk_all (g));
  resolve_releases (g);
}
