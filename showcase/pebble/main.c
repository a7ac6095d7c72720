/* main.c: the program pebble.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "pebble.h"

#include <errno.h>
#include <stdio.h>

static const char usage[]
    = "Usage: pebble [--depth N] FILE [ARGUMENT...]\n"
      "       pebble [--depth N] -e TEXT [ARGUMENT...]\n"
      "Run a script in Pebble, a small language with closures, lists,\n"
      "dictionaries, goroutines and channels.  FILE - is standard input; the\n"
      "script finds ARGUMENTs in the list `arguments'.\n"
      "\n"
      "  --depth N  let calls nest N deep, 1000000 if not given\n"
      "  -e TEXT    run TEXT\n"
      "  --help     print this text\n"
      "\n"
      "Exit status: 0; 1 if the script failed; 2 if it could not be read, or\n"
      "pebble was called wrongly.\n";

static const char *script_name;

static _Noreturn void
misused (const char *what, const char *argument)
{
  fprintf (stderr, "pebble: %s%s; try pebble --help\n", what, argument);
  exit (2);
}

void
uncaught (const struct handler *handler)
{
  struct cairn_string error = show_value (handler->error, 0);
  fflush (stdout);
  fprintf (stderr, "pebble: %s:%d: %.*s\n", script_name, handler->line,
           CAIRN_STRING_PRINTF (error));
  exit (1);
}

static struct cairn_string
read_file (const char *name)
{
  FILE *file = strcmp (name, "-") == 0 ? stdin : fopen (name, "r");
  struct cairn_builder text = { 0 };
  char block[4096];
  size_t n;
  if (!file)
    {
      fprintf (stderr, "pebble: %s: %s\n", name, strerror (errno));
      exit (2);
    }
  while ((n = fread (block, 1, sizeof block, file)) > 0)
    cairn_builder_add_n (&text, block, n);
  if (ferror (file))
    {
      fprintf (stderr, "pebble: %s: %s\n", name, strerror (errno));
      exit (2);
    }
  if (file != stdin)
    fclose (file);
  return cairn_builder_string (&text);
}

static void
parse_depth (const char *text)
{
  char *end;
  errno = 0;
  max_depth = strtol (text, &end, 10);
  if (errno || *end || end == text || max_depth < 1)
    misused ("the depth must be a positive number, not ", text);
}

int
main (int argc, char **argv)
{
  struct cairn_string text = { NULL, 0 };
  int i = 1;
  for (; i < argc && argv[i][0] == '-' && argv[i][1] && !script_name; i++)
    if (strcmp (argv[i], "--help") == 0)
      {
        fputs (usage, stdout);
        return 0;
      }
    else if (strcmp (argv[i], "--depth") == 0 && i + 1 < argc)
      parse_depth (argv[++i]);
    else if (strcmp (argv[i], "-e") == 0 && i + 1 < argc)
      {
        text = cairn_string_from (argv[++i]);
        script_name = "-e";
      }
    else if (strcmp (argv[i], "--depth") == 0 || strcmp (argv[i], "-e") == 0)
      misused ("something is missing behind ", argv[i]);
    else
      misused ("unknown option ", argv[i]);
  if (!script_name)
    {
      if (i == argc)
        misused ("no script is given", "");
      script_name = argv[i++];
      text = read_file (script_name);
    }

  struct values arguments = { 0 };
  for (; i < argc; i++)
    CAIRN_SLICE_APPEND (&arguments, string_value (cairn_string_from (argv[i])));
  find_global (CAIRN_STRING ("arguments"))->value = list_value (arguments);
  define_core ();
  define_strings ();
  define_collections ();
  define_channels ();

  struct handler handler = { 0 };
  struct task task = { .handler = &handler };
  if (setjmp (handler.jump) != 0)
    uncaught (&handler);
  run_script (&task, text);
  if (fflush (stdout) != 0)
    {
      perror ("pebble: standard output");
      return 2;
    }
  return 0;
}
