/* print.c: a tree becomes a text.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "json.h"

enum
{
  MAX_INDENTED = 100 /* Levels; else deep texts would be all blanks.  */
};

static void
new_line (struct cairn_builder *b, int indent, long level)
{
  if (indent < 0)
    return;
  cairn_builder_add_byte (b, '\n');
  if (level > MAX_INDENTED)
    level = MAX_INDENTED;
  for (long i = 0; i < level * indent; i++)
    cairn_builder_add_byte (b, ' ');
}

static void
print (struct cairn_builder *b, const struct json *v, int indent, long level)
{
  if (v->kind < JSON_ARRAY)
    {
      cairn_builder_add (b, v->text);
      return;
    }
  int is_object = v->kind == JSON_OBJECT;
  cairn_builder_add_byte (b, is_object ? '{' : '[');
  for (const struct json *inner = v->first; inner; inner = inner->next)
    {
      new_line (b, indent, level + 1);
      if (is_object)
        {
          cairn_builder_add (b, inner->text);
          cairn_builder_add_n (b, ": ", indent < 0 ? 1 : 2);
          inner = inner->next;
        }
      print (b, inner, indent, level + 1);
      if (inner->next)
        cairn_builder_add_byte (b, ',');
    }
  if (v->first)
    new_line (b, indent, level);
  cairn_builder_add_byte (b, is_object ? '}' : ']');
}

void
json_print (struct cairn_builder *b, const struct json *v, int indent)
{
  print (b, v, indent, 0);
}

/* -- Strings.  */

static unsigned
hex (const char *digits)
{
  char text[5] = { digits[0], digits[1], digits[2], digits[3], 0 };
  return strtoul (text, NULL, 16);
}

/* Add what stands behind the backslash at S, and return how long it is.  */
static size_t
decode_escape (struct cairn_builder *b, const char *s)
{
  const char *from = "bfnrt", *to = "\b\f\n\r\t";
  const char *at = strchr (from, *s);
  if (*s != 'u')
    {
      cairn_builder_add_byte (b, at ? to[at - from] : *s);
      return 1;
    }
  unsigned code = hex (s + 1);
  size_t length = 5;
  if (code >> 10 == 0x36)
    {
      code = 0x10000 + ((code & 0x3ff) << 10) + (hex (s + 7) & 0x3ff);
      length = 11;
    }
  if (code < 0x80)
    {
      cairn_builder_add_byte (b, code);
      return length;
    }
  int n = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  cairn_builder_add_byte (b, (0xff ^ 0x7f >> n) | code >> 6 * n);
  while (n-- > 0)
    cairn_builder_add_byte (b, 0x80 | (code >> 6 * n & 0x3f));
  return length;
}

struct cairn_string
json_decode (struct cairn_string string)
{
  string = CAIRN_STRING_SUB (string, 1, string.len - 1);
  if (string.len == 0 || !memchr (string.data, '\\', string.len))
    return string;
  struct cairn_builder b = { 0 };
  for (size_t i = 0; i < string.len;)
    if (string.data[i] == '\\')
      i += 1 + decode_escape (&b, string.data + i + 1);
    else
      cairn_builder_add_byte (&b, string.data[i++]);
  return cairn_builder_string (&b);
}
