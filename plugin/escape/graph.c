/* graph.c: building the data-flow graph.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   Everything in a graph comes from its chunks and goes with them.  Edges are
   also kept in one hash table, so that the solver sees at once whether an
   edge is new: that is what its fixed point is measured by.  */

#include "graph.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_NBYTES ((size_t) 64 << 10)
#define FIRST_TABLE_SIZE 256

struct esc_chunk
{
  struct esc_chunk *next;
  size_t nbytes;
  size_t nused;
  _Alignas (max_align_t) char memory[];
};

static void *
xcalloc (size_t n, size_t nbytes)
{
  void *p = calloc (n, nbytes);
  if (!p)
    {
      fprintf (stderr, "cairn: out of memory in escape analysis\n");
      exit (1);
    }
  return p;
}

void *
esc_graph_alloc (struct esc_graph *g, size_t nbytes)
{
  struct esc_chunk *c = g->chunks;
  size_t align = _Alignof (max_align_t);

  nbytes = (nbytes + align - 1) & -align;
  if (!c || c->nbytes - c->nused < nbytes)
    {
      size_t room = nbytes > CHUNK_NBYTES ? nbytes : CHUNK_NBYTES;
      c = xcalloc (1, sizeof *c + room);
      c->nbytes = room;
      c->next = g->chunks;
      g->chunks = c;
    }
  c->nused += nbytes;
  return c->memory + c->nused - nbytes;
}

void
esc_graph_init (struct esc_graph *g, int nfunctions, bool explain)
{
  memset (g, 0, sizeof *g);
  g->nfunctions = nfunctions;
  g->explain = explain;
  g->heap.kind = ESC_HEAP;
  g->byte_heap.kind = ESC_BYTE_HEAP;
  g->unknown.kind = ESC_UNKNOWN;
  g->heap.function = g->byte_heap.function = g->unknown.function = -1;
  g->max_depths = esc_graph_alloc (g, nfunctions * sizeof *g->max_depths);
  g->edge_table_size = FIRST_TABLE_SIZE;
  g->edge_table = xcalloc (g->edge_table_size, sizeof *g->edge_table);
}

void
esc_graph_finish (struct esc_graph *g)
{
  while (g->chunks)
    {
      struct esc_chunk *c = g->chunks;
      g->chunks = c->next;
      free (c);
    }
  free (g->edge_table);
  memset (g, 0, sizeof *g);
}

struct esc_location *
esc_location_create (struct esc_graph *g, enum esc_kind kind, int function,
                     int depth, const void *entity)
{
  struct esc_location *l = esc_graph_alloc (g, sizeof *l);

  l->kind = kind;
  l->function = function;
  l->depth = depth;
  l->entity = entity;
  l->leaks.heap = l->leaks.byte_heap = l->leaks.result = -1;
  l->next = g->locations;
  g->locations = l;
  if (kind == ESC_VAR || kind == ESC_OBJECT)
    esc_location_deepen (g, l, depth);
  return l;
}

void
esc_location_deepen (struct esc_graph *g, struct esc_location *l, int depth)
{
  if (depth > l->depth)
    l->depth = depth;
  if (depth > g->max_depths[l->function])
    g->max_depths[l->function] = depth;
}

struct esc_location *
esc_param_content (struct esc_graph *g, struct esc_location *p, int level)
{
  if (level >= ESC_MAX_LEVELS)
    return &g->heap;
  if (!p->content[level])
    {
      struct esc_location *c
          = esc_location_create (g, ESC_CONTENT, p->function, 0, p->entity);
      c->param = p->param;
      c->level = level;
      p->content[level] = c;
    }
  return p->content[level];
}

static size_t
edge_hash (const struct esc_location *dst, const struct esc_location *src,
           int derefs)
{
  uint64_t h = (uintptr_t) dst >> 4;

  h = (h * 31 + ((uintptr_t) src >> 4)) * 31 + (unsigned) derefs;
  h *= UINT64_C (0x9e3779b97f4a7c15);
  return h >> 32;
}

/* The slot of the edge (DST, SRC, DEREFS) in TABLE: the edge, or the empty
   slot where it belongs.  */
static struct esc_edge **
edge_slot (struct esc_edge **table, size_t size,
           const struct esc_location *dst, const struct esc_location *src,
           int derefs)
{
  size_t i = edge_hash (dst, src, derefs) & (size - 1);

  while (table[i]
         && !(table[i]->dst == dst && table[i]->src == src
              && table[i]->derefs == derefs))
    i = (i + 1) & (size - 1);
  return &table[i];
}

static void
edge_table_grow (struct esc_graph *g)
{
  size_t size = g->edge_table_size * 2;
  struct esc_edge **table = xcalloc (size, sizeof *table);

  for (size_t i = 0; i < g->edge_table_size; i++)
    if (g->edge_table[i])
      {
        struct esc_edge *e = g->edge_table[i];
        *edge_slot (table, size, e->dst, e->src, e->derefs) = e;
      }
  free (g->edge_table);
  g->edge_table = table;
  g->edge_table_size = size;
}

bool
esc_flow (struct esc_graph *g, struct esc_location *dst,
          struct esc_location *src, int derefs, struct esc_note note)
{
  /* A location gives itself nothing new by a copy; nothing is known of what
     loads from the unknown give, which is unknown again.  */
  if (dst == src && derefs == 0)
    return false;
  if (src == &g->unknown)
    derefs = 0;
  if (derefs > ESC_MAX_DEREFS)
    derefs = ESC_MAX_DEREFS;
  if (src == &g->unknown && (dst == &g->heap || dst == &g->byte_heap))
    return false;

  struct esc_edge **slot = edge_slot (g->edge_table, g->edge_table_size, dst,
                                      src, derefs);
  if (*slot)
    return false;

  struct esc_edge *e = esc_graph_alloc (g, sizeof *e);
  e->dst = dst;
  e->src = src;
  e->derefs = derefs;
  e->note = note;
  e->next = dst->edges;
  dst->edges = e;
  *slot = e;
  if (++g->nedges * 2 > g->edge_table_size)
    edge_table_grow (g);
  return true;
}

void
esc_store (struct esc_graph *g, struct esc_location *ptr, int ptr_derefs,
           struct esc_location *src, int derefs, struct esc_note note)
{
  /* Memory of which nothing is known, a global for one, needs no search.  */
  if (ptr == &g->unknown)
    {
      esc_flow (g, src->bytes ? &g->byte_heap : &g->heap, src, derefs, note);
      return;
    }
  if (src == &g->unknown)
    for (struct esc_store *s = ptr->stores; s; s = s->next)
      if (s->src == src && s->ptr_derefs == ptr_derefs)
        return;

  struct esc_store *s = esc_graph_alloc (g, sizeof *s);
  s->ptr_derefs = ptr_derefs;
  s->src = src;
  s->derefs = derefs;
  s->note = note;
  s->next = ptr->stores;
  ptr->stores = s;
}

void
esc_release (struct esc_graph *g, struct esc_location *ptr, int derefs,
             bool joint, struct esc_note note)
{
  /* What does not escape is not there.  */
  if (ptr == &g->unknown)
    return;

  struct esc_release *r = esc_graph_alloc (g, sizeof *r);
  r->ptr = ptr;
  r->derefs = derefs;
  r->joint = joint;
  r->note = note;
  r->next = g->releases;
  g->releases = r;
}
