/* value.c: what values are, and how they look.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "pebble.h"

#include <math.h>

/* Something that is made is a local whose address is returned.  */

static const struct cairn_string *
keep_string (struct cairn_string string)
{
  return &string;
}

struct value
string_value (struct cairn_string string)
{
  return (struct value){ STRING, { .string = keep_string (string) } };
}

static struct list *
new_list (struct values items)
{
  struct list list = { .items = items };
  return &list;
}

struct value
list_value (struct values items)
{
  return (struct value){ LIST, { .list = new_list (items) } };
}

/* -- Comparing.  */

int
values_equal (struct value a, struct value b)
{
  if (a.kind != b.kind)
    return 0;
  switch (a.kind)
    {
    case NIL:
    case UNDEFINED:
      return 1;
    case BOOLEAN:
      return a.truth == b.truth;
    case NUMBER:
      return a.number == b.number;
    case STRING:
      return cairn_string_equal (*a.string, *b.string);
    default:
      return a.channel == b.channel;
    }
}

static uint64_t
hash_value (struct value v, struct cairn_seed seed)
{
  if (v.kind == STRING)
    return cairn_string_hash (*v.string, seed);
  if (v.kind == BOOLEAN)
    return cairn_hash_number (v.truth, seed);
  /* 0 and -0 are equal.  */
  double number = v.number + 0.0;
  uint64_t bits;
  memcpy (&bits, &number, sizeof bits);
  return cairn_hash_number (bits, seed);
}

/* -- Dictionaries.  */

CAIRN_MAP_HASHED (positions, struct value, size_t, hash_value, values_equal);

static struct dict *
new_dict (size_t hint)
{
  struct dict dict = { .positions = positions_make (hint) };
  return &dict;
}

struct value
dict_value (size_t hint)
{
  return (struct value){ DICT, { .dict = new_dict (hint) } };
}

int
is_key (struct value v)
{
  return v.kind == STRING || v.kind == BOOLEAN
         || (v.kind == NUMBER && !isnan (v.number));
}

struct value *
dict_find (const struct dict *dict, struct value key)
{
  size_t *position = positions_find (dict->positions, key);
  return position ? &dict->entries.data[*position].value : NULL;
}

/* Leave no deleted entries.  */
static void
tidy (struct dict *dict)
{
  struct entries old = dict->entries;
  dict->entries = CAIRN_SLICE_MAKE (struct entries, 0, old.len);
  for (size_t i = 0; i < old.len; i++)
    if (old.data[i].key.kind != UNDEFINED)
      {
        positions_set (dict->positions, old.data[i].key, dict->entries.len);
        CAIRN_SLICE_APPEND (&dict->entries, old.data[i]);
      }
}

void
dict_set (struct dict *dict, struct value key, struct value v)
{
  struct value *found = dict_find (dict, key);
  if (found)
    {
      *found = v;
      return;
    }
  if (dict->entries.len == dict->entries.cap
      && dict_len (dict) < dict->entries.len / 2)
    tidy (dict);
  positions_set (dict->positions, key, dict->entries.len);
  CAIRN_SLICE_APPEND (&dict->entries, (struct entry){ key, v });
}

int
dict_delete (struct dict *dict, struct value key)
{
  size_t *position = positions_find (dict->positions, key);
  if (!position)
    return 0;
  dict->entries.data[*position] = (struct entry){ { UNDEFINED, { 0 } }, { 0 } };
  return positions_delete (dict->positions, key);
}

size_t
dict_len (const struct dict *dict)
{
  return positions_len (dict->positions);
}

struct value
dict_keys (const struct dict *dict)
{
  struct values keys = CAIRN_SLICE_MAKE (struct values, 0, dict_len (dict));
  for (size_t i = 0; i < dict->entries.len; i++)
    if (dict->entries.data[i].key.kind != UNDEFINED)
      CAIRN_SLICE_APPEND (&keys, dict->entries.data[i].key);
  return list_value (keys);
}

/* -- Showing.  */

