/* verdicts.c: reads what the compiler says, one JSON object a line.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   Only strings and numbers of the outermost object are wanted, so a line is gone
   through once, with the depth of its brackets counted.  */

#define _GNU_SOURCE
#include "report.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Append the character CODE to *TO in UTF-8.  */
static void
put_character (char **to, unsigned code)
{
  if (code < 0x80)
    *(*to)++ = code;
  else if (code < 0x800)
    {
      *(*to)++ = 0xc0 | code >> 6;
      *(*to)++ = 0x80 | (code & 63);
    }
  else
    {
      *(*to)++ = 0xe0 | code >> 12;
      *(*to)++ = 0x80 | (code >> 6 & 63);
      *(*to)++ = 0x80 | (code & 63);
    }
}

/* Read the string whose opening quote is at *AT, of which *AT becomes the end,
   into TO, where there is room for as many bytes as it has.  False: it does not
   end.  */
static bool
read_string (const char **at, char *to)
{
  const char *s = *at + 1;
  for (; *s != '"'; s++)
    {
      if (!*s)
        return false;
      if (*s != '\\')
        {
          *to++ = *s;
          continue;
        }
      s++;
      if (*s == 'u' && isxdigit ((unsigned char)s[1])
          && isxdigit ((unsigned char)s[2]) && isxdigit ((unsigned char)s[3])
          && isxdigit ((unsigned char)s[4]))
        {
          char digits[5] = { s[1], s[2], s[3], s[4], 0 };
          put_character (&to, strtoul (digits, NULL, 16));
          s += 4;
        }
      else if (*s)
        *to++ = *s == 'n' ? '\n' : *s == 't' ? '\t' : *s;
      else
        return false;
    }
  *to = 0;
  *at = s + 1;
  return true;
}

/* Where the value of NAME is in LINE, an object; NULL: there is none, or it is no
   object.  */
static const char *
find_member (const char *line, const char *name)
{
  char *text = xalloc (strlen (line) + 1);
  int depth = 0;
  bool is_key = false;
  const char *found = NULL;
  for (const char *s = line; *s && !found;)
    {
      if (*s != '"')
        {
          depth += (*s == '{' || *s == '[') - (*s == '}' || *s == ']');
          is_key = *s == '{' || *s == ',';
          s++;
          continue;
        }
      if (!read_string (&s, text))
        break;
      if (is_key && depth == 1 && *s == ':' && strcmp (text, name) == 0)
        found = s + 1;
      is_key = false;
    }
  free (text);
  return found;
}

/* The string NAME of LINE; NULL: it has none.  */
static const char *
member (const char *line, const char *name)
{
  const char *at = find_member (line, name);
  if (!at || *at != '"')
    return NULL;
  char *text = xalloc (strlen (at) + 1);
  return read_string (&at, text) ? text : NULL;
}

/* The number NAME of LINE; 0: it has none.  */
static double
number (const char *line, const char *name)
{
  const char *at = find_member (line, name);
  return at ? strtod (at, NULL) : 0;
}

static void
add_layout (struct verdicts *verdicts, const char *line, const char *site)
{
  const char *type = member (line, "name");
  double saved = number (line, "saves"), nbytes = number (line, "bytes");
  if (!type || !(saved > 0) || !(nbytes > saved))
    return;
  /* Every file that includes it says so.  */
  for (size_t i = 0; i < verdicts->nlayouts; i++)
    if (strcmp (verdicts->layouts[i].type, type) == 0
        && strcmp (verdicts->layouts[i].site, site) == 0)
      return;
  verdicts->layouts = xgrow (verdicts->layouts, verdicts->nlayouts,
                             sizeof *verdicts->layouts);
  verdicts->layouts[verdicts->nlayouts++]
      = (struct layout){ type, site, nbytes, saved, 0, 0 };
}

static void
add (struct verdicts *verdicts, const char *line)
{
  const char *code = member (line, "code");
  const char *site = member (line, "site");
  const char *text = member (line, "verdict");
  const char *function = member (line, "function");
  if (!code || !site || !text)
    return;
  if (strcmp (code, "layout") == 0)
    {
      add_layout (verdicts, line, site);
      return;
    }
  const char *type = member (line, "type");
  /* FILE:LINE:COLUMN.  */
  char *file = strdup (site);
  char *colon = file ? strrchr (file, ':') : NULL;
  if (!colon)
    return;
  *colon = 0;
  colon = strrchr (file, ':');
  if (!colon)
    return;
  *colon = 0;
  verdicts->all = xgrow (verdicts->all, verdicts->n, sizeof *verdicts->all);
  verdicts->all[verdicts->n++] = (struct verdict){
    file, strtoll (colon + 1, NULL, 10), site,
    text, function ? function : "",      strcmp (code, "escape") == 0,
    type ? type : "", number (line, "bytes")
  };
}

void
verdicts_read (struct verdicts *verdicts, const char *path)
{
  size_t nbytes;
  char *rest = read_file (path, &nbytes);
  const char *version = NULL;
  for (char *line; (line = strsep (&rest, "\n"));)
    {
      if (!version)
        version = member (line, "compiler");
      if (!version)
        fail ("%s is no report of the compiler: "
              "-fplugin-arg-cairn-json=FILE writes one",
              path);
      add (verdicts, line);
    }
}

/* Whether A and B end with the same names of a file and its folders, as far as
   the shorter has them.  */
static bool
same_file (const char *a, const char *b)
{
  while (strncmp (a, "./", 2) == 0)
    a += 2;
  while (strncmp (b, "./", 2) == 0)
    b += 2;
  /* What leads out of the folder of the compilation says nothing.  */
  while (strncmp (a, "../", 3) == 0)
    a += 3;
  size_t n = strlen (a), m = strlen (b);
  if (n > m)
    return n && m && a[n - m - 1] == '/' && strcmp (a + n - m, b) == 0;
  return n && strcmp (b + m - n, a) == 0 && (n == m || b[m - n - 1] == '/');
}

const struct verdict *
verdicts_find (const struct verdicts *verdicts, const struct line *line)
{
  for (size_t i = 0; i < verdicts->n; i++)
    if (verdicts->all[i].is_on_heap && verdicts->all[i].line == line->number
        && same_file (verdicts->all[i].file, line->file))
      return &verdicts->all[i];
  return NULL;
}

const struct verdict *
verdicts_find_variable (const struct verdicts *verdicts,
                        const struct line *line)
{
  for (size_t i = 0; i < verdicts->n; i++)
    if (strncmp (verdicts->all[i].text, "moved to heap: ", 15) == 0
        && strcmp (verdicts->all[i].function, line->function) == 0
        && same_file (verdicts->all[i].file, line->file))
      return &verdicts->all[i];
  return NULL;
}

bool
verdicts_know_file (const struct verdicts *verdicts, const struct line *line)
{
  for (size_t i = 0; i < verdicts->n; i++)
    if (same_file (verdicts->all[i].file, line->file))
      return true;
  return false;
}
