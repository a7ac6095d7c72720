/* buffer.c: text and messages that are put together in memory.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "prof/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Kinds of fields.  */
#define VARINT 0
#define BYTES 2

void
cairni_buffer_destroy (struct cairni_buffer *buffer)
{
  free (buffer->bytes);
  *buffer = (struct cairni_buffer){ 0 };
}

/* Room for NBYTES more.  */
static bool
make_room (struct cairni_buffer *buffer, size_t nbytes)
{
  if (buffer->is_broken)
    return false;
  if (buffer->max - buffer->nbytes >= nbytes)
    return true;
  size_t max = cairni_max (2 * buffer->max, buffer->nbytes + nbytes + 256);
  char *bytes = realloc (buffer->bytes, max);
  if (!bytes)
    {
      buffer->is_broken = true;
      return false;
    }
  buffer->bytes = bytes;
  buffer->max = max;
  return true;
}

void
cairni_buffer_put (struct cairni_buffer *buffer, const void *p, size_t nbytes)
{
  if (nbytes == 0 || !make_room (buffer, nbytes))
    return;
  memcpy (buffer->bytes + buffer->nbytes, p, nbytes);
  buffer->nbytes += nbytes;
}

void
cairni_buffer_put_string (struct cairni_buffer *buffer, const char *s)
{
  cairni_buffer_put (buffer, s, strlen (s));
}

void
cairni_buffer_format (struct cairni_buffer *buffer, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  int n = vsnprintf (NULL, 0, format, args);
  va_end (args);
  if (n < 0 || !make_room (buffer, (size_t)n + 1))
    return;
  va_start (args, format);
  vsnprintf (buffer->bytes + buffer->nbytes, (size_t)n + 1, format, args);
  va_end (args);
  buffer->nbytes += n;
}

void
cairni_message_put_varint (struct cairni_buffer *buffer, uint64_t value)
{
  unsigned char bytes[10];
  unsigned n = 0;
  for (; value >= 0x80; value >>= 7)
    bytes[n++] = value | 0x80;
  bytes[n++] = value;
  cairni_buffer_put (buffer, bytes, n);
}

void
cairni_message_put_number (struct cairni_buffer *buffer, unsigned field,
                           uint64_t value)
{
  if (value == 0)
    return;
  cairni_message_put_varint (buffer, field << 3 | VARINT);
  cairni_message_put_varint (buffer, value);
}

void
cairni_message_put_bytes (struct cairni_buffer *buffer, unsigned field,
                          const void *p, size_t nbytes)
{
  cairni_message_put_varint (buffer, field << 3 | BYTES);
  cairni_message_put_varint (buffer, nbytes);
  cairni_buffer_put (buffer, p, nbytes);
}

void
cairni_message_put_part (struct cairni_buffer *buffer, unsigned field,
                         struct cairni_buffer *part)
{
  buffer->is_broken |= part->is_broken;
  cairni_message_put_bytes (buffer, field, part->bytes, part->nbytes);
  part->nbytes = 0;
}
