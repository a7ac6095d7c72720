/* operate.c: operators, elements, and what is wrong with them.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "pebble.h"

#include <math.h>
#include <stdarg.h>

/* -- Errors.  */

_Noreturn void
raise_error (struct task *task, int line, struct value error)
{
  struct handler *handler = task->handler;
  handler->error = error;
  handler->line = line;
  longjmp (handler->jump, 1);
}

_Noreturn void
fail (struct task *task, int line, const char *format, ...)
{
  char text[200];
  va_list arguments;
  va_start (arguments, format);
  vsnprintf (text, sizeof text, format, arguments);
  va_end (arguments);
  raise_error (task, line, string_value (cairn_string_from (text)));
}

/* -- Operations.  */

static struct value
remainder_of (double a, double b)
{
  if (a == (long)a && b == (long)b && (long)b > 0)
    {
      long rest = (long)a % (long)b;
      return number_value (rest < 0 ? rest + (long)b : rest);
    }
  double rest = fmod (a, b);
  return number_value (rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest);
}

static struct value
operate_numbers (struct task *task, const struct node *n, double a, double b)
{
  switch (n->operation)
    {
    case ADD:
      return number_value (a + b);
    case SUBTRACT:
      return number_value (a - b);
    case MULTIPLY:
      return number_value (a * b);
    case DIVIDE:
    case REMAINDER:
      if (b == 0)
        fail (task, n->line, "division by zero");
      return n->operation == DIVIDE ? number_value (a / b)
                                    : remainder_of (a, b);
    case LESS:
      return boolean_value (a < b);
    case LESS_EQUAL:
      return boolean_value (a <= b);
    case GREATER:
      return boolean_value (a > b);
    case GREATER_EQUAL:
      return boolean_value (a >= b);
    case EQUAL:
      return boolean_value (a == b);
    default:
      return boolean_value (a != b);
    }
}

static struct value
operate_strings (const struct node *n, struct cairn_string a,
                 struct cairn_string b)
{
  int order = cairn_string_compare (a, b);
  switch (n->operation)
    {
    case ADD:
      return string_value (CAIRN_STRING_CONCAT (a, b));
    case LESS:
      return boolean_value (order < 0);
    case LESS_EQUAL:
      return boolean_value (order <= 0);
    case GREATER:
      return boolean_value (order > 0);
    default:
      return boolean_value (order >= 0);
    }
}

struct value
operate (struct task *task, const struct node *n, struct value a,
         struct value b)
{
  static const char *const signs[]
      = { "+", "-", "*", "/", "%", "<", "<=", ">", ">=" };
  if (a.kind == NUMBER && b.kind == NUMBER)
    return operate_numbers (task, n, a.number, b.number);
  if (n->operation == EQUAL || n->operation == NOT_EQUAL)
    return boolean_value (values_equal (a, b) == (n->operation == EQUAL));
  if (a.kind == STRING && b.kind == STRING
      && (n->operation == ADD || n->operation >= LESS))
    return operate_strings (n, *a.string, *b.string);
  if (a.kind == LIST && b.kind == LIST && n->operation == ADD)
    {
      struct values all = { 0 };
      CAIRN_SLICE_APPEND_ALL (&all, a.list->items);
      CAIRN_SLICE_APPEND_ALL (&all, b.list->items);
      return list_value (all);
    }
  fail (task, n->line, "'%s' is not for %s and %s", signs[n->operation],
        kind_name (a), kind_name (b));
}

/* -- Elements.  */

/* KEY as an index less than LEN; negative ones count from the end.  */
static size_t
check_index (struct task *task, const struct node *n, struct value key,
             size_t len)
{
  if (key.kind != NUMBER)
    fail (task, n->line, "an index must be a number, not %s", kind_name (key));
  double i = key.number < 0 ? key.number + len : key.number;
  if (!(i >= 0 && i < len))
    fail (task, n->line, "index %.14g out of range of %zu elements", key.number,
          len);
  return i;
}

void
check_key (struct task *task, const struct node *n, struct value key)
{
  if (!is_key (key))
    fail (task, n->line,
          "a key must be a string, a number or a boolean, not %s",
          kind_name (key));
}

struct value
get_element (struct task *task, const struct node *n, struct value of,
             struct value key)
{
  if (of.kind == LIST)
    return of.list->items.data[check_index (task, n, key, of.list->items.len)];
  if (of.kind == STRING)
    {
      size_t i = check_index (task, n, key, of.string->len);
      return string_value (CAIRN_STRING_SUB (*of.string, i, i + 1));
    }
  if (of.kind != DICT)
    fail (task, n->line, "%s has no elements", kind_name (of));
  check_key (task, n, key);
  struct value *found = dict_find (of.dict, key);
  return found ? *found : nil_value ();
}

void
set_element (struct task *task, const struct node *n, struct value of,
             struct value key, struct value v)
{
  if (of.kind == LIST)
    of.list->items.data[check_index (task, n, key, of.list->items.len)] = v;
  else if (of.kind == DICT)
    {
      check_key (task, n, key);
      dict_set (of.dict, key, v);
    }
  else
    fail (task, n->line, "elements of %s cannot be assigned to",
          kind_name (of));
}
