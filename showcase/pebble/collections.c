/* collections.c: functions of the language for lists and dictionaries.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "pebble.h"

static struct list *
list_argument (const struct call_context *context,
               const struct value *arguments, size_t i, const char *name)
{
  return argument (context, arguments, i, LIST, name).list;
}

/* len (x)  */
static struct value
length (const struct call_context *context, const struct value *arguments,
        size_t n)
{
  struct value v = arguments[0];
  (void)n;
  switch (v.kind)
    {
    case STRING:
      return number_value (v.string->len);
    case LIST:
      return number_value (v.list->items.len);
    case DICT:
      return number_value (dict_len (v.dict));
    default:
      fail (context->task, context->line, "%s has no length", kind_name (v));
    }
}

/* push (list, x, …)  */
static struct value
push (const struct call_context *context, const struct value *arguments,
      size_t n)
{
  struct list *list = list_argument (context, arguments, 0, "push");
  for (size_t i = 1; i < n; i++)
    CAIRN_SLICE_APPEND (&list->items, arguments[i]);
  return arguments[0];
}

/* pop (list): its last element.  */
static struct value
pop (const struct call_context *context, const struct value *arguments,
     size_t n)
{
  struct list *list = list_argument (context, arguments, 0, "pop");
  (void)n;
  if (list->items.len == 0)
    fail (context->task, context->line, "pop needs a list that is not empty");
  struct value last = list->items.data[list->items.len - 1];
  list->items.data[--list->items.len] = nil_value ();
  return last;
}

/* The number that argument I is, cut down to what a part of LEN has; without
   it, OTHERWISE.  */
static size_t
bound (const struct call_context *context, const struct value *arguments,
       size_t n, size_t i, size_t len, size_t otherwise)
{
  if (i >= n)
    return otherwise;
  double at = argument (context, arguments, i, NUMBER, "slice").number;
  if (at < 0)
    at += len;
  return at >= len ? len : at > 0 ? at : 0;
}

/* slice (x, from, to): a part of a string or a list; negative numbers count
   from the end.  */
static struct value
slice (const struct call_context *context, const struct value *arguments,
       size_t n)
{
  struct value v = arguments[0];
  size_t len = v.kind == STRING ? v.string->len
               : v.kind == LIST ? v.list->items.len
                                : 0;
  size_t from = bound (context, arguments, n, 1, len, 0);
  size_t to = bound (context, arguments, n, 2, len, len);
  if (to < from)
    to = from;
  if (v.kind == STRING)
    return string_value (CAIRN_STRING_SUB (*v.string, from, to));
  v = argument (context, arguments, 0, LIST, "slice");
  struct values part = { 0 };
  CAIRN_SLICE_APPEND_ALL (&part, CAIRN_SLICE_SUB (v.list->items, from, to));
  return list_value (part);
}

/* keys (dict)  */
static struct value
keys (const struct call_context *context, const struct value *arguments,
      size_t n)
{
  (void)n;
  return dict_keys (argument (context, arguments, 0, DICT, "keys").dict);
}

/* has (dict, key)  */
static struct value
has (const struct call_context *context, const struct value *arguments,
     size_t n)
{
  struct dict *dict = argument (context, arguments, 0, DICT, "has").dict;
  (void)n;
  return boolean_value (is_key (arguments[1])
                        && dict_find (dict, arguments[1]) != NULL);
}

/* delete (dict, key): whether it was there.  */
static struct value delete (const struct call_context *context,
                            const struct value *arguments, size_t n)
{
  struct dict *dict = argument (context, arguments, 0, DICT, "delete").dict;
  (void)n;
  return boolean_value (is_key (arguments[1])
                        && dict_delete (dict, arguments[1]));
}

/* -- Sorting: merge sort, which keeps the order of what is equal, and copes
   with whatever the script's function says.  */

struct order
{
  const struct call_context *context;
  struct value less; /* NIL: numbers or strings, by what they are.  */
};

static int
is_less (const struct order *order, struct value a, struct value b)
{
  struct value both[] = { a, b };
  if (order->less.kind != NIL)
    return is_true (call_value (order->context->task, order->context->line,
                                order->less, both, 2));
  if (a.kind == NUMBER && b.kind == NUMBER)
    return a.number < b.number;
  if (a.kind != STRING || b.kind != STRING)
    fail (order->context->task, order->context->line,
          "sort cannot compare %s with %s", kind_name (a), kind_name (b));
  return cairn_string_compare (*a.string, *b.string) < 0;
}

static struct values
merge_sort (const struct order *order, struct values items)
{
  struct values sorted = CAIRN_SLICE_MAKE (struct values, 0, items.len);
  if (items.len < 2)
    {
      CAIRN_SLICE_APPEND_ALL (&sorted, items);
      return sorted;
    }
  size_t half = items.len / 2, i = 0, j = 0;
  struct values a = merge_sort (order, CAIRN_SLICE_SUB (items, 0, half));
  struct values b
      = merge_sort (order, CAIRN_SLICE_SUB (items, half, items.len));
  while (i < a.len || j < b.len)
    if (i == a.len || (j < b.len && is_less (order, b.data[j], a.data[i])))
      CAIRN_SLICE_APPEND (&sorted, b.data[j++]);
    else
      CAIRN_SLICE_APPEND (&sorted, a.data[i++]);
  return sorted;
}

/* sort (list, less): a sorted copy.  */
static struct value
sort (const struct call_context *context, const struct value *arguments,
      size_t n)
{
  struct values items = list_argument (context, arguments, 0, "sort")->items;
  struct order order = { context, n > 1 ? arguments[1] : nil_value () };
  return list_value (merge_sort (&order, items));
}

void
define_collections (void)
{
  static const struct builtin builtins[] = {
    { "len", 1, 1, length },    { "push", 2, -1, push }, { "pop", 1, 1, pop },
    { "slice", 2, 3, slice },   { "keys", 1, 1, keys },  { "has", 2, 2, has },
    { "delete", 2, 2, delete }, { "sort", 1, 2, sort },
  };
  for (size_t i = 0; i < sizeof builtins / sizeof *builtins; i++)
    define (&builtins[i]);
}
