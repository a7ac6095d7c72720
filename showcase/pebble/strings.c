/* strings.c: functions of the language for strings, which are bytes.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "pebble.h"

#include <ctype.h>

static struct cairn_string
string_argument (const struct call_context *context,
                 const struct value *arguments, size_t i, const char *name)
{
  return *argument (context, arguments, i, STRING, name).string;
}

static struct value
string (const struct call_context *context, const struct value *arguments,
        size_t n)
{
  (void)context, (void)n;
  return string_value (show_value (arguments[0], 0));
}

/* split (s, separator): a list; without a separator, of single bytes.  */
static struct value
split (const struct call_context *context, const struct value *arguments,
       size_t n)
{
  struct cairn_string s = string_argument (context, arguments, 0, "split");
  struct cairn_string separator = { "", 0 };
  struct values parts = { 0 };
  if (n > 1)
    separator = string_argument (context, arguments, 1, "split");
  if (separator.len == 0)
    for (size_t i = 0; i < s.len; i++)
      CAIRN_SLICE_APPEND (&parts,
                          string_value (CAIRN_STRING_SUB (s, i, i + 1)));
  else
    {
      ptrdiff_t at;
      while ((at = cairn_string_find (s, separator)) >= 0)
        {
          CAIRN_SLICE_APPEND (&parts,
                              string_value (CAIRN_STRING_SUB (s, 0, at)));
          s = CAIRN_STRING_SUB (s, at + separator.len, s.len);
        }
      CAIRN_SLICE_APPEND (&parts, string_value (s));
    }
  return list_value (parts);
}

/* join (list, separator)  */
static struct value
join (const struct call_context *context, const struct value *arguments,
      size_t n)
{
  struct values items
      = argument (context, arguments, 0, LIST, "join").list->items;
  struct cairn_strings parts
      = CAIRN_SLICE_MAKE (struct cairn_strings, 0, items.len);
  struct cairn_string separator = { "", 0 };
  if (n > 1)
    separator = string_argument (context, arguments, 1, "join");
  for (size_t i = 0; i < items.len; i++)
    CAIRN_SLICE_APPEND (&parts, show_value (items.data[i], 0));
  return string_value (cairn_string_join (parts, separator));
}

/* find (s, part): where; -1: nowhere.  */
static struct value
find (const struct call_context *context, const struct value *arguments,
      size_t n)
{
  (void)n;
  return number_value (
      cairn_string_find (string_argument (context, arguments, 0, "find"),
                         string_argument (context, arguments, 1, "find")));
}

static struct value
change_case (const struct call_context *context, const struct value *arguments,
             const char *name, int (*change) (int))
{
  struct cairn_bytes bytes
      = cairn_string_to_bytes (string_argument (context, arguments, 0, name));
  for (size_t i = 0; i < bytes.len; i++)
    bytes.data[i]
        = bytes.data[i] < 128 ? change (bytes.data[i]) : bytes.data[i];
  return string_value (cairn_string_from_bytes (bytes));
}

static struct value
upper (const struct call_context *context, const struct value *arguments,
       size_t n)
{
  (void)n;
  return change_case (context, arguments, "upper", toupper);
}

static struct value
lower (const struct call_context *context, const struct value *arguments,
       size_t n)
{
  (void)n;
  return change_case (context, arguments, "lower", tolower);
}

/* byte (s): the number of its first byte.  */
static struct value
byte (const struct call_context *context, const struct value *arguments,
      size_t n)
{
  struct cairn_string s = string_argument (context, arguments, 0, "byte");
  (void)n;
  if (s.len == 0)
    fail (context->task, context->line,
          "byte needs a string that is not empty");
  return number_value ((unsigned char)s.data[0]);
}

/* char (n): a string of one byte.  */
static struct value
character (const struct call_context *context, const struct value *arguments,
           size_t n)
{
  double number = argument (context, arguments, 0, NUMBER, "char").number;
  (void)n;
  if (!(number >= 0 && number < 256))
    fail (context->task, context->line,
          "char needs a number from 0 to 255, not %.14g", number);
  char c = (unsigned char)number;
  return string_value (cairn_string_copy (&c, 1));
}

void
define_strings (void)
{
  static const struct builtin builtins[] = {
    { "string", 1, 1, string }, { "split", 1, 2, split },
    { "join", 1, 2, join },     { "find", 2, 2, find },
    { "upper", 1, 1, upper },   { "lower", 1, 1, lower },
    { "byte", 1, 1, byte },     { "char", 1, 1, character },
  };
  for (size_t i = 0; i < sizeof builtins / sizeof *builtins; i++)
    define (&builtins[i]);
}