const char *
kind_name (struct value v)
{
  static const char *const names[]
      = { "nil",          "a boolean",  "a number",   "a string", "a list",
          "a dictionary", "a function", "a function", "a channel" };
  return names[v.kind];
}

static void show (struct cairn_builder *b, struct value v, int is_quoted);

static void
show_number (struct cairn_builder *b, double number)
{
  char text[32];
  if (isnan (number))
    cairn_builder_add_c (b, "nan");
  else if (number == floor (number) && fabs (number) < 1e15)
    cairn_builder_format (b, "%.0f", number + 0.0);
  else
    {
      /* As few digits as make the same number.  */
      int digits = 15;
      do
        snprintf (text, sizeof text, "%.*g", digits, number);
      while (strtod (text, NULL) != number && ++digits <= 17);
      cairn_builder_add_c (b, text);
    }
}

static void
show_string (struct cairn_builder *b, struct cairn_string s)
{
  const char *from = "\n\r\t\0\033\"\\", *to = "nrt0e\"\\";
  cairn_builder_add_byte (b, '"');
  for (size_t i = 0; i < s.len; i++)
    {
      const char *at = memchr (from, s.data[i], 7);
      if (at)
        cairn_builder_add_byte (b, '\\');
      cairn_builder_add_byte (b, at ? to[at - from] : s.data[i]);
    }
  cairn_builder_add_byte (b, '"');
}

static void
show_list (struct cairn_builder *b, struct list *list)
{
  if (list->is_being_shown)
    {
      cairn_builder_add_c (b, "[…]");
      return;
    }
  list->is_being_shown = 1;
  cairn_builder_add_byte (b, '[');
  for (size_t i = 0; i < list->items.len; i++)
    {
      if (i > 0)
        cairn_builder_add_c (b, ", ");
      show (b, list->items.data[i], 1);
    }
  cairn_builder_add_byte (b, ']');
  list->is_being_shown = 0;
}

static void
show_dict (struct cairn_builder *b, struct dict *dict)
{
  if (dict->is_being_shown)
    {
      cairn_builder_add_c (b, "{…}");
      return;
    }
  dict->is_being_shown = 1;
  const char *between = "{";
  for (size_t i = 0; i < dict->entries.len; i++)
    if (dict->entries.data[i].key.kind != UNDEFINED)
      {
        cairn_builder_add_c (b, between);
        show (b, dict->entries.data[i].key, 1);
        cairn_builder_add_c (b, ": ");
        show (b, dict->entries.data[i].value, 1);
        between = ", ";
      }
  cairn_builder_add_c (b, *between == '{' ? "{}" : "}");
  dict->is_being_shown = 0;
}

/* Add V to B, however deep it is.  */
static void
show (struct cairn_builder *b, struct value v, int is_quoted)
{
  switch (v.kind)
    {
    case BOOLEAN:
      cairn_builder_add_c (b, v.truth ? "true" : "false");
      break;
    case NUMBER:
      show_number (b, v.number);
      break;
    case STRING:
      if (is_quoted)
        show_string (b, *v.string);
      else
        cairn_builder_add (b, *v.string);
      break;
    case LIST:
      show_list (b, v.list);
      break;
    case DICT:
      show_dict (b, v.dict);
      break;
    case FUNCTION:
      cairn_builder_add_c (b, "<fun");
      if (v.function->prototype->name.len)
        cairn_builder_add_byte (b, ' ');
      cairn_builder_add (b, v.function->prototype->name);
      cairn_builder_add_byte (b, '>');
      break;
    case BUILTIN:
      cairn_builder_format (b, "<fun %s>", v.builtin->name);
      break;
    case CHANNEL:
      cairn_builder_add_c (b, "<channel>");
      break;
    default:
      cairn_builder_add_c (b, "nil");
    }
}

struct cairn_string
show_value (struct value v, int is_quoted)
{
  if (v.kind == STRING && !is_quoted)
    return *v.string;
  struct cairn_builder b = { 0 };
  show (&b, v, is_quoted);
  return cairn_builder_string (&b);
}
