/* body.c: functions as text, for the analysis of whole programs.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.  */

#include "body.h"
#include "call.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_NUMBER 3

static void
print_location (FILE *f, const struct esc_location *l)
{
  switch (l->kind)
    {
    case ESC_RESULT:
      fputs (" r", f);
      break;
    case ESC_PARAM:
      fprintf (f, " p%d", l->param);
      break;
    case ESC_VAR:
      fprintf (f, " v%d", l->depth);
      break;
    case ESC_OBJECT:
      fprintf (f, " o%d", l->depth);
      break;
    default:
      fputs (" t", f);
      if (l->depth != INT_MAX)
        fprintf (f, "%d", l->depth);
      break;
    }
  if (l->bytes)
    fputc ('b', f);
}

/* L's number, or "-".  */
static void
print_number (FILE *f, const struct esc_location *l)
{
  if (l)
    fprintf (f, " %d", l->number);
  else
    fputs (" -", f);
}

static void
print_edges (FILE *f, const struct esc_location *l)
{
  for (const struct esc_edge *e = l->edges; e; e = e->next)
    fprintf (f, " %d:%d:%d", l->number, e->src->number, e->derefs);
}

/* Edges from FUNCTION's locations to a pseudo location.  */
static void
print_edges_of (FILE *f, const struct esc_location *l, int function)
{
  for (const struct esc_edge *e = l->edges; e; e = e->next)
    if (e->src->function == function)
      fprintf (f, " %d:%d:%d", l->number, e->src->number, e->derefs);
}

void
esc_body_print (FILE *f, struct esc_graph *g, int function, const char *symbol,
                int nparams)
{
  int n = FIRST_NUMBER;
  struct esc_location *l;

  g->heap.number = 0;
  g->byte_heap.number = 1;
  g->unknown.number = 2;
  fprintf (f, "F %s %d\nL", symbol, nparams);
  for (l = g->locations; l; l = l->next)
    if (l->function == function)
      {
        l->number = n++;
        print_location (f, l);
      }
  fputs ("\nE", f);
  print_edges_of (f, &g->heap, function);
  print_edges_of (f, &g->byte_heap, function);
  for (l = g->locations; l; l = l->next)
    if (l->function == function)
      print_edges (f, l);
  fputs ("\nS", f);
  for (l = g->locations; l; l = l->next)
    if (l->function == function)
      for (const struct esc_store *s = l->stores; s; s = s->next)
        fprintf (f, " %d:%d:%d:%d", l->number, s->ptr_derefs, s->src->number,
                 s->derefs);
  fputs ("\nR", f);
  for (const struct esc_release *r = g->releases; r; r = r->next)
    if (r->ptr->function == function)
      fprintf (f, " %d:%d", r->ptr->number, r->derefs);
  fputc ('\n', f);
  for (const struct esc_call *c = g->calls; c; c = c->next)
    if (c->function == function)
      {
        fprintf (f, "C %s", c->target);
        print_number (f, c->result);
        print_number (f, c->chain);
        for (int i = 0; i < c->nargs; i++)
          print_number (f, c->args[i]);
        fputc ('\n', f);
      }
}

/* What is being read.  */
struct reader
{
  struct esc_graph *g;
  int function;
  struct esc_location **params;
  int nparams;
  struct esc_location **result;
  struct esc_location **numbered; /* By number.  */
  int nnumbered;
  int room;
};

static void
reader_add (struct reader *r, struct esc_location *l)
{
  if (r->nnumbered == r->room)
    {
      r->room = r->room ? r->room * 2 : 64;
      r->numbered = realloc (r->numbered, r->room * sizeof *r->numbered);
      if (!r->numbered)
        {
          fprintf (stderr, "cairn: out of memory in escape analysis\n");
          exit (1);
        }
    }
  r->numbered[r->nnumbered++] = l;
}

/* The number at *S, which is advanced; -2 if there is none.  */
static int
read_int (const char **s)
{
  char *end;
  long n = strtol (*s, &end, 10);

  if (end == *s || n < -1 || n > INT_MAX)
    return -2;
  *s = end;
  return n;
}

