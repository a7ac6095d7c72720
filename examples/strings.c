/* A string builder that nobody frees: concatenation returns new strings, the
   old ones are collected.  free, where it stands, does no harm.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Text that grows.  The zero builder is empty.  */
struct builder
{
  char *text;
  size_t nbytes, capacity;
};

static void
add (struct builder *b, const char *s)
{
  size_t n = strlen (s);
  if (b->nbytes + n + 1 > b->capacity)
    {
      b->capacity = 2 * b->capacity + n + 1;
      b->text = realloc (b->text, b->capacity);
    }
  memcpy (b->text + b->nbytes, s, n + 1);
  b->nbytes += n;
}

/* A new string, as printf would print it.  The buffer is a local.  */
static char *
text (const char *format, ...)
{
  char buffer[100];
  va_list arguments;
  va_start (arguments, format);
  vsnprintf (buffer, sizeof buffer, format, arguments);
  va_end (arguments);
  return buffer;
}

static char *
concatenate (const char *a, const char *b)
{
  size_t na = strlen (a), nb = strlen (b);
  char both[na + nb + 1];
  memcpy (both, a, na);
  memcpy (both + na, b, nb + 1);
  return both;
}

int
main (void)
{
  struct builder b = { 0 };
  for (int i = 1; i <= 20; i++)
    add (&b, text (i % 15 == 0  ? "fizzbuzz "
                   : i % 5 == 0 ? "buzz "
                   : i % 3 == 0 ? "fizz "
                                : "%d ",
                   i));
  puts (b.text);

  char *line = "";
  for (int i = 0; i < 10000; i++)
    line = concatenate (line, i % 80 ? "-" : "+");
  printf ("%zu characters, %.20s\n", strlen (line), line);
  free (line);
  return 0;
}
