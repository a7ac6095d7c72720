/* query.c: paths to values inside of others.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "json.h"

#include <errno.h>

/* A key behind the dot at *TEXT, which is moved on: a string, or all up to the
   next dot or bracket.  */
static const char *
parse_key (const char **text, struct json_step *step)
{
  size_t n = 1;
  step->kind = STEP_KEY;
  if ((*text)[1] != '"')
    {
      n += strcspn (*text + 1, ".[");
      if (n == 1)
        return "a key expected behind '.'";
      step->key = cairn_string_copy (*text + 1, n - 1);
      *text += n;
      return NULL;
    }
  struct json_error error;
  for (n = 2; (*text)[n] && (*text)[n] != '"'; n++)
    n += (*text)[n] == '\\' && (*text)[n + 1];
  if (!(*text)[n])
    return "'\"' expected at the end of a key";
  struct cairn_string quoted = cairn_string_copy (*text + 1, n);
  if (!json_parse (quoted, &error))
    return error.what;
  step->key = json_decode (quoted);
  *text += n + 1;
  return NULL;
}

/* [INDEX] or [] at *TEXT.  */
static const char *
parse_index (const char **text, struct json_step *step)
{
  char *end;
  if ((*text)[1] == ']')
    {
      step->kind = STEP_ALL;
      *text += 2;
      return NULL;
    }
  errno = 0;
  step->kind = STEP_INDEX;
  step->index = strtol (*text + 1, &end, 10);
  if (end == *text + 1 || *end != ']' || strchr ("+ \t\n", (*text)[1]) || errno)
    return "a number and ']' expected behind '['";
  *text = end + 1;
  return NULL;
}

const char *
json_parse_path (const char *text, struct json_path *path)
{
  const char *wrong = NULL;
  *path = (struct json_path){ 0 };
  if (strcmp (text, ".") == 0)
    return NULL;
  while (*text && !wrong)
    {
      struct json_step step = { 0 };
      if (*text == '.')
        wrong = parse_key (&text, &step);
      else if (*text == '[')
        wrong = parse_index (&text, &step);
      else
        wrong = "'.' or '[' expected";
      CAIRN_SLICE_APPEND (path, step);
    }
  return wrong;
}

/* Element INDEX of V; NULL: there is none.  */
static const struct json *
find_index (const struct json *v, long index)
{
  if (index < 0)
    for (const struct json *inner = v->first; inner; inner = inner->next)
      index++;
  if (index < 0)
    return NULL;
  const struct json *inner = v->first;
  for (; inner && index > 0; index--)
    inner = inner->next;
  return inner;
}

/* What is under KEY, for the last time if there are several.  */
static const struct json *
find_key (const struct json *v, struct cairn_string key)
{
  const struct json *found = NULL;
  for (const struct json *inner = v->first; inner; inner = inner->next->next)
    if (cairn_string_equal (json_decode (inner->text), key))
      found = inner->next;
  return found;
}

static void
find (const struct json *v, struct json_path path, struct json_values *found)
{
  if (path.len == 0)
    {
      CAIRN_SLICE_APPEND (found, v);
      return;
    }
  struct json_step step = CAIRN_SLICE_AT (path, 0);
  path = CAIRN_SLICE_SUB (path, 1, path.len);
  const struct json *inner = NULL;
  switch (step.kind)
    {
    case STEP_INDEX:
      if (v->kind == JSON_ARRAY)
        inner = find_index (v, step.index);
      break;
    case STEP_KEY:
      if (v->kind == JSON_OBJECT)
        inner = find_key (v, step.key);
      break;
    case STEP_ALL:
      if (v->kind >= JSON_ARRAY)
        for (inner = v->first; inner; inner = inner->next)
          {
            if (v->kind == JSON_OBJECT)
              inner = inner->next;
            find (inner, path, found);
          }
    }
  if (inner)
    find (inner, path, found);
}

struct json_values
json_find (const struct json *v, struct json_path path)
{
  struct json_values found = { 0 };
  find (v, path, &found);
  return found;
}
