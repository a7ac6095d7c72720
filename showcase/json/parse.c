/* parse.c: a text becomes a tree, by recursive descent.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

   A text of a million brackets is a million calls deep; that is as it should
   be.  */

#include "json.h"

struct parser
{
  const unsigned char *at, *end;
  const char *error; /* NULL: none so far.  */
};

static struct json *parse_value (struct parser *p);

/* The first error counts.  */
static int
wrong (struct parser *p, const char *what)
{
  if (!p->error)
    p->error = what;
  return 0;
}

static struct json *
fail (struct parser *p, const char *what)
{
  wrong (p, what);
  return NULL;
}

/* The next byte; 0 at the end.  */
static int
peek (const struct parser *p)
{
  return p->at < p->end ? *p->at : 0;
}

static int
accept (struct parser *p, char c)
{
  if (peek (p) != c)
    return 0;
  p->at++;
  return 1;
}

static void
skip_blanks (struct parser *p)
{
  while (
      p->at < p->end
      && (*p->at == ' ' || *p->at == '\n' || *p->at == '\t' || *p->at == '\r'))
    p->at++;
}

/* A value without others inside, from START on.  */
static struct json *
leaf (const struct parser *p, enum json_kind kind, const unsigned char *start)
{
  struct json v = { .kind = kind };
  v.text.data = (const char *)start;
  v.text.len = p->at - start;
  return &v;
}

/* -- Strings.  */

/* Four hexadecimal digits; -1: they are not there.  */
static int
parse_hex (struct parser *p)
{
  int code = 0;
  for (int i = 0; i < 4; i++)
    {
      int c = peek (p);
      if (c >= '0' && c <= '9')
        code = 16 * code + c - '0';
      else if ((c | 32) >= 'a' && (c | 32) <= 'f')
        code = 16 * code + (c | 32) - 'a' + 10;
      else
        return -1;
      p->at++;
    }
  return code;
}

static int
parse_escape (struct parser *p)
{
  int c = peek (p);
  if (c == 0 || !strchr ("\"\\/bfnrtu", c))
    return wrong (p, "a backslash must be followed by one of \"\\/bfnrtu");
  p->at++;
  if (c != 'u')
    return 1;
  int code = parse_hex (p);
  if (code < 0)
    return wrong (p, "\\u must be followed by four hexadecimal digits");
  if (code >= 0xdc00 && code < 0xe000)
    return wrong (p, "the second half of a surrogate pair without the first");
  if (code < 0xd800 || code >= 0xdc00)
    return 1;
  if (accept (p, '\\') && accept (p, 'u'))
    {
      int low = parse_hex (p);
      if (low >= 0xdc00 && low < 0xe000)
        return 1;
    }
  return wrong (p, "the first half of a surrogate pair without the second");
}

/* A character of more than one byte: RFC 3629's table.  */
static int
parse_utf8 (struct parser *p)
{
  int c = *p->at;
  int n = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : 1;
  int lo = c == 0xe0 ? 0xa0 : c == 0xf0 ? 0x90 : 0x80;
  int hi = c == 0xed ? 0x9f : c == 0xf4 ? 0x8f : 0xbf;
  if (c < 0xc2 || c > 0xf4)
    return wrong (p, "a byte that is not UTF-8");
  for (int i = 1; i <= n; i++, lo = 0x80, hi = 0xbf)
    if (p->end - p->at <= i || p->at[i] < lo || p->at[i] > hi)
      return wrong (p, "a byte that is not UTF-8");
  p->at += n + 1;
  return 1;
}

static struct json *
parse_string (struct parser *p)
{
  const unsigned char *start = p->at++;
  for (;;)
    {
      while (p->at < p->end && *p->at >= ' ' && *p->at < 0x80 && *p->at != '"'
             && *p->at != '\\')
        p->at++;
      if (p->at == p->end)
        return fail (p, "the text ends inside a string");
      if (accept (p, '"'))
        return leaf (p, JSON_STRING, start);
      if (*p->at < ' ')
        return fail (p, "a control character in a string must be escaped");
      if (accept (p, '\\') ? !parse_escape (p) : !parse_utf8 (p))
        return NULL;
    }
}

/* -- Numbers and words.  */

