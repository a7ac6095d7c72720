/* spec.c: calls of functions without a body, from their specifications.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   The language is described in spec.h.  Specifications are made by us, so
   their syntax is not checked here but by the tests of the tables.  */

#include "spec.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

bool
esc_spec_makes_object (const char *spec)
{
  return strncmp (spec, "new", 3) == 0;
}

/* Pass over the stars at *S.  Returns how many there are.  */
static int
parse_stars (const char **s)
{
  int n = 0;

  for (; **s == '*'; ++*s)
    n++;
  return n;
}

/* Parse the source at *S and advance; set *DEREFS.  Returns its location, or
   NULL if it can hold no pointer.  What is loaded through a pointer to chars is
   copied char by char.  */
static struct esc_location *
parse_source (struct esc_graph *g, const struct esc_spec_call *call,
              const char **s, int *derefs)
{
  *derefs = parse_stars (s);
  if (**s == '?')
    {
      ++*s;
      return &g->unknown;
    }
  int n = strtol (*s, (char **) s, 10);
  struct esc_location *arg
      = n >= 1 && n <= call->nargs ? call->args[n - 1] : NULL;
  if (arg && *derefs > 0 && call->chars && call->chars[n - 1])
    {
      struct esc_location *copied
          = esc_location_create (g, ESC_TEMP, call->function, INT_MAX, NULL);
      copied->bytes = true;
      esc_flow (g, copied, arg, *derefs, call->note);
      *derefs = 0;
      return copied;
    }
  return arg;
}

/* The result gets what the first word of SPEC says.  Returns what follows the
   word.  */
static const char *
apply_result (struct esc_graph *g, const char *spec,
              const struct esc_spec_call *call)
{
  const char *s = spec;

  while (*s && *s != ' ')
    if (*s == '-' || *s == ',')
      s++;
    else if (*s == 'n')
      {
        s += strlen ("new");
        /* Without an object, it is one that is not collected.  */
        if (call->result)
          esc_flow (g, call->result, call->object ? call->object : &g->unknown,
                    call->object ? -1 : 0, call->note);
      }
    else
      {
        int derefs;
        struct esc_location *src = parse_source (g, call, &s, &derefs);
        if (src && call->result)
          esc_flow (g, call->result, src, derefs, call->note);
        /* A block that moves takes its content along.  */
        if (src && call->object)
          esc_flow (g, call->object, src, derefs + 1, call->note);
      }
  return s;
}

/* Parse the sources at *S, as far as commas lead.  Returns one location for
   all of them, NULL if none can hold a pointer.  */
static struct esc_location *
parse_sources (struct esc_graph *g, const struct esc_spec_call *call,
               const char **s)
{
  struct esc_location *all = NULL;

  for (;; ++*s)
    {
      int derefs;
      struct esc_location *src = parse_source (g, call, s, &derefs);
      if (src)
        {
          if (!all)
            all = esc_location_create (g, ESC_TEMP, call->function, INT_MAX,
                                       NULL);
          esc_flow (g, all, src, derefs, call->note);
        }
      if (**s != ',')
        return all;
    }
}

/* Argument number I is a function that is called with the arguments at S.
   Returns what follows them.  */
static const char *
apply_callback (struct esc_graph *g, const char *s,
                const struct esc_spec_call *call, int i)
{
  struct esc_location *args[ESC_SPEC_CALLBACK_ARGS];
  int n = 0;

  for (;; s++)
    {
      args[n] = NULL;
      if (*s == '-')
        s++;
      else
        args[n] = parse_sources (g, call, &s);
      n++;
      if (*s != ':' || n == ESC_SPEC_CALLBACK_ARGS)
        break;
    }
  if (!call->callback || !call->callback (call->closure, i, args, n))
    for (int k = 0; k < n; k++)
      if (args[k])
        esc_flow (g, &g->heap, args[k], 0, call->note);
  return s;
}

/* What ARG, dereferenced DEREFS times, points to receives the sources at S.
   Returns what follows them.  */
static const char *
apply_store (struct esc_graph *g, const char *s,
             const struct esc_spec_call *call, struct esc_location *arg,
             int derefs)
{
  for (;; s++)
    {
      int src_derefs;
      struct esc_location *src = parse_source (g, call, &s, &src_derefs);
      if (src && arg)
        esc_store (g, arg, derefs, src, src_derefs, call->note);
      if (*s != ',')
        return s;
    }
}

/* Argument number I has the effects that WORD says.  */
static void
apply_parameter (struct esc_graph *g, const char *word,
                 const struct esc_spec_call *call, int i)
{
  struct esc_location *arg = call->args[i];
  const char *s = word;

  while (*s && *s != ' ')
    {
      int derefs = parse_stars (&s);
      switch (*s++)
        {
        case 'h':
          if (arg)
            esc_flow (g, &g->heap, arg, derefs, call->note);
          break;
        case '~':
          if (arg)
            esc_release (g, arg, derefs, false, call->note);
          break;
        case 'w':
          for (int level = 0; arg && level < ESC_MAX_LEVELS; level++)
            esc_store (g, arg, level, &g->unknown, 0, call->note);
          break;
        case '=':
          s = apply_store (g, s, call, arg, derefs);
          break;
        case 'f':
          s = apply_callback (g, s, call, i);
          break;
        default:
          /* A dot, or the plus between two effects.  */
          break;
        }
    }
}

void
esc_spec_apply (struct esc_graph *g, const char *spec,
                const struct esc_spec_call *call)
{
  const char *s = apply_result (g, spec, call);
  const char *word = NULL;

  for (int i = 0; i < call->nargs; i++)
    {
      if (*s == ' ')
        {
          word = s + 1;
          s = word + strcspn (word, " ");
        }
      if (!word)
        break;
      apply_parameter (g, word, call, i);
    }
}
