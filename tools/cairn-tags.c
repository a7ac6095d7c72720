/* cairn-tags.c: escape analysis of a whole program.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   Reads the section .cairn.program of the program's objects, which
   plugin/program.cc describes, and solves all functions together, as the
   plugin does those of one file: in strongly connected components, callees
   first.  A call through a pointer is a call of every function in the program
   that has the pointer's type and whose address is taken; a type is a node of
   the call graph, too.  The result is a line for every function that other
   files can call, and for every type.  */

#define _GNU_SOURCE
#include "object.h"

#include "escape/body.h"
#include "escape/call.h"
#include "escape/components.h"
#include "escape/libc.h"
#include "escape/solve.h"
#include "escape/spec.h"
#include "escape/tags.h"

#include <errno.h>
#include <search.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A symbol or, with "?" before it, a type.  */
struct name
{
  char *text;
  int *nodes; /* Its bodies, or its one type.  */
  int nnodes;
};

/* A function's body, or a type.  */
struct node
{
  struct name *name;
  const char *text;       /* Of a body, after its F line; NULL: a type.  */
  int nparams;
  bool foreign;           /* A type: can come from elsewhere.  */
  struct name **members;  /* A type: functions whose address is taken.  */
  int nmembers;
  struct esc_tags *tags;  /* Once solved.  */
  /* While its component is being solved: its place there, else -1.  */
  int place;
  struct esc_location **params;
  struct esc_location *result;
};

static struct node *nodes;
static int nnodes;
static void *names; /* A tree (tsearch) of struct name.  */
static bool all_foreign; /* Some object has no section.  */

static void __attribute__ ((noreturn, format (printf, 1, 2)))
fail (const char *format, ...)
{
  va_list ap;

  fputs ("cairn-tags: ", stderr);
  va_start (ap, format);
  vfprintf (stderr, format, ap);
  va_end (ap);
  fputc ('\n', stderr);
  exit (1);
}

static void *
xrealloc (void *p, size_t nbytes)
{
  p = realloc (p, nbytes ? nbytes : 1);
  if (!p)
    fail ("out of memory");
  return p;
}

/* Make room for one more in ARRAY, of N elements: grows by doubling.  */
#define GROW(array, n)                                                        \
  do                                                                          \
    if (((n) & ((n) - 1)) == 0)                                               \
      (array) = xrealloc (array, ((n) ? 2 * (n) : 1) * sizeof *(array));      \
  while (0)

static int
name_compare (const void *a, const void *b)
{
  return strcmp (((const struct name *) a)->text,
                 ((const struct name *) b)->text);
}

/* The name that is PREFIX and then the LEN characters at TEXT; NULL if it is
   not there and CREATE is not set.  */
static struct name *
name_find (const char *prefix, const char *text, size_t len, bool create)
{
  struct name key = { 0 };
  struct name **slot;

  if (asprintf (&key.text, "%s%.*s", prefix, (int) len, text) < 0)
    fail ("out of memory");
  slot = tfind (&key, &names, name_compare);
  if (slot || !create)
    {
      free (key.text);
      return slot ? *slot : NULL;
    }
  struct name *name = xrealloc (NULL, sizeof *name);
  *name = key;
  if (!tsearch (name, &names, name_compare))
    fail ("out of memory");
  return name;
}

static struct node *
node_create (struct name *name)
{
  GROW (nodes, nnodes);
  GROW (name->nodes, name->nnodes);
  name->nodes[name->nnodes++] = nnodes;
  struct node *n = &nodes[nnodes++];
  *n = (struct node){ .name = name, .place = -1 };
  return n;
}

/* Structures that are one with another: name to name.  */
static void *merges; /* A tree of struct merge.  */
struct merge
{
  char *from, *to;
};

static int
merge_compare (const void *a, const void *b)
{
  return strcmp (((const struct merge *) a)->from,
                 ((const struct merge *) b)->from);
}

/* The structure that stands for all that are one with NAME.  */
static char *
merge_root (char *name)
{
  struct merge key = { name, NULL };
  struct merge **slot;

  while ((slot = tfind (&key, &merges, merge_compare)))
    key.from = (*slot)->to;
  return key.from;
}

/* Make the structures A and B one.  */
static void
merge (char *a, char *b)
{
  a = merge_root (a);
  b = merge_root (b);
  if (strcmp (a, b) == 0)
    return;
  struct merge *m = xrealloc (NULL, sizeof *m);
  *m = (struct merge){ a, b };
  if (!tsearch (m, &merges, merge_compare))
    fail ("out of memory");
}

/* The type TEXT, which is changed, with every structure replaced by the one
   that stands for it.  */