/* At least one digit.  */
static int
parse_digits (struct parser *p)
{
  const unsigned char *start = p->at;
  while (peek (p) >= '0' && peek (p) <= '9')
    p->at++;
  return p->at > start || wrong (p, "a digit expected");
}

static struct json *
parse_number (struct parser *p)
{
  const unsigned char *start = p->at;
  accept (p, '-');
  if (accept (p, '0'))
    {
      if (peek (p) >= '0' && peek (p) <= '9')
        return fail (p, "a number must not begin with 0");
    }
  else if (!parse_digits (p))
    return NULL;
  if (accept (p, '.') && !parse_digits (p))
    return NULL;
  if (accept (p, 'e') || accept (p, 'E'))
    {
      if (!accept (p, '+'))
        accept (p, '-');
      if (!parse_digits (p))
        return NULL;
    }
  return leaf (p, JSON_NUMBER, start);
}

static struct json *
parse_word (struct parser *p)
{
  static const char *const words[] = { "null", "false", "true" };
  const unsigned char *start = p->at;
  for (int i = 0; i < 3; i++)
    {
      size_t n = strlen (words[i]);
      if ((size_t)(p->end - start) >= n && memcmp (start, words[i], n) == 0)
        {
          p->at += n;
          return leaf (p, JSON_NULL + i, start);
        }
    }
  return fail (p, p->at == p->end ? "the text ends where a value is expected"
                                  : "a value expected");
}

/* -- Arrays and objects.  */

/* What stands between two values, or behind the last one: whether there is
   another.  */
static int
parse_comma (struct parser *p, char end, const char *what)
{
  skip_blanks (p);
  if (accept (p, end))
    return 0;
  if (!accept (p, ','))
    return wrong (p, what);
  skip_blanks (p);
  return 1;
}

static struct json *
parse_array (struct parser *p)
{
  struct json array = { .kind = JSON_ARRAY };
  struct json **end = &array.first;
  p->at++;
  skip_blanks (p);
  if (!accept (p, ']'))
    do
      {
        if (!(*end = parse_value (p)))
          return NULL;
        end = &(*end)->next;
      }
    while (parse_comma (p, ']', "',' or ']' expected"));
  if (p->error)
    return NULL;
  return &array;
}

static struct json *
parse_object (struct parser *p)
{
  struct json object = { .kind = JSON_OBJECT };
  struct json **end = &object.first;
  p->at++;
  skip_blanks (p);
  if (!accept (p, '}'))
    do
      {
        if (peek (p) != '"')
          return fail (p, "a string expected, as a key");
        if (!(*end = parse_string (p)))
          return NULL;
        end = &(*end)->next;
        skip_blanks (p);
        if (!accept (p, ':'))
          return fail (p, "':' expected");
        skip_blanks (p);
        if (!(*end = parse_value (p)))
          return NULL;
        end = &(*end)->next;
      }
    while (parse_comma (p, '}', "',' or '}' expected"));
  if (p->error)
    return NULL;
  return &object;
}

static struct json *
parse_value (struct parser *p)
{
  switch (peek (p))
    {
    case '{':
      return parse_object (p);
    case '[':
      return parse_array (p);
    case '"':
      return parse_string (p);
    case '-':
    case '0' ... '9':
      return parse_number (p);
    default:
      return parse_word (p);
    }
}

struct json *
json_parse (struct cairn_string text, struct json_error *error)
{
  const unsigned char *start = (const unsigned char *)text.data;
  struct parser p = { start, start + text.len, NULL };
  struct json *v = NULL;
  if (cairn_string_has_prefix (text, CAIRN_STRING ("\xef\xbb\xbf")))
    fail (&p, "a byte order mark must not stand before the text");
  else
    {
      skip_blanks (&p);
      v = parse_value (&p);
      if (v)
        skip_blanks (&p);
      if (v && p.at < p.end)
        v = fail (&p, "the end expected behind the value");
    }
  *error = (struct json_error){ p.error, 1, 1 };
  for (const unsigned char *c = start; p.error && c < p.at; c++)
    if (*c == '\n')
      {
        error->line++;
        error->column = 1;
      }
    else
      error->column++;
  return v;
}
