/* tags.c: summaries of solved functions, and calls made from them.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.  */

#include "tags.h"

#include <stdio.h>
#include <stdlib.h>

static void *
xrealloc (void *p, size_t nbytes)
{
  p = realloc (p, nbytes);
  if (!p)
    {
      fprintf (stderr, "cairn: out of memory in escape analysis\n");
      exit (1);
    }
  return p;
}

static void
tag_add_content (struct esc_tag *tag, struct esc_content_leak leak)
{
  for (int i = 0; i < tag->ncontents; i++)
    {
      struct esc_content_leak *c = &tag->contents[i];
      if (c->param == leak.param && c->level == leak.level)
        {
          if (leak.derefs < c->derefs)
            c->derefs = leak.derefs;
          return;
        }
    }
  tag->contents = xrealloc (tag->contents, (tag->ncontents + 1)
                                               * sizeof *tag->contents);
  tag->contents[tag->ncontents++] = leak;
}

struct esc_tags *
esc_tags_extract (const struct esc_graph *g, int function,
                  struct esc_location *const *params, int nparams)
{
  struct esc_tags *tags
      = xrealloc (NULL, sizeof *tags + nparams * sizeof tags->params[0]);

  (void) g;
  tags->nparams = nparams;
  for (int i = 0; i < nparams; i++)
    {
      struct esc_tag *tag = &tags->params[i];
      const struct esc_location *p = params[i];

      tag->leaks = p->leaks;
      /* A longer way than the one to the heap tells nothing more.  */
      if (tag->leaks.heap >= 0 && tag->leaks.result >= tag->leaks.heap)
        tag->leaks.result = -1;
      if (tag->leaks.heap >= 0 && tag->leaks.byte_heap >= tag->leaks.heap)
        tag->leaks.byte_heap = -1;
      tag->written = 0;
      tag->released = p->released;
      tag->ncontents = 0;
      tag->contents = NULL;
      for (int level = 0; level < ESC_MAX_LEVELS; level++)
        if (p->content[level] && p->content[level]->edges)
          tag->written |= 1u << level;
      for (const struct esc_content *c = p->contents; c; c = c->next)
        if (c->content->function == function
            && !(p->leaks.heap >= 0 && p->leaks.heap <= c->derefs))
          {
            struct esc_content_leak leak
                = { c->content->param, c->content->level, c->derefs };
            tag_add_content (tag, leak);
          }
    }
  return tags;
}

void
esc_tags_free (struct esc_tags *tags)
{
  for (int i = 0; i < tags->nparams; i++)
    free (tags->params[i].contents);
  free (tags);
}

void
esc_tags_apply (struct esc_graph *g, const struct esc_tags *tags,
                struct esc_location *const *args, struct esc_location *result,
                struct esc_note note)
{
  for (int i = 0; i < tags->nparams; i++)
    {
      const struct esc_tag *tag = &tags->params[i];
      struct esc_location *arg = args[i];

      if (!arg)
        continue;
      if (tag->leaks.heap >= 0)
        esc_flow (g, &g->heap, arg, tag->leaks.heap, note);
      if (tag->leaks.byte_heap >= 0)
        esc_flow (g, &g->byte_heap, arg, tag->leaks.byte_heap, note);
      if (tag->leaks.result >= 0 && result)
        esc_flow (g, result, arg, tag->leaks.result, note);
      for (int level = 0; level < ESC_MAX_LEVELS; level++)
        if (tag->written & (1u << level))
          esc_store (g, arg, level, &g->unknown, 0, note);
      for (int d = 0; d <= ESC_MAX_DEREFS; d++)
        if (tag->released & (1u << d))
          esc_release (g, arg, d, true, note);
      for (int k = 0; k < tag->ncontents; k++)
        {
          const struct esc_content_leak *c = &tag->contents[k];
          /* A null pointer has no content to store in.  */
          if (args[c->param])
            esc_store (g, args[c->param], c->level, arg, c->derefs, note);
        }
    }
}