static char *
canonical_type (char *text)
{
  char *type = NULL;
  size_t nbytes;
  FILE *f = open_memstream (&type, &nbytes);
  char *save = NULL;

  if (!f)
    fail ("out of memory");
  for (char *part = strtok_r (text, ",", &save); part;
       part = strtok_r (NULL, ",", &save))
    fprintf (f, "%s%c%s", part == text ? "" : ",", *part,
             *part == 'p' ? merge_root (part + 1) : part + 1);
  if (fclose (f) != 0)
    fail ("out of memory");
  return type;
}

/* The node of the type that is the LEN characters at TEXT.  */
static struct node *
type_node (const char *text, size_t len)
{
  struct name *raw = name_find ("?", text, len, true);

  if (raw->nnodes)
    return &nodes[raw->nodes[0]];
  char *copy = strndup (text, len);
  if (!copy)
    fail ("out of memory");
  char *type = canonical_type (copy);
  struct name *name = name_find ("?", type, strlen (type), true);
  if (!name->nnodes)
    {
      struct node *n = node_create (name);
      n->nparams = 2;
      for (const char *s = type; *s; s++)
        n->nparams += *s == ',';
      /* The dots are no parameter of their own.  */
      n->nparams -= strstr (type, ",...") != NULL;
      n->foreign = strcmp (type, "any") == 0;
    }
  if (raw != name)
    {
      GROW (raw->nodes, raw->nnodes);
      raw->nodes[raw->nnodes++] = name->nodes[0];
    }
  free (copy);
  free (type);
  return &nodes[name->nodes[0]];
}

/* What was read, object by object.  */
static struct object
{
  char *name;
  char *text;
} *objects;
static int nobjects;

static const char first_line[] = "cairn-program 1\n";

/* Take the section TEXT of the object NAME.  */
static void
add_object (const char *name, char *text)
{
  if (!text)
    {
      fprintf (stderr,
               "cairn-tags: warning: %s was not compiled by cairn: pointers "
               "to functions can be anything\n", name);
      all_foreign = true;
      return;
    }
  if (strncmp (text, first_line, strlen (first_line)) != 0)
    fail ("%s: was compiled by another version of cairn", name);
  GROW (objects, nobjects);
  objects[nobjects].text = text + strlen (first_line);
  objects[nobjects].name = strdup (name);
  if (!objects[nobjects++].name)
    fail ("out of memory");
}

/* Read one line of O, LEN characters.  */
static void
read_line (const struct object *o, char *line, size_t len)
{
  char *word = line + 2;
  size_t word_len = len > 2 ? strcspn (word, " \n") : 0;
  char *rest = word + word_len + (word[word_len] == ' ');
  size_t rest_len = strcspn (rest, "\n");
  struct node *n;

  switch (*line)
    {
    case 'A':
      n = type_node (word, word_len);
      GROW (n->members, n->nmembers);
      n->members[n->nmembers] = name_find ("", rest, rest_len, true);
      n->nmembers++;
      break;
    case 'T':
      type_node (word, word_len)->foreign = true;
      break;
    case 'F':
      n = node_create (name_find ("", word, word_len, true));
      n->nparams = atoi (rest);
      n->text = line + len + (line[len] == '\n');
      if (n->nparams < 2)
        fail ("%s: damaged", o->name);
      break;
    case 'C':
      if (*word == '?')
        type_node (word + 1, word_len - 1);
      break;
    case 'L': case 'E': case 'S': case 'R': case 'M': case 'X':
      break;
    default:
      fail ("%s: damaged", o->name);
    }
}

/* Print the commands that made the objects.  */
static void
print_commands (void)
{
  for (int i = 0; i < nobjects; i++)
    {
      const char *line = objects[i].text;
      if (*line == 'X')
        printf ("%.*s\n", (int) strcspn (line + 2, "\n"), line + 2);
      else
        fail ("%s: was not compiled by cairn-cc --two-pass", objects[i].name);
    }
}

/* Read all objects: what is one first, then the rest.  */
static void
read_objects (void)
{
  for (int merging = 1; merging >= 0; merging--)
    for (int i = 0; i < nobjects; i++)
      for (char *line = objects[i].text; *line;)
        {
          size_t len = strcspn (line, "\n");
          char *end = line + len + (line[len] == '\n');
          if (!merging)
            read_line (&objects[i], line, len);
          else if (*line == 'M')
            {
              char *copy = strndup (line, len), *a, *b, *save = NULL;
              if (!copy)
                fail ("out of memory");
              strtok_r (copy, " ", &save);
              a = strtok_r (NULL, " ", &save);
              b = strtok_r (NULL, " ", &save);
              if (!a || !b)
                fail ("%s: damaged", objects[i].name);
              merge (a, b);
            }
          line = end;
        }
}

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
  const struct node *n = &nodes[target->nodes[0]];
  if (n->text || n->tags)
    for (int i = 0; i < target->nnodes; i++)
      resolve_node (g, call, &nodes[target->nodes[i]]);
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
          resolve_node (g, call, &nodes[n->members[i]->nodes[k]]);
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
        struct esc_tags *tags = member->nnodes ? nodes[member->nodes[k]].tags
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
      struct node *node = &nodes[members[i]];
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
      struct node *node = &nodes[members[i]];
      if (node->text)
        {
          node->tags = esc_tags_extract (&g, i, node->params, node->nparams);
          free (node->params);
        }
    }
  for (int i = 0; i < n; i++)
    {
      struct node *node = &nodes[members[i]];
      if (!node->text)
        solve_type (node);
      node->place = -1;
    }
  esc_graph_finish (&g);
}

