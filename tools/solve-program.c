/* solve-program.c: escape analysis of a whole program.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   All functions are solved together, as the plugin does those of one file: in
   strongly connected components, callees first.  A call through a pointer is
   a call of every function in the program that has the pointer's type and
   whose address is taken; a type is a node of the call graph, too.  */

#include "program.h"

#include "escape/body.h"
#include "escape/call.h"
#include "escape/components.h"
#include "escape/libc.h"
#include "escape/solve.h"
#include "escape/spec.h"

#include <stdlib.h>
#include <string.h>

static void
add_successor (struct esc_successors *s, int node)
{
  GROW (s->nodes, s->n);
  s->nodes[s->n++] = node;
}

/* The nodes that node N's calls lead to.  */
static struct esc_successors
successors (const struct node *n)
{
  struct esc_successors s = { 0 };

  for (int i = 0; i < n->nmembers; i++)
    for (int k = 0; k < n->members[i]->nnodes; k++)
      add_successor (&s, n->members[i]->nodes[k]);
  for (const char *line = n->text; line && strchr ("LESRC", *line) && *line;
       line += strcspn (line, "\n") + 1)
    if (*line == 'C')
      {
        struct name *target
            = name_find ("", line + 2, strcspn (line + 2, " \n"), false);
        for (int k = 0; target && k < target->nnodes; k++)
          add_successor (&s, target->nodes[k]);
      }
  return s;
}

/* The tags of NAME, a function that the program does not have, with NPARAMS
   parameters: what the table of the C library says, if it is there.  */
static struct esc_tags *
foreign_tags (const struct name *name, int nparams)
{
  const struct esc_libc_function *known = esc_libc_lookup (name->text);
  struct esc_location *params[nparams];
  struct esc_graph g;

  if (!known)
    return esc_tags_unknown (nparams);
  esc_graph_init (&g, 1, false);
  struct esc_location *result
      = esc_location_create (&g, ESC_RESULT, 0, 0, NULL);
  for (int i = 0; i < nparams; i++)
    {
      params[i] = esc_location_create (&g, ESC_PARAM, 0, 0, NULL);
      params[i]->param = i;
    }
  struct esc_spec_call call = { .args = params, .nargs = nparams - 1,
                                .result = result };
  esc_spec_apply (&g, known->spec, &call);
  esc_solve (&g);
  struct esc_tags *tags = esc_tags_extract (&g, 0, params, nparams);
  esc_graph_finish (&g);
  return tags;
}

/* CALL runs NODE.  */
static void
resolve_node (struct esc_graph *g, const struct esc_call *call,
              const struct node *n)
{
  if (n->text && n->place >= 0)
    esc_call_bind (g, call, n->params, n->nparams, n->result);
  else if (n->tags)
    esc_call_apply (g, call, n->tags);
  else
    esc_call_leak (g, call);
}

static void
resolve_call (struct esc_graph *g, const struct esc_call *call)
{
  struct name *target
      = name_find ("", call->target, strlen (call->target), false);

  if (!target || !target->nnodes)
    {
      esc_call_leak (g, call);
      return;
    }
  const struct node *n = &program.nodes[target->nodes[0]];
  if (n->text || n->tags)
    for (int i = 0; i < target->nnodes; i++)
      resolve_node (g, call, &program.nodes[target->nodes[i]]);
  else if (n->foreign || n->place < 0)
    esc_call_leak (g, call);
  else
    /* A type of this component.  */
    for (int i = 0; i < n->nmembers; i++)
      {
        if (!n->members[i]->nnodes)
          {
            struct esc_tags *tags = foreign_tags (n->members[i], n->nparams);
            esc_call_apply (g, call, tags);
            esc_tags_free (tags);
          }
        for (int k = 0; k < n->members[i]->nnodes; k++)
          resolve_node (g, call, &program.nodes[n->members[i]->nodes[k]]);
      }
}

/* Set the tags of the type N from those of its members.  */
static void
solve_type (struct node *n)
{
  n->tags = NULL;
  if (n->foreign)
    n->tags = esc_tags_unknown (n->nparams);
  for (int i = 0; i < n->nmembers && !n->foreign; i++)
    for (int k = 0; k < n->members[i]->nnodes || k == 0; k++)
      {
        struct name *member = n->members[i];
        struct esc_tags *old = n->tags;
        struct esc_tags *unknown = NULL;
        struct esc_tags *tags = member->nnodes ? program.nodes[member->nodes[k]].tags
                                               : NULL;
        if (!tags)
          tags = unknown = foreign_tags (member, n->nparams);
        n->tags = esc_tags_join (old ? old : tags, tags);
        if (old)
          esc_tags_free (old);
        if (unknown)
          esc_tags_free (unknown);
      }
}

/* Solve the component MEMBERS.  */
static void
solve_component (const int *members, int n)
{
  struct esc_graph g;
  int nbodies = 0;

  esc_graph_init (&g, n, false);
  for (int i = 0; i < n; i++)
    {
      struct node *node = &program.nodes[members[i]];
      node->place = i;
      if (!node->text)
        continue;
      nbodies++;
      node->params = xrealloc (NULL, node->nparams * sizeof *node->params);
      if (!esc_body_read (&g, node->text, i, node->params, node->nparams,
                          &node->result))
        fail ("the text of function %s is damaged", node->name->text);
    }
  if (nbodies)
    {
      for (struct esc_call *c = g.calls; c; c = c->next)
        resolve_call (&g, c);
      esc_solve (&g);
    }
  for (int i = 0; i < n; i++)
    {
      struct node *node = &program.nodes[members[i]];
      if (node->text)
        {
          node->tags = esc_tags_extract (&g, i, node->params, node->nparams);
          free (node->params);
        }
    }
  for (int i = 0; i < n; i++)
    {
      struct node *node = &program.nodes[members[i]];
      if (!node->text)
        solve_type (node);
      node->place = -1;
    }
  esc_graph_finish (&g);
}

void
program_solve (void)
{
  struct esc_successors *to = xrealloc (NULL, program.nnodes * sizeof *to);
  int *order = xrealloc (NULL, 2 * program.nnodes * sizeof *order);

  for (int i = 0; i < program.nnodes; i++)
    {
      program.nodes[i].foreign |= program.all_foreign && !program.nodes[i].text;
      to[i] = successors (&program.nodes[i]);
    }
  int n = esc_components (program.nnodes, to, order);
  for (int i = 0, start = 0; i < n; i++)
    if (order[i] < 0)
      {
        solve_component (order + start, i - start);
        start = i + 1;
      }
  for (int i = 0; i < program.nnodes; i++)
    free (to[i].nodes);
  free (to);
  free (order);
}
