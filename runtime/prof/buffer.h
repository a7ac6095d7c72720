/* buffer.h: text and messages that are put together in memory.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Memory is from malloc.  If there is none, IS_BROKEN is set, and nothing is added
   any more.

   The message functions write the encoding of protocol buffers: a field is its
   number and kind, then a varint or a length and as many bytes.  */

#ifndef CAIRNI_BUFFER_H
#define CAIRNI_BUFFER_H

#include "base/base.h"

struct cairni_buffer
{
  char *bytes;
  size_t nbytes, max;
  bool is_broken;
};

extern void cairni_buffer_destroy (struct cairni_buffer *buffer);
extern void cairni_buffer_put (struct cairni_buffer *buffer, const void *p,
                               size_t nbytes);
extern void cairni_buffer_put_string (struct cairni_buffer *buffer,
                                      const char *s);

/* FORMAT as for printf.  */
extern void cairni_buffer_format (struct cairni_buffer *buffer,
                                  const char *format, ...)
    __attribute__ ((format (printf, 2, 3)));

extern void cairni_message_put_varint (struct cairni_buffer *buffer,
                                       uint64_t value);

/* FIELD with VALUE, left out if that is 0.  */
extern void cairni_message_put_number (struct cairni_buffer *buffer,
                                       unsigned field, uint64_t value);

extern void cairni_message_put_bytes (struct cairni_buffer *buffer,
                                      unsigned field, const void *p,
                                      size_t nbytes);

/* FIELD with the message in PART, which is emptied.  */
extern void cairni_message_put_part (struct cairni_buffer *buffer,
                                     unsigned field,
                                     struct cairni_buffer *part);

#endif /* CAIRNI_BUFFER_H */