static void
solve_program (void)
{
  struct esc_successors *to = xrealloc (NULL, nnodes * sizeof *to);
  int *order = xrealloc (NULL, 2 * nnodes * sizeof *order);

  for (int i = 0; i < nnodes; i++)
    {
      nodes[i].foreign |= all_foreign && !nodes[i].text;
      to[i] = successors (&nodes[i]);
    }
  int n = esc_components (nnodes, to, order);
  for (int i = 0, start = 0; i < n; i++)
    if (order[i] < 0)
      {
        solve_component (order + start, i - start);
        start = i + 1;
      }
  for (int i = 0; i < nnodes; i++)
    free (to[i].nodes);
  free (to);
  free (order);
}

static FILE *output;
static size_t nwritten;

/* twalk: write one line of the result.  */
static void
write_name (const void *slot, VISIT visit, int depth)
{
  const struct name *name = *(struct name *const *) slot;
  struct esc_tags *all = NULL;

  (void) depth;
  if ((visit != postorder && visit != leaf) || strchr (name->text, '@'))
    return;
  /* A function may be there twice, in libraries or weak: either is it.  */
  for (int i = 0; i < name->nnodes; i++)
    {
      const struct node *n = &nodes[name->nodes[i]];
      struct esc_tags *old = all;
      if (n->tags && !n->foreign)
        all = esc_tags_join (old ? old : n->tags, n->tags);
      if (old && old != all)
        esc_tags_free (old);
    }
  if (!all)
    return;
  fprintf (output, "%s ", name->text);
  esc_tags_print (output, all);
  fputc ('\n', output);
  esc_tags_free (all);
  nwritten++;
}

/* Write the result to PATH, as a whole or not at all.  */
static void
write_tags (const char *path)
{
  char *fresh;

  if (asprintf (&fresh, "%s.new", path) < 0)
    fail ("out of memory");
  output = fopen (fresh, "w");
  if (!output)
    fail ("cannot write %s: %s", fresh, strerror (errno));
  fputs ("cairn-tags 1\n", output);
  twalk (names, write_name);
  if (fflush (output) != 0 || fclose (output) != 0
      || rename (fresh, path) != 0)
    {
      int saved = errno;
      remove (fresh);
      fail ("cannot write %s: %s", path, strerror (saved));
    }
  free (fresh);
}

static void
usage (FILE *f)
{
  fputs ("Usage: cairn-tags OBJECT... -o FILE\n"
         "Analyze a whole program from its objects (.o, .a), all compiled by\n"
         "cairn, and write to FILE what -fplugin-arg-cairn-tags=FILE makes use\n"
         "of when they are compiled again.\n"
         "\n"
         "  -o FILE     where to write\n"
         "  --commands  print the commands that made the objects, instead\n"
         "  -v          say how many functions and types there are\n"
         "  --help      this text\n"
         "  --version   the version\n", f);
}

int
main (int argc, char **argv)
{
  const char *path = NULL;
  bool verbose = false;
  bool commands = false;
  int nfiles = 0;

  for (int i = 1; i < argc; i++)
    if (strcmp (argv[i], "--help") == 0)
      {
        usage (stdout);
        return 0;
      }
    else if (strcmp (argv[i], "--version") == 0)
      {
        puts ("cairn-tags " CAIRN_VERSION);
        return 0;
      }
    else if (strcmp (argv[i], "--commands") == 0)
      commands = true;
    else if (strcmp (argv[i], "-v") == 0)
      verbose = true;
    else if (strcmp (argv[i], "-o") == 0 && i + 1 < argc)
      path = argv[++i];
    else if (argv[i][0] == '-')
      fail ("unknown option '%s'; --help lists what there is", argv[i]);
    else
      {
        const char *wrong
            = object_sections (argv[i], ".cairn.program", add_object);
        if (wrong)
          fail ("%s: %s", argv[i], wrong);
        nfiles++;
      }
  if (commands && nfiles)
    {
      print_commands ();
      return 0;
    }
  if (!path || !nfiles)
    {
      usage (stderr);
      return 2;
    }
  read_objects ();
  solve_program ();
  write_tags (path);
  if (verbose)
    printf ("cairn-tags: %d functions and types, %zu of them in %s\n", nnodes,
            nwritten, path);
  return 0;
}
