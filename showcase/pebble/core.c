/* core.c: functions of the language: errors, conversions, numbers.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "pebble.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

void
define (const struct builtin *builtin)
{
  struct value v = { BUILTIN, { .builtin = builtin } };
  find_global (cairn_string_from (builtin->name))->value = v;
}

struct value
argument (const struct call_context *context, const struct value *arguments,
          size_t i, enum kind kind, const char *name)
{
  if (arguments[i].kind != kind)
    fail (context->task, context->line, "argument %zu of %s must be %s, not %s",
          i + 1, name, kind_name ((struct value){ kind, { 0 } }),
          kind_name (arguments[i]));
  return arguments[i];
}

/* print (x, …)  */
static struct value
print (const struct call_context *context, const struct value *arguments,
       size_t n)
{
  struct cairn_builder b = { 0 };
  for (size_t i = 0; i < n; i++)
    {
      if (i > 0)
        cairn_builder_add_byte (&b, ' ');
      cairn_builder_add (&b, show_value (arguments[i], 0));
    }
  cairn_builder_add_byte (&b, '\n');
  struct cairn_string line = cairn_builder_string (&b);
  if (fwrite (line.data, 1, line.len, stdout) < line.len)
    fail (context->task, context->line, "standard output: %m");
  return nil_value ();
}

/* error (x)  */
static struct value
error (const struct call_context *context, const struct value *arguments,
       size_t n)
{
  (void)n;
  raise_error (context->task, context->line, arguments[0]);
}

/* try (f, x, …): [true, what f (x, …) returns] or [false, the error].  */
static struct value
try (const struct call_context *context, const struct value *arguments,
     size_t n)
{
  struct task *task = context->task;
  struct handler handler = { .outer = task->handler, .depth = task->depth };
  struct values result = CAIRN_SLICE_MAKE (struct values, 2, 2);
  if (setjmp (handler.jump) == 0)
    {
      task->handler = &handler;
      result.data[1] = call_value (task, context->line, arguments[0],
                                   arguments + 1, n - 1);
      result.data[0] = boolean_value (1);
    }
  else
    {
      result.data[0] = boolean_value (0);
      result.data[1] = handler.error;
      task->depth = handler.depth;
    }
  task->handler = handler.outer;
  return list_value (result);
}

static struct value
type (const struct call_context *context, const struct value *arguments,
      size_t n)
{
  static const char *const names[]
      = { "nil",        "boolean",  "number",   "string", "list",
          "dictionary", "function", "function", "channel" };
  (void)context, (void)n;
  return string_value (cairn_string_from (names[arguments[0].kind]));
}

/* number (s): nil if s is none.  */
static struct value
to_number (const struct call_context *context, const struct value *arguments,
           size_t n)
{
  (void)n;
  if (arguments[0].kind == NUMBER)
    return arguments[0];
  struct cairn_string s
      = *argument (context, arguments, 0, STRING, "number").string;
  char text[64], *end;
  if (s.len == 0 || s.len >= sizeof text || memchr (s.data, 0, s.len))
    return nil_value ();
  memcpy (text, s.data, s.len);
  text[s.len] = 0;
  double number = strtod (text, &end);
  return *end || strpbrk (text, " \t\nxXpPiI") ? nil_value ()
                                               : number_value (number);
}

static struct value
one_number (const struct call_context *context, const struct value *arguments,
            const char *name, double (*function) (double))
{
  return number_value (
      function (argument (context, arguments, 0, NUMBER, name).number));
}

#define NUMBER_FUNCTION(NAME, FUNCTION)                                        \
  static struct value NAME##_number (const struct call_context *context,       \
                                     const struct value *arguments, size_t n)  \
  {                                                                            \
    (void)n;                                                                   \
    return one_number (context, arguments, #NAME, FUNCTION);                   \
  }

NUMBER_FUNCTION (floor, floor)
NUMBER_FUNCTION (abs, fabs)
NUMBER_FUNCTION (sqrt, sqrt)
NUMBER_FUNCTION (sin, sin)
NUMBER_FUNCTION (cos, cos)
NUMBER_FUNCTION (exp, exp)
NUMBER_FUNCTION (log, log)

/* clock (): seconds of processor time.  */
static struct value
seconds (const struct call_context *context, const struct value *arguments,
         size_t n)
{
  (void)context, (void)arguments, (void)n;
  return number_value ((double)clock () / CLOCKS_PER_SEC);
}

void
define_core (void)
{
  static const struct builtin builtins[] = {
    { "print", 0, -1, print },     { "error", 1, 1, error },
    { "try", 1, -1, try },         { "type", 1, 1, type },
    { "number", 1, 1, to_number }, { "floor", 1, 1, floor_number },
    { "abs", 1, 1, abs_number },   { "sqrt", 1, 1, sqrt_number },
    { "sin", 1, 1, sin_number },   { "cos", 1, 1, cos_number },
    { "exp", 1, 1, exp_number },   { "log", 1, 1, log_number },
    { "clock", 0, 0, seconds },
  };
  for (size_t i = 0; i < sizeof builtins / sizeof *builtins; i++)
    define (&builtins[i]);
}
