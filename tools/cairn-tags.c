/* cairn-tags.c: reads the objects of a program, analyzes it and writes what its
   functions do with their parameters.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   The result is a line for every function that other files can call, and for
   every type of function: a name and tags as escape/tags.h has them.  */

#define _GNU_SOURCE
#include "object.h"
#include "program.h"

#include <errno.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
      const struct node *n = &program.nodes[name->nodes[i]];
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
  twalk (program.names, write_name);
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
            = object_sections (argv[i], ".cairn.program", program_add_object);
        if (wrong)
          fail ("%s: %s", argv[i], wrong);
        nfiles++;
      }
  if (commands && nfiles)
    {
      program_print_commands ();
      return 0;
    }
  if (!path || !nfiles)
    {
      usage (stderr);
      return 2;
    }
  program_read ();
  program_solve ();
  write_tags (path);
  if (verbose)
    printf ("cairn-tags: %d functions and types, %zu of them in %s\n",
            program.nnodes,
            nwritten, path);
  return 0;
}
