/* program.c: a whole program, read from its objects.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   plugin/program.cc says what the text is.  A name leads to its nodes: the
   bodies of a function, of which there may be several (weak ones, libraries),
   or a type.  Types that differ only in structures that are one have one
   node.  */

#define _GNU_SOURCE
#include "program.h"

#include <search.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct program program;

void
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

void *
xrealloc (void *p, size_t nbytes)
{
  p = realloc (p, nbytes ? nbytes : 1);
  if (!p)
    fail ("out of memory");
  return p;
}

static int
name_compare (const void *a, const void *b)
{
  return strcmp (((const struct name *) a)->text,
                 ((const struct name *) b)->text);
}

struct name *
name_find (const char *prefix, const char *text, size_t len, bool create)
{
  struct name key = { 0 };
  struct name **slot;

  if (asprintf (&key.text, "%s%.*s", prefix, (int) len, text) < 0)
    fail ("out of memory");
  slot = tfind (&key, &program.names, name_compare);
  if (slot || !create)
    {
      free (key.text);
      return slot ? *slot : NULL;
    }
  struct name *name = xrealloc (NULL, sizeof *name);
  *name = key;
  if (!tsearch (name, &program.names, name_compare))
    fail ("out of memory");
  return name;
}

static struct node *
node_create (struct name *name)
{
  GROW (program.nodes, program.nnodes);
  GROW (name->nodes, name->nnodes);
  name->nodes[name->nnodes++] = program.nnodes;
  struct node *n = &program.nodes[program.nnodes++];
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
    return &program.nodes[raw->nodes[0]];
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
  return &program.nodes[name->nodes[0]];
}

/* What was read, object by object.  */
static struct object
{
  char *name;
  char *library, *member; /* NULL: in none.  */
  char *text;
} *objects;
static int nobjects;

static const char first_line[] = "cairn-program 2\n";

static char *
copy_of (const char *text)
{
  char *copy = strdup (text);
  if (!copy)
    fail ("out of memory");
  return copy;
}

void
program_add_object (const char *path, const char *member, char *text)
{
  char name[strlen (path) + (member ? strlen (member) : 0) + 3];
  if (member)
    snprintf (name, sizeof name, "%s(%s)", path, member);
  else
    strcpy (name, path);
  if (!text)
    {
      fprintf (stderr,
               "cairn-tags: warning: %s was not compiled by cairn: pointers "
               "to functions can be anything\n", name);
      program.all_foreign = true;
      return;
    }
  if (strncmp (text, first_line, strlen (first_line)) != 0)
    fail ("%s: was compiled by another version of cairn", name);
  GROW (objects, nobjects);
  objects[nobjects].text = text + strlen (first_line);
  objects[nobjects].name = copy_of (name);
  objects[nobjects].library = member ? copy_of (path) : NULL;
  objects[nobjects++].member = member ? copy_of (member) : NULL;
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

/* Print TEXT for a shell.  */
static void
print_quoted (const char *text)
{
  putchar ('\'');
  for (; *text; text++)
    if (*text == '\'')
      fputs ("'\\''", stdout);
    else
      putchar (*text);
  putchar ('\'');
}

void
program_print_commands (void)
{
  for (int i = 0; i < nobjects; i++)
    {
      const struct object *o = &objects[i];
      int len = strcspn (o->text + 2, "\n");
      if (*o->text != 'X')
        fail ("%s: was not compiled by cairn-cc --two-pass", o->name);
      if (!o->library)
        {
          printf ("%.*s\n", len, o->text + 2);
          continue;
        }
      /* The last -o counts.  */
      printf ("(%.*s -o \"$members\"/", len, o->text + 2);
      print_quoted (o->member);
      fputs (")\nar r ", stdout);
      print_quoted (o->library);
      fputs (" \"$members\"/", stdout);
      print_quoted (o->member);
      putchar ('\n');
    }
}

/* What is one comes first, then the rest.  */
void
program_read (void)
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
