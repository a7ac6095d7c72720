/* tags.c: summaries of solved functions, and calls made from them.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.  */

#include "tags.h"

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

/* New tags of NPARAMS parameters that do nothing.  */
static struct esc_tags *
tags_create (int nparams)
{
  static const struct esc_leaks none = { -1, -1, -1 };
  struct esc_tags *tags
      = xrealloc (NULL, sizeof *tags + nparams * sizeof tags->params[0]);

  tags->nparams = nparams;
  for (int i = 0; i < nparams; i++)
    tags->params[i] = (struct esc_tag){ .leaks = none };
  return tags;
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
  struct esc_tags *tags = tags_create (nparams);

  (void) g;
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
      tag->released = p->released;
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

struct esc_tags *
esc_tags_unknown (int nparams)
{
  struct esc_tags *tags = tags_create (nparams);

  for (int i = 0; i < nparams; i++)
    tags->params[i].leaks.heap = 0;
  return tags;
}

/* Whether leaking with WORSE loads, -1 being never, covers leaking with
   DEREFS.  */
static bool
leak_covers (int worse, int derefs)
{
  return derefs < 0 || (worse >= 0 && worse <= derefs);
}

static bool
tag_covers (const struct esc_tag *worse, const struct esc_tag *tag)
{
  int heap = worse->leaks.heap;

  /* What leaks to the heap is written by anybody, and everywhere.  */
  if (!leak_covers (heap, tag->leaks.heap)
      || !(leak_covers (heap, tag->leaks.byte_heap)
           || leak_covers (worse->leaks.byte_heap, tag->leaks.byte_heap))
      || !(leak_covers (heap, tag->leaks.result)
           || leak_covers (worse->leaks.result, tag->leaks.result)))
    return false;
  for (int level = 0; level < ESC_MAX_LEVELS; level++)
    if ((tag->written & 1u << level) && !(worse->written & 1u << level)
        && !(heap >= 0 && heap <= level))
      return false;
  for (int d = 0; d <= ESC_MAX_DEREFS; d++)
    if ((tag->released & 1u << d) && !(worse->released & 1u << d)
        && !(heap >= 0 && heap <= d))
      return false;
  for (int i = 0; i < tag->ncontents; i++)
    {
      const struct esc_content_leak *c = &tag->contents[i];
      bool covered = leak_covers (heap, c->derefs);
      for (int k = 0; k < worse->ncontents; k++)
        covered |= worse->contents[k].param == c->param
                   && worse->contents[k].level == c->level
                   && worse->contents[k].derefs <= c->derefs;
      if (!covered)
        return false;
    }
  return true;
}

bool
esc_tags_cover (const struct esc_tags *worse, const struct esc_tags *tags)
{
  if (worse->nparams != tags->nparams)
    return false;
  for (int i = 0; i < tags->nparams; i++)
    if (!tag_covers (&worse->params[i], &tags->params[i]))
      return false;
  return true;
}

/* The lesser of two counts, -1 being never.  */
static int
least (int a, int b)
{
  return a < 0 ? b : b < 0 || a < b ? a : b;
}

struct esc_tags *
esc_tags_join (const struct esc_tags *a, const struct esc_tags *b)
{
  if (a->nparams != b->nparams)
    return esc_tags_unknown (a->nparams > b->nparams ? a->nparams
                                                     : b->nparams);
  struct esc_tags *tags = tags_create (a->nparams);
  for (int i = 0; i < tags->nparams; i++)
    {
      const struct esc_tag *x = &a->params[i], *y = &b->params[i];
      struct esc_tag *tag = &tags->params[i];
      tag->leaks.heap = least (x->leaks.heap, y->leaks.heap);
      tag->leaks.byte_heap = least (x->leaks.byte_heap, y->leaks.byte_heap);
      tag->leaks.result = least (x->leaks.result, y->leaks.result);
      tag->written = x->written | y->written;
      tag->released = x->released | y->released;
      for (int k = 0; k < x->ncontents; k++)
        tag_add_content (tag, x->contents[k]);
      for (int k = 0; k < y->ncontents; k++)
        tag_add_content (tag, y->contents[k]);
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

static void
tag_print (FILE *f, const struct esc_tag *tag)
{
  const char *comma = "";

#define ITEM(...) (fputs (comma, f), fprintf (f, __VA_ARGS__), comma = ",")
  if (tag->leaks.heap >= 0)
    ITEM ("h%d", tag->leaks.heap);
  if (tag->leaks.byte_heap >= 0)
    ITEM ("b%d", tag->leaks.byte_heap);
  if (tag->leaks.result >= 0)
    ITEM ("r%d", tag->leaks.result);
  for (int level = 0; level < ESC_MAX_LEVELS; level++)
    if (tag->written & (1u << level))
      ITEM ("w%d", level);
  for (int d = 0; d <= ESC_MAX_DEREFS; d++)
    if (tag->released & (1u << d))
      ITEM ("f%d", d);
  for (int i = 0; i < tag->ncontents; i++)
    ITEM ("c%d.%d.%d", tag->contents[i].param, tag->contents[i].level,
          tag->contents[i].derefs);
#undef ITEM
  if (!*comma)
    fputc ('.', f);
}

void
esc_tags_print (FILE *f, const struct esc_tags *tags)
{
  for (int i = 0; i < tags->nparams; i++)
    {
      if (i)
        fputc (' ', f);
      tag_print (f, &tags->params[i]);
    }
}

/* Read a number of at most MAX at *S, which is advanced; -1 if there is none.
 */
static int
parse_number (const char **s, int max)
{
  char *end;
  long n = **s >= '0' && **s <= '9' ? strtol (*s, &end, 10) : -1;

  if (n < 0 || n > max)
    return -1;
  *s = end;
  return n;
}

/* Read one item of TAG at *S, which is advanced.  */
static bool
parse_item (const char **s, struct esc_tag *tag, int nparams)
{
  char kind = *(*s)++;
  int n = parse_number (s, kind == 'c'   ? nparams - 1
                           : kind == 'w' ? ESC_MAX_LEVELS - 1
                                         : ESC_MAX_DEREFS);
  struct esc_content_leak leak = { n, -1, -1 };

  if (n < 0)
    return false;
  switch (kind)
    {
    case 'h':
      tag->leaks.heap = n;
      return true;
    case 'b':
      tag->leaks.byte_heap = n;
      return true;
    case 'r':
      tag->leaks.result = n;
      return true;
    case 'w':
      tag->written |= 1u << n;
      return true;
    case 'f':
      tag->released |= 1u << n;
      return true;
    case 'c':
      if (*(*s)++ != '.'
          || (leak.level = parse_number (s, ESC_MAX_LEVELS - 1)) < 0
          || *(*s)++ != '.'
          || (leak.derefs = parse_number (s, ESC_MAX_DEREFS)) < 0)
        return false;
      tag_add_content (tag, leak);
      return true;
    default:
      return false;
    }
}

/* Read one word at *S, which is advanced.  */
static bool
parse_word (const char **s, struct esc_tag *tag, int nparams)
{
  if (**s == '.')
    {
      ++*s;
      return true;
    }
  for (;; ++*s)
    {
      if (!parse_item (s, tag, nparams))
        return false;
      if (**s != ',')
        return true;
    }
}

struct esc_tags *
esc_tags_parse (const char *text)
{
  int nparams = *text != '\0' && *text != '\n';
  struct esc_tags *tags;

  for (const char *s = text; *s && *s != '\n'; s++)
    nparams += *s == ' ';
  tags = tags_create (nparams);
  for (int i = 0; i < nparams; i++)
    {
      if (!parse_word (&text, &tags->params[i], nparams)
          || *text != (i + 1 < nparams ? ' ' : *text == '\n' ? '\n' : '\0'))
        {
          esc_tags_free (tags);
          return NULL;
        }
      text++;
    }
  return tags;
}