static bool
read_location (struct reader *r, const char **s)
{
  static const char letters[] = "rpvot";
  static const enum esc_kind kinds[]
      = { ESC_RESULT, ESC_PARAM, ESC_VAR, ESC_OBJECT, ESC_TEMP };
  const char *letter = **s ? strchr (letters, **s) : NULL;
  int n;

  if (!letter)
    return false;
  ++*s;
  n = read_int (s);
  enum esc_kind kind = kinds[letter - letters];
  if ((kind == ESC_PARAM && (n < 0 || n >= r->nparams))
      || ((kind == ESC_VAR || kind == ESC_OBJECT) && n < 0))
    return false;
  struct esc_location *l = esc_location_create (
      r->g, kind, r->function,
      kind == ESC_RESULT || kind == ESC_PARAM ? 0 : n < 0 ? INT_MAX : n, NULL);
  if (kind == ESC_PARAM)
    {
      l->param = n;
      r->params[n] = l;
    }
  else if (kind == ESC_RESULT)
    *r->result = l;
  if (**s == 'b')
    {
      l->bytes = true;
      ++*s;
    }
  reader_add (r, l);
  return true;
}

/* Read N numbers separated by colons.  */
static bool
read_tuple (const char **s, int *numbers, int n)
{
  for (int i = 0; i < n; i++)
    {
      if (i && *(*s)++ != ':')
        return false;
      numbers[i] = read_int (s);
      if (numbers[i] < -1)
        return false;
    }
  return true;
}

static struct esc_location *
reader_location (const struct reader *r, int number)
{
  return number >= 0 && number < r->nnumbered ? r->numbered[number] : NULL;
}

static bool
read_edge (struct reader *r, const char **s)
{
  static const struct esc_note note = { "assign", NULL };
  int n[3];
  struct esc_location *dst, *src;

  if (!read_tuple (s, n, 3) || !(dst = reader_location (r, n[0]))
      || !(src = reader_location (r, n[1])))
    return false;
  esc_flow (r->g, dst, src, n[2], note);
  return true;
}

static bool
read_store (struct reader *r, const char **s)
{
  static const struct esc_note note = { "assign", NULL };
  int n[4];
  struct esc_location *ptr, *src;

  if (!read_tuple (s, n, 4) || !(ptr = reader_location (r, n[0]))
      || !(src = reader_location (r, n[2])))
    return false;
  esc_store (r->g, ptr, n[1], src, n[3], note);
  return true;
}

static bool
read_release (struct reader *r, const char **s)
{
  static const struct esc_note note = { "call parameter", NULL };
  int n[2];
  struct esc_location *ptr;

  if (!read_tuple (s, n, 2) || !(ptr = reader_location (r, n[0])))
    return false;
  esc_release (r->g, ptr, n[1], true, note);
  return true;
}

/* Read " N" or " -".  */
static bool
read_operand (struct reader *r, const char **s, struct esc_location **l)
{
  *l = NULL;
  if (*(*s)++ != ' ')
    return false;
  if (**s == '-')
    {
      ++*s;
      return true;
    }
  *l = reader_location (r, read_int (s));
  return *l != NULL;
}

static bool
read_call (struct reader *r, const char **s)
{
  static const struct esc_note note = { "call parameter", NULL };
  size_t len = strcspn (*s, " \n");
  char target[len + 1];
  int nargs = -2;

  memcpy (target, *s, len);
  target[len] = '\0';
  *s += len;
  for (const char *p = *s; *p && *p != '\n'; p++)
    nargs += *p == ' ';
  if (nargs < 0)
    return false;
  struct esc_call *c
      = esc_call_create (r->g, r->function, target, nargs, note);
  if (!read_operand (r, s, &c->result) || !read_operand (r, s, &c->chain))
    return false;
  for (int i = 0; i < nargs; i++)
    if (!read_operand (r, s, &c->args[i]))
      return false;
  return true;
}

/* Read one line after its letter.  */
static bool
read_line (struct reader *r, char letter, const char **s)
{
  if (letter == 'C')
    return *(*s)++ == ' ' && read_call (r, s);
  while (**s == ' ')
    {
      ++*s;
      if (!(letter == 'L'   ? read_location (r, s)
            : letter == 'E' ? read_edge (r, s)
            : letter == 'S' ? read_store (r, s)
                            : read_release (r, s)))
        return false;
    }
  return true;
}

bool
esc_body_read (struct esc_graph *g, const char *text, int function,
               struct esc_location **params, int nparams,
               struct esc_location **result)
{
  struct reader r = { .g = g, .function = function, .params = params,
                      .nparams = nparams, .result = result };
  bool ok = true;

  reader_add (&r, &g->heap);
  reader_add (&r, &g->byte_heap);
  reader_add (&r, &g->unknown);
  for (int i = 0; i < nparams; i++)
    params[i] = NULL;
  *result = NULL;
  while (ok && *text && strchr ("LESRC", *text))
    {
      char letter = *text++;
      ok = read_line (&r, letter, &text) && *text == '\n';
      text += ok;
    }
  for (int i = 0; i < nparams; i++)
    ok = ok && params[i];
  free (r.numbered);
  return ok && *result;
}
