/* scan.c: a script's text as tokens.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "pebble.h"

#include <ctype.h>

static const char *const words[]
    = { "and", "break", "continue", "else", "false",  "for",  "fun", "if",
        "in",  "nil",   "not",      "or",   "return", "true", "var", "while" };

/* Longer ones first.  */
static const char *const signs[]
    = { "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "(", ")",
        "[",  "]",  "{",  "}",  ",",  ";",  ":",  "?",  ".", "+",
        "-",  "*",  "/",  "%",  "<",  ">",  "=",  "!" };

/* The byte N bytes further on; 0 at the end.  */
static unsigned char
peek (const struct scanner *s, size_t n)
{
  return s->text.len - s->at > n ? s->text.data[s->at + n] : 0;
}

static void
skip_blanks (struct scanner *s)
{
  for (; s->at < s->text.len; s->at++)
    if (peek (s, 0) == '#')
      {
        const char *end
            = memchr (s->text.data + s->at, '\n', s->text.len - s->at);
        s->at = end ? (size_t)(end - s->text.data) : s->text.len;
        s->line += end != NULL;
      }
    else if (isspace (peek (s, 0)))
      s->line += peek (s, 0) == '\n';
    else
      break;
  if (s->at > s->text.len)
    s->at = s->text.len;
}

/* Add the character CODE in UTF-8.  */
static void
add_character (struct cairn_builder *b, unsigned long code)
{
  if (code < 0x80)
    cairn_builder_add_byte (b, code);
  else
    {
      int n = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
      cairn_builder_add_byte (b, (0xff ^ 0x7f >> n) | code >> 6 * n);
      while (n-- > 0)
        cairn_builder_add_byte (b, 0x80 | (code >> 6 * n & 0x3f));
    }
}

/* What stands behind a backslash.  */
static void
scan_escape (struct scanner *s, struct cairn_builder *b)
{
  unsigned char c = peek (s, 0);
  const char *from = "nrt0e\"\\", *to = "\n\r\t\0\033\"\\";
  const char *at = c ? strchr (from, c) : NULL;
  s->at++;
  if (at)
    cairn_builder_add_byte (b, to[at - from]);
  else if (c == 'u' && peek (s, 0) == '{')
    {
      unsigned long code = 0;
      for (s->at++; isxdigit (peek (s, 0)) && code < 0x110000; s->at++)
        code = 16 * code
               + (isdigit (peek (s, 0)) ? peek (s, 0) - '0'
                                        : tolower (peek (s, 0)) - 'a' + 10);
      if (peek (s, 0) != '}' || code >= 0x110000 || (code >> 11) == 0x1b)
        fail (s->task, s->line, "\\u{…} is no character");
      s->at++;
      add_character (b, code);
    }
  else
    fail (s->task, s->line,
          "a backslash must be followed by one of n r t 0 e \" \\ or u{…}");
}

static struct cairn_string
scan_string (struct scanner *s)
{
  struct cairn_builder b = { 0 };
  int line = s->line;
  for (s->at++; peek (s, 0) != '"';)
    {
      if (s->at == s->text.len)
        fail (s->task, line, "the string that begins here does not end");
      unsigned char c = peek (s, 0);
      s->at++;
      s->line += c == '\n';
      if (c == '\\')
        scan_escape (s, &b);
      else
        cairn_builder_add_byte (&b, c);
    }
  s->at++;
  return cairn_builder_string (&b);
}

static double
scan_number (struct scanner *s)
{
  char text[64];
  size_t n = 0;
  int is_exponent = 0;
  while (isalnum (peek (s, n))
         || (peek (s, n) == '.' && isdigit (peek (s, n + 1)))
         || (is_exponent && (peek (s, n) == '+' || peek (s, n) == '-')))
    {
      is_exponent = tolower (peek (s, n)) == 'e';
      if (++n == sizeof text)
        fail (s->task, s->line, "the number is longer than %zu characters",
              sizeof text - 1);
    }
  memcpy (text, s->text.data + s->at, n);
  text[n] = 0;
  char *end;
  double number = strtod (text, &end);
  if (*end || strpbrk (text, "xXpP"))
    fail (s->task, s->line, "%s is no number", text);
  s->at += n;
  return number;
}

/* A name, or a word of the language.  */
static enum token_kind
scan_word (struct scanner *s)
{
  size_t start = s->at;
  while (isalnum (peek (s, 0)) || peek (s, 0) == '_')
    s->at++;
  size_t n = s->at - start;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (strlen (words[i]) == n
        && memcmp (words[i], s->text.data + start, n) == 0)
      return WORD_TOKEN;
  return NAME_TOKEN;
}

static void
scan_sign (struct scanner *s)
{
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
    {
      size_t n = strlen (signs[i]);
      if (s->text.len - s->at >= n
          && memcmp (signs[i], s->text.data + s->at, n) == 0)
        {
          s->at += n;
          return;
        }
    }
  unsigned char c = peek (s, 0);
  if (isprint (c))
    fail (s->task, s->line, "unexpected character '%c'", c);
  fail (s->task, s->line, "unexpected byte 0x%02x", c);
}

struct token
scan (struct scanner *s)
{
  skip_blanks (s);
  struct token token = { .line = s->line };
  size_t start = s->at;
  if (s->at == s->text.len)
    return token;
  unsigned char c = peek (s, 0);
  if (c == '"')
    {
      token.kind = STRING_TOKEN;
      token.text = scan_string (s);
      return token;
    }
  if (isdigit (c))
    {
      token.kind = NUMBER_TOKEN;
      token.number = scan_number (s);
    }
  else if (isalpha (c) || c == '_')
    token.kind = scan_word (s);
  else
    {
      token.kind = SIGN_TOKEN;
      scan_sign (s);
    }
  token.text = CAIRN_STRING_SUB (s->text, start, s->at);
  return token;
}
