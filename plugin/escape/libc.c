/* libc.c: calls of the C library, from the table in libc.def.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.  */

#include "libc.h"

#include <stdlib.h>
#include <string.h>

struct libc_function
{
  const char *name;
  const char *spec;
};

static const struct libc_function functions[] = {
#define LIBC(name, spec) { name, spec },
#include "libc.def"
#undef LIBC
};

#define NFUNCTIONS (sizeof functions / sizeof functions[0])

/* The specification of the function whose name is the LEN chars at NAME.  */
static const char *
lookup_exact (const char *name, size_t len)
{
  for (size_t i = 0; i < NFUNCTIONS; i++)
    if (strncmp (functions[i].name, name, len) == 0
        && functions[i].name[len] == '\0')
      return functions[i].spec;
  return NULL;
}

const char *
esc_libc_lookup (const char *name)
{
  static const char builtin[] = "__builtin_";
  static const char chk[] = "_chk";
  size_t len;
  const char *spec;

  if (strncmp (name, builtin, sizeof builtin - 1) == 0)
    name += sizeof builtin - 1;
  len = strlen (name);
  spec = lookup_exact (name, len);
  if (!spec && len > 6 && strncmp (name, "__", 2) == 0
      && strcmp (name + len - (sizeof chk - 1), chk) == 0)
    spec = lookup_exact (name + 2, len - 2 - (sizeof chk - 1));
  return spec;
}

bool
esc_libc_makes_object (const char *spec)
{
  return strncmp (spec, "new", 3) == 0;
}

const char *
esc_libc_parameter (const char *spec, int i)
{
  const char *word = strchr (spec, ' ');

  while (word && i-- > 0 && strchr (word + 1, ' '))
    word = strchr (word + 1, ' ');
  return word ? word + 1 : NULL;
}

/* One of the sources "N", "*N" or "?": reads it at *S and advances; sets
 *DEREFS.  Returns the location, or NULL if it can hold no pointer.  */
static struct esc_location *
parse_source (struct esc_graph *g, const struct esc_libc_call *call,
              const char **s, int *derefs)
{
  *derefs = 0;
  if (**s == '?')
    {
      ++*s;
      return &g->unknown;
    }
  if (**s == '*')
    {
      ++*s;
      *derefs = 1;
    }
  int n = strtol (*s, (char **) s, 10);
  return n >= 1 && n <= call->nargs ? call->args[n - 1] : NULL;
}

/* The result gets what the first word of SPEC says.  */
static const char *
apply_result (struct esc_graph *g, const char *spec,
              const struct esc_libc_call *call)
{
  const char *s = spec;

  while (*s && *s != ' ')
    if (*s == '-' || *s == ',')
      s++;
    else if (*s == 'n')
      {
        s += 3;
        if (call->object && call->result)
          esc_flow (g, call->result, call->object, -1, call->note);
      }
    else
      {
        int derefs;
        struct esc_location *src = parse_source (g, call, &s, &derefs);
        if (src && call->result)
          esc_flow (g, call->result, src, derefs, call->note);
        /* A block that moves takes its content along.  */
        if (src && call->object)
          esc_flow (g, call->object, src, 1, call->note);
      }
  return s;
}

/* Argument number I is a function called with the arguments named by S
   ("M:N").  */
static void
apply_callback (struct esc_graph *g, const char *s,
                const struct esc_libc_call *call, int i)
{
  struct esc_location *args[2];
  int derefs;

  args[0] = parse_source (g, call, &s, &derefs);
  s++;
  args[1] = parse_source (g, call, &s, &derefs);
  if (call->callback && call->callback (call->closure, i, args, 2))
    return;
  for (int k = 0; k < 2; k++)
    if (args[k])
      esc_flow (g, &g->heap, args[k], 0, call->note);
}

void
esc_libc_apply (struct esc_graph *g, const char *spec,
                const struct esc_libc_call *call)
{
  const char *s = apply_result (g, spec, call);
  const char *word = NULL;

  for (int i = 0; i < call->nargs; i++)
    {
      struct esc_location *arg = call->args[i];
      const char *p;

      if (*s == ' ')
        {
          word = s + 1;
          s = word + strcspn (word, " ");
        }
      if (!word)
        break;
      p = word;
      if (*p == 'f')
        {
          apply_callback (g, p + 1, call, i);
          continue;
        }
      if (!arg)
        continue;
      if (*p == 'h' || *p == 'k')
        esc_flow (g, &g->heap, arg, 0, call->note);
      else if (*p == '*')
        esc_flow (g, &g->heap, arg, 1, call->note);
      else if (*p == '=')
        {
          int derefs;
          p++;
          struct esc_location *src = parse_source (g, call, &p, &derefs);
          if (src)
            esc_store (g, arg, 0, src, derefs, call->note);
        }
    }
}
