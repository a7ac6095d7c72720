/* verdicts.c: reads what the compiler says, one JSON object a line.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   Only strings of the outermost object are wanted, so a line is gone through
   once, with the depth of its brackets counted.  */

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

/* What LINE, an object, has as the string NAME; NULL: none, or it is no
   object.  */
static const char *
member (const char *line, const char *name)
{
  size_t nbytes = strlen (line) + 1;
  char *text = xalloc (nbytes), *key = xalloc (nbytes);
  int depth = 0;
  bool is_key = false, is_wanted = false;
  for (const char *s = line; *s;)
    {
      if (*s != '"')
        {
          depth += (*s == '{' || *s == '[') - (*s == '}' || *s == ']');
          is_key = *s == '{' || *s == ',';
          s++;
          continue;
        }
      if (!read_string (&s, is_key ? key : text))
        break;
      if (is_key)
        is_wanted = depth == 1 && strcmp (key, name) == 0;
      else if (is_wanted && depth == 1)
        {
          free (key);
          return text;
        }
      is_key = false;
    }
  free (key);
  free (text);
  return NULL;
}

static void
add (struct verdicts *verdicts, const char *line)
{
  const char *code = member (line, "code");
  const char *site = member (line, "site");
  const char *text = member (line, "verdict");
  const char *function = member (line, "function");
  if (!code || !site || !text || strcmp (code, "layout") == 0)
    return;
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
    text, function ? function : "",      strcmp (code, "escape") == 0
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
