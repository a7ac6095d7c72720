/* call.c: calls whose effects are not in the graph yet.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.  */

#include "call.h"

#include <limits.h>
#include <string.h>

struct esc_call *
esc_call_create (struct esc_graph *g, int function, const char *target,
                 int nargs, struct esc_note note)
{
  struct esc_call *c
      = esc_graph_alloc (g, sizeof *c + nargs * sizeof c->args[0]);
  char *copy = esc_graph_alloc (g, strlen (target) + 1);

  strcpy (copy, target);
  c->target = copy;
  c->function = function;
  c->note = note;
  c->nargs = nargs;
  c->next = g->calls;
  g->calls = c;
  return c;
}

/* CALL's argument for parameter I of NPARAMS, the last two of which are the
   variable arguments and the static chain.  */
static struct esc_location *
call_argument (struct esc_graph *g, const struct esc_call *call, int i,
               int nparams)
{
  struct esc_location *all = NULL;

  if (i == nparams - 1)
    return call->chain;
  if (i < nparams - 2)
    return i < call->nargs ? call->args[i] : NULL;
  for (int k = nparams - 2; k < call->nargs; k++)
    if (call->args[k])
      {
        if (!all)
          all = esc_location_create (g, ESC_TEMP, call->function, INT_MAX,
                                     NULL);
        esc_flow (g, all, call->args[k], 0, call->note);
      }
  return all;
}

void
esc_call_bind (struct esc_graph *g, const struct esc_call *call,
               struct esc_location *const *params, int nparams,
               struct esc_location *result)
{
  for (int i = 0; i < nparams; i++)
    {
      struct esc_location *arg = call_argument (g, call, i, nparams);
      if (arg)
        esc_flow (g, params[i], arg, 0, call->note);
    }
  if (call->result)
    esc_flow (g, call->result, result, 0,
              (struct esc_note){ "call result", call->note.where });
}

void
esc_call_apply (struct esc_graph *g, const struct esc_call *call,
                const struct esc_tags *tags)
{
  struct esc_location *args[tags->nparams + 1];

  for (int i = 0; i < tags->nparams; i++)
    args[i] = call_argument (g, call, i, tags->nparams);
  esc_tags_apply (g, tags, args, call->result, call->note);
  if (call->result)
    esc_flow (g, call->result, &g->unknown, 0, call->note);
}

void
esc_call_leak (struct esc_graph *g, const struct esc_call *call)
{
  for (int i = 0; i < call->nargs; i++)
    if (call->args[i])
      esc_flow (g, &g->heap, call->args[i], 0, call->note);
  if (call->chain)
    esc_flow (g, &g->heap, call->chain, 0, call->note);
  if (call->result)
    esc_flow (g, call->result, &g->unknown, 0, call->note);
}
