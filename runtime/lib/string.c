/* string.c: the cold parts of <cairn/string.h>.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#define _GNU_SOURCE
#include "cairn/string.h"
#include "base/base.h"
#include "lib/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* What is formatted is tried in so many bytes of the stack first.  */
#define FORMAT_NBYTES 512

/* Memory for NBYTES that the caller fills.  */
static char *
allocate (size_t nbytes)
{
  char *p = nbytes < PTRDIFF_MAX / 2 ? cairni_memory_raw (nbytes, true) : NULL;
  if (cairni_unlikely (!p))
    cairni_fatal ("out of memory: a string of %z bytes", nbytes);
  return p;
}

CAIRNI_PUBLIC struct cairn_string
cairn_string_copy (const void *data, size_t len)
{
  char *copy = allocate (len);
  if (len)
    memcpy (copy, data, len);
  return (struct cairn_string){ copy, len };
}

CAIRNI_PUBLIC struct cairn_string
cairn_string_join_n (const struct cairn_string *parts, size_t n,
                     struct cairn_string separator)
{
  size_t len;
  bool is_huge = __builtin_mul_overflow (n ? n - 1 : 0, separator.len, &len);
  for (size_t i = 0; i < n; i++)
    is_huge |= __builtin_add_overflow (len, parts[i].len, &len);
  char *all = allocate (is_huge ? SIZE_MAX : len);
  char *end = all;
  for (size_t i = 0; i < n; i++)
    {
      if (i > 0)
        {
          cairni_string_move (end, separator.data, separator.len);
          end += separator.len;
        }
      cairni_string_move (end, parts[i].data, parts[i].len);
      end += parts[i].len;
    }
  return (struct cairn_string){ all, len };
}

/* The rest of a formatted string: NBYTES as vsnprintf gave them, of which the
   first are in TEXT if they fit.  */
static void
format_into (char *to, size_t nbytes, const char *text, const char *format,
             va_list args)
{
  if (nbytes < FORMAT_NBYTES)
    memcpy (to, text, nbytes);
  else
    vsnprintf (to, nbytes + 1, format, args);
}

static size_t
format_size (int result)
{
  if (cairni_unlikely (result < 0))
    cairni_fatal ("a string cannot be formatted: %s", "encoding error");
  return (size_t)result;
}

CAIRNI_PUBLIC struct cairn_string
cairn_string_format (const char *format, ...)
{
  char text[FORMAT_NBYTES];
  va_list args;
  va_start (args, format);
  size_t n = format_size (vsnprintf (text, sizeof text, format, args));
  va_end (args);
  char *all = allocate (n + 1);
  va_start (args, format);
  format_into (all, n, text, format, args);
  va_end (args);
  return (struct cairn_string){ all, n };
}

CAIRNI_PUBLIC void
cairn_builder_format (struct cairn_builder *b, const char *format, ...)
{
  char text[FORMAT_NBYTES];
  va_list args;
  va_start (args, format);
  size_t n = format_size (vsnprintf (text, sizeof text, format, args));
  va_end (args);
  /* One more for the 0 of vsnprintf.  */
  cairn_builder_grow (b, n + 1);
  va_start (args, format);
  format_into (b->buffer->bytes + b->len, n, text, format, args);
  va_end (args);
  b->len += n;
  b->buffer->used = b->len;
}

CAIRNI_PUBLIC ptrdiff_t
cairn_string_find (struct cairn_string string, struct cairn_string part)
{
  if (part.len == 0)
    return 0;
  const char *at = string.len
                       ? memmem (string.data, string.len, part.data, part.len)
                       : NULL;
  return at ? at - string.data : -1;
}

CAIRNI_PUBLIC char *
cairn_string_c (struct cairn_string string, const struct cairn_place *where)
{
  if (string.len && cairni_unlikely (memchr (string.data, 0, string.len)))
    cairni_fatal ("%s:%d: a string with a zero byte in it is none of C's",
                  where->file, where->line);
  char *copy = allocate (string.len + 1);
  if (string.len)
    memcpy (copy, string.data, string.len);
  copy[string.len] = 0;
  return copy;
}

CAIRNI_PUBLIC struct cairn_builder_memory
cairn_builder_enlarge (struct cairn_buffer *buffer, size_t len, size_t room,
                       size_t more)
{
  /* More than is asked for: one byte is always left.  */
  size_t need;
  if (__builtin_add_overflow (len, more, &need) || need > PTRDIFF_MAX / 4)
    need = PTRDIFF_MAX / 2;
  else
    need = cairni_max (need + 1, cairni_min (2 * room, need + (64 << 20)));
  /* To the end of the slot.  */
  size_t nbytes = cairni_memory_round (sizeof *buffer + need);
  struct cairn_buffer *fresh = (struct cairn_buffer *)allocate (nbytes);
  fresh->used = len;
  if (len)
    memcpy (fresh->bytes, buffer->bytes, len);
  return (struct cairn_builder_memory){ fresh, nbytes - sizeof *buffer };
}

CAIRNI_PUBLIC void
cairn_string_bad_bounds (size_t lo, size_t hi, size_t len,
                         const struct cairn_place *where)
{
  const char *lo_sign = cairni_memory_sign (&lo);
  const char *hi_sign = cairni_memory_sign (&hi);
  cairni_fatal ("%s:%d: string bounds out of range [%s%z:%s%z] with length %z",
                where->file, where->line, lo_sign, lo, hi_sign, hi, len);
}
