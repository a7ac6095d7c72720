/* gzip.c: the form that compressed files have.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Who has no zlib can still write it: deflate (RFC 1951) has blocks that are
   stored as they are.  */

#include "prof/gzip.h"
#include "prof/module.h"

/* The largest block.  */
#define BLOCK_NBYTES 65535

/* The remainder of polynomials that RFC 1952 asks for.  */
static uint32_t
crc_of (const char *p, size_t nbytes)
{
  uint32_t crc = ~0u;
  for (size_t i = 0; i < nbytes; i++)
    {
      crc ^= (unsigned char)p[i];
      for (int bit = 0; bit < 8; bit++)
        crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
    }
  return ~crc;
}

static void
put_little (struct cairni_buffer *buffer, uint32_t value, unsigned nbytes)
{
  unsigned char bytes[4];
  for (unsigned i = 0; i < nbytes; i++, value >>= 8)
    bytes[i] = value;
  cairni_buffer_put (buffer, bytes, nbytes);
}

static void
store (struct cairni_buffer *to, const struct cairni_buffer *from)
{
  static const unsigned char header[10]
      = { 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3 };
  cairni_buffer_put (to, header, sizeof header);
  size_t done = 0;
  do
    {
      size_t n = cairni_min (from->nbytes - done, BLOCK_NBYTES);
      put_little (to, done + n == from->nbytes, 1);
      put_little (to, n, 2);
      put_little (to, ~n, 2);
      cairni_buffer_put (to, from->bytes + done, n);
      done += n;
    }
  while (done < from->nbytes);
  put_little (to, crc_of (from->bytes, from->nbytes), 4);
  put_little (to, from->nbytes, 4);
}

void
cairni_gzip (struct cairni_buffer *buffer)
{
  const struct cairni_module *module = cairni_module_get ();
  struct cairni_buffer result = { .is_broken = buffer->is_broken };
  if (!result.is_broken && module && module->compress)
    {
      result.bytes
          = module->compress (buffer->bytes, buffer->nbytes, &result.nbytes);
      result.max = result.nbytes;
      result.is_broken = !result.bytes;
    }
  else if (!result.is_broken)
    store (&result, buffer);
  cairni_buffer_destroy (buffer);
  *buffer = result;
}
