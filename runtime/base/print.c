/* print.c: messages and the two ways to end the program.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The formatter is our own, because the C library's may allocate, and these
   functions are called from inside the allocator.  */

#include "base/base.h"
#include "base/hooks.h"

#include <stdarg.h>

#define LINE_NBYTES 512

struct line
{
  char text[LINE_NBYTES];
  size_t nbytes;
};

static void
put_char (struct line *line, char c)
{
  /* Leave room for the newline.  */
  if (line->nbytes < LINE_NBYTES - 1)
    line->text[line->nbytes++] = c;
}

static void
put_string (struct line *line, const char *s)
{
  for (s = s ? s : "(null)"; *s; s++)
    put_char (line, *s);
}

static void
put_number (struct line *line, size_t value, unsigned base)
{
  char digits[24];
  unsigned n = 0;
  do
    digits[n++] = "0123456789abcdef"[value % base];
  while ((value /= base) != 0);
  while (n > 0)
    put_char (line, digits[--n]);
}

/* VALUE thousandths, with the digits that they have after the point.  */
static void
put_thousandths (struct line *line, size_t value)
{
  put_number (line, value / 1000, 10);
  if (value % 1000)
    {
      put_char (line, '.');
      put_char (line, '0' + value % 1000 / 100);
      put_char (line, '0' + value % 100 / 10);
      put_char (line, '0' + value % 10);
    }
}

static void
put_memory (struct line *line, size_t nbytes)
{
  if (nbytes < 1 << 20)
    {
      put_number (line, (nbytes + 1023) >> 10, 10);
      put_string (line, " KB");
    }
  else
    {
      put_number (line, nbytes >> 20, 10);
      put_string (line, " MB");
    }
}

static void
put_format (struct line *line, const char *format, va_list args)
{
  for (; *format; format++)
    {
      if (*format != '%')
        {
          put_char (line, *format);
          continue;
        }
      switch (*++format)
        {
        case 's':
          put_string (line, va_arg (args, const char *));
          break;
        case 'z':
          put_number (line, va_arg (args, size_t), 10);
          break;
        case 't':
          put_thousandths (line, va_arg (args, size_t));
          break;
        case 'm':
          put_memory (line, va_arg (args, size_t));
          break;
        case 'd':
          {
            int value = va_arg (args, int);
            if (value < 0)
              put_char (line, '-');
            put_number (line, value < 0 ? -(size_t)value : (size_t)value, 10);
          }
          break;
        case 'p':
          put_string (line, "0x");
          put_number (line, (uintptr_t)va_arg (args, void *), 16);
          break;
        default:
          put_char (line, *format);
        }
    }
}

__thread struct cairni_print_sink *cairni_print_sink;

static void
finish_line (struct line *line)
{
  struct cairni_print_sink *sink = cairni_print_sink;
  line->text[line->nbytes++] = '\n';
  if (sink)
    {
      sink->write (sink, line->text, line->nbytes);
      return;
    }
  cairni_hooks.write_error (line->text, line->nbytes);
}

void
cairni_print (const char *format, ...)
{
  struct line line = { .nbytes = 0 };
  va_list args;
  va_start (args, format);
  put_format (&line, format, args);
  va_end (args);
  finish_line (&line);
}

void
cairni_fatal (const char *format, ...)
{
  struct line line = { .nbytes = 0 };
  va_list args;
  cairni_print_sink = NULL;
  put_string (&line, "cairn: ");
  va_start (args, format);
  put_format (&line, format, args);
  va_end (args);
  finish_line (&line);
  cairni_hooks.end_process (2);
}

void
cairni_throw (const char *what)
{
  cairni_print_sink = NULL;
  cairni_print ("cairn: internal error: %s", what);
  cairni_hooks.end_process (-1);
}
