/* main.c: the program json.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "json.h"

#include <errno.h>
#include <stdio.h>

static const char usage[]
    = "Usage: json pretty [--indent N] [FILE]\n"
      "       json minify [FILE]\n"
      "       json validate [FILE]\n"
      "       json query PATH [FILE]\n"
      "Read a JSON text as RFC 8259 has it, however deeply it is nested, from\n"
      "FILE or standard input.\n"
      "\n"
      "  pretty    print it on many lines, indented by N blanks, 0 to 8, 2 if\n"
      "            not given, for each of up to 100 levels\n"
      "  minify    print it without blanks\n"
      "  validate  print nothing if it is right\n"
      "  query     print what PATH leads to, a line each: .key, .\"any key\",\n"
      "            [3], [-1] for the last, [] for all elements, and these one\n"
      "            behind the other; . for all\n"
      "  --help    print this text\n"
      "\n"
      "Numbers and strings are printed as they were written.  Texts must be\n"
      "UTF-8; half of a surrogate pair is an error.\n"
      "\n"
      "Exit status: 0; 1 if the text is wrong, or PATH leads nowhere; 2 if it\n"
      "could not be read or written, or json was called wrongly.\n";

static _Noreturn void
misused (const char *what, const char *argument)
{
  fprintf (stderr, "json: %s%s; try json --help\n", what, argument);
  exit (2);
}

static struct cairn_string
read_file (const char *name)
{
  FILE *file = strcmp (name, "-") == 0 ? stdin : fopen (name, "r");
  struct cairn_builder text = { 0 };
  char block[16384];
  size_t n;
  if (file)
    while ((n = fread (block, 1, sizeof block, file)) > 0)
      cairn_builder_add_n (&text, block, n);
  if (!file || ferror (file))
    {
      fprintf (stderr, "json: %s: %s\n", name, strerror (errno));
      exit (2);
    }
  if (file != stdin)
    fclose (file);
  return cairn_builder_string (&text);
}

static int
parse_indent (const char *text)
{
  if (text[0] < '0' || text[0] > '8' || text[1])
    misused ("the indentation must be from 0 to 8, not ", text);
  return text[0] - '0';
}

static int
write_out (const struct cairn_builder *b)
{
  struct cairn_string text = cairn_builder_string (b);
  if (fwrite (text.data, 1, text.len, stdout) < text.len
      || fflush (stdout) != 0)
    {
      fprintf (stderr, "json: standard output: %s\n", strerror (errno));
      return 2;
    }
  return 0;
}

int
main (int argc, char **argv)
{
  enum
  {
    PRETTY,
    MINIFY,
    VALIDATE,
    QUERY
  } command;
  static const char *const commands[]
      = { "pretty", "minify", "validate", "query" };
  struct json_path path;
  int indent = 2, i = 2;
  if (argc < 2)
    misused ("no command is given", "");
  if (strcmp (argv[1], "--help") == 0)
    {
      fputs (usage, stdout);
      return 0;
    }
  for (command = PRETTY; strcmp (argv[1], commands[command]) != 0; command++)
    if (command == QUERY)
      misused ("unknown command ", argv[1]);
  if (command == PRETTY && i < argc && strcmp (argv[i], "--indent") == 0)
    {
      if (i + 1 == argc)
        misused ("something is missing behind ", argv[i]);
      indent = parse_indent (argv[i + 1]);
      i += 2;
    }
  if (command == QUERY)
    {
      if (i == argc)
        misused ("no path is given", "");
      const char *wrong = json_parse_path (argv[i], &path);
      if (wrong)
        {
          fprintf (stderr, "json: %s: %s\n", argv[i], wrong);
          return 2;
        }
      i++;
    }
  if (argc - i > 1)
    misused ("there is more than one file: ", argv[i + 1]);
  if (i < argc && argv[i][0] == '-' && argv[i][1])
    misused ("unknown option ", argv[i]);

  const char *name = i < argc ? argv[i] : "-";
  struct json_error error;
  struct json *v = json_parse (read_file (name), &error);
  if (!v)
    {
      fprintf (stderr, "json: %s:%zu:%zu: %s\n", name, error.line, error.column,
               error.what);
      return 1;
    }
  if (command == VALIDATE)
    return 0;
  struct cairn_builder text = { 0 };
  struct json_values found = CAIRN_SLICE_MAKE (struct json_values, 0, 1);
  if (command == QUERY)
    found = json_find (v, path);
  else
    CAIRN_SLICE_APPEND (&found, v);
  for (size_t j = 0; j < found.len; j++)
    {
      json_print (&text, found.data[j], command == PRETTY ? indent : -1);
      cairn_builder_add_byte (&text, '\n');
    }
  int status = write_out (&text);
  return status ? status : found.len == 0;
}
