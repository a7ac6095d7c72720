/* cairn/string.h: strings that know their length, and a builder of them.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A string is a value of two words: where its bytes are and how many.  They may
   be any bytes, in UTF-8 mostly, 0 included, and none stands behind them.  They
   never change, so a part of a string needs no copy, and copies share them.
   All zero, it is the empty string.

     struct cairn_string s = CAIRN_STRING ("cairn");
     struct cairn_string t = CAIRN_STRING_SUB (s, 1, 4);
     printf ("%.*s\n", CAIRN_STRING_PRINTF (t));

   What is to be changed is bytes, a slice (<cairn/slice.h>).  Both ways are
   copies.  Where a copy is too dear, a view looks at bytes or a string.  It has
   a type of its own: it is no string, as its bytes may change, and what it
   shows cannot be written through it, as they may be a string's.

   A builder makes a long string of many parts:

     struct cairn_builder b = { 0 };
     for (int i = 0; i < n; i++)
       cairn_builder_add (&b, parts[i]);
     struct cairn_string all = cairn_builder_string (&b);

   The string is the builder's own bytes, not a copy, and still never changes:
   bytes are only added behind it.  A builder may be copied, too; of two copies
   to which something is added, the second gets bytes of its own.

   All memory is collected.  When there is none left the program ends.  A
   builder is no more thread-safe than a variable; strings can be read by all.
 */

#ifndef CAIRN_STRING_H
#define CAIRN_STRING_H

#include <cairn/common.h>
#include <cairn/hash.h>
#include <cairn/slice.h>

struct cairn_string
{
  const char *data; /* The first byte.  */
  size_t len;       /* In bytes.  */
};

/* Bytes that may change and be appended to.  */
CAIRN_SLICE (cairn_bytes, unsigned char);

/* Several strings.  */
CAIRN_SLICE (cairn_strings, struct cairn_string);

/* A look at somebody's bytes.  CAIRN_SLICE_AT reads one.  */
struct cairn_view
{
  const unsigned char *data;
  size_t len;
};

/* The string of a string constant LITERAL, as a value and as an initializer. */
#define CAIRN_STRING(LITERAL)                                                  \
  (__extension__(struct cairn_string) CAIRN_STRING_INIT (LITERAL))
#define CAIRN_STRING_INIT(LITERAL)                                             \
  {                                                                            \
    "" LITERAL, sizeof (LITERAL) - 1                                           \
  }

/* Two arguments of printf for its "%.*s".  Evaluates STRING twice.  */
#define CAIRN_STRING_PRINTF(STRING) (int)(STRING).len, (STRING).data

/* Byte I of STRING.  */
#define CAIRN_STRING_AT(STRING, I) CAIRN_SLICE_AT (STRING, I)

/* The part of STRING from byte LO up to, not including, byte HI.  */
#define CAIRN_STRING_SUB(STRING, LO, HI)                                       \
  (__extension__({                                                             \
    struct cairn_string cairni_string = (STRING);                              \
    size_t cairni_lo = (LO), cairni_hi = (HI);                                 \
    if (CAIRNI_UNLIKELY (cairni_lo > cairni_hi                                 \
                         || cairni_hi > cairni_string.len))                    \
      cairn_string_bad_bounds (cairni_lo, cairni_hi, cairni_string.len,        \
                               CAIRNI_HERE);                                   \
    cairni_string.data += cairni_lo;                                           \
    cairni_string.len = cairni_hi - cairni_lo;                                 \
    cairni_string;                                                             \
  }))

/* The strings that are the arguments, one behind the other.  */
#define CAIRN_STRING_CONCAT(...)                                               \
  (__extension__({                                                             \
    struct cairn_string cairni_parts[] = { __VA_ARGS__ };                      \
    struct cairn_string cairni_none = { NULL, 0 };                             \
    cairn_string_join_n (cairni_parts,                                         \
                         sizeof cairni_parts / sizeof *cairni_parts,           \
                         cairni_none);                                         \
  }))

/* A copy of STRING with a byte 0 behind it, for functions of C.  Ends the
   program if there is one inside, because they would see less.  */
#define CAIRN_STRING_C(STRING) cairn_string_c (STRING, CAIRNI_HERE)

#ifdef __cplusplus
extern "C"
{
#endif

  /* The string of the LEN bytes at DATA, copied.  */
  extern struct cairn_string cairn_string_copy (const void *data, size_t len);

  /* The N strings at PARTS with SEPARATOR between them.  */
  extern struct cairn_string
  cairn_string_join_n (const struct cairn_string *parts, size_t n,
                       struct cairn_string separator);

  /* What printf would print.  */
  extern struct cairn_string cairn_string_format (const char *format, ...)
      __attribute__ ((format (printf, 1, 2)));

  /* Where PART begins in STRING for the first time; -1: nowhere.  */
  extern ptrdiff_t cairn_string_find (struct cairn_string string,
                                      struct cairn_string part);

  /* See the macros.  */
  extern char *cairn_string_c (struct cairn_string string,
                               const struct cairn_place *where);
  extern void
  cairn_string_bad_bounds (size_t lo, size_t hi, size_t len,
                           const struct cairn_place *where) CAIRNI_ENDS;

  /* What a builder fills: USED bytes, the last of which belong to the builder
     that added something most recently.  */
  struct cairn_buffer
  {
    size_t used;
    char bytes[];
  };

  /* A builder.  All zero, it is empty.  */
  struct cairn_builder
  {
    struct cairn_buffer *buffer;
    size_t len;  /* Bytes in the string.  */
    size_t room; /* Bytes in the buffer; always more than LEN unless 0.  */
  };

  struct cairn_builder_memory
  {
    struct cairn_buffer *buffer;
    size_t room;
  };

  /* A larger buffer than BUFFER, which has ROOM, of whose bytes LEN count, for
     MORE than these.  */
  extern struct cairn_builder_memory
  cairn_builder_enlarge (struct cairn_buffer *buffer, size_t len, size_t room,
                         size_t more);

  /* Add to B what printf would print.  */
  extern void cairn_builder_format (struct cairn_builder *b, const char *format,
                                    ...)
      __attribute__ ((format (printf, 2, 3)));

#ifdef __cplusplus
}
#endif

/* The string of the C string C, copied.  */
CAIRNI_FAST struct cairn_string
cairn_string_from (const char *c)
{
  return cairn_string_copy (c, strlen (c));
}

/* The string with the bytes of BYTES, copied.  */
CAIRNI_FAST struct cairn_string
cairn_string_from_bytes (struct cairn_bytes bytes)
{
  return cairn_string_copy (bytes.data, bytes.len);
}

/* The bytes of STRING, copied.  */
CAIRNI_FAST struct cairn_bytes
cairn_string_to_bytes (struct cairn_string string)
{
  struct cairn_bytes bytes = { NULL, string.len, string.len, {} };
  bytes.data
      = (unsigned char *)cairn_string_copy (string.data, string.len).data;
  return bytes;
}

/* PARTS with SEPARATOR between them.  */
CAIRNI_FAST struct cairn_string
cairn_string_join (struct cairn_strings parts, struct cairn_string separator)
{
  return cairn_string_join_n (parts.data, parts.len, separator);
}

CAIRNI_FAST int
cairn_string_equal (struct cairn_string a, struct cairn_string b)
{
  return a.len == b.len && (a.len == 0 || memcmp (a.data, b.data, a.len) == 0);
}

/* Less than, equal to, or greater than 0 as A is less than, equal to, or
   greater than B, byte by byte; a string is greater than its beginnings.  */
CAIRNI_FAST int
cairn_string_compare (struct cairn_string a, struct cairn_string b)
{
  size_t n = a.len < b.len ? a.len : b.len;
  int order = n ? memcmp (a.data, b.data, n) : 0;
  return order ? order : (a.len > b.len) - (a.len < b.len);
}

/* Whether STRING begins with PART; whether it ends with it.  */
CAIRNI_FAST int
cairn_string_has_prefix (struct cairn_string string, struct cairn_string part)
{
  return string.len >= part.len
         && (part.len == 0 || memcmp (string.data, part.data, part.len) == 0);
}

CAIRNI_FAST int
cairn_string_has_suffix (struct cairn_string string, struct cairn_string part)
{
  return string.len >= part.len
         && (part.len == 0
             || memcmp (string.data + string.len - part.len, part.data,
                        part.len)
                    == 0);
}

CAIRNI_FAST uint64_t
cairn_string_hash (struct cairn_string string, struct cairn_seed seed)
{
  return cairn_hash_bytes (string.data, string.len, seed);
}

/* -- Views.  */

CAIRNI_FAST struct cairn_view
cairn_view_of_string (struct cairn_string string)
{
  struct cairn_view view = { (const unsigned char *)string.data, string.len };
  return view;
}

CAIRNI_FAST struct cairn_view
cairn_view_of_bytes (struct cairn_bytes bytes)
{
  struct cairn_view view = { bytes.data, bytes.len };
  return view;
}

/* A string of what VIEW shows now.  */
CAIRNI_FAST struct cairn_string
cairn_view_copy (struct cairn_view view)
{
  return cairn_string_copy (view.data, view.len);
}

CAIRNI_FAST int
cairn_view_equal (struct cairn_view a, struct cairn_view b)
{
  return a.len == b.len && (a.len == 0 || memcmp (a.data, b.data, a.len) == 0);
}

/* -- Builders.  */

/* As memcpy.  A string's parts are often short, and then a call would take
   most of the time.  */
CAIRNI_FAST void
cairni_string_move (char *to, const char *from, size_t n)
{
  if (n > 16)
    memcpy (to, from, n);
  else if (n >= 8)
    {
      uint64_t first, last;
      memcpy (&first, from, 8);
      memcpy (&last, from + n - 8, 8);
      memcpy (to, &first, 8);
      memcpy (to + n - 8, &last, 8);
    }
  else if (n >= 4)
    {
      uint32_t first, last;
      memcpy (&first, from, 4);
      memcpy (&last, from + n - 4, 4);
      memcpy (to, &first, 4);
      memcpy (to + n - 4, &last, 4);
    }
  else if (n > 0)
    {
      char middle = from[n / 2], last = from[n - 1];
      to[0] = from[0];
      to[n / 2] = middle;
      to[n - 1] = last;
    }
}

/* Give B room for MORE bytes without allocating again.  */
CAIRNI_FAST void
cairn_builder_grow (struct cairn_builder *b, size_t more)
{
  if (CAIRNI_UNLIKELY (b->room - b->len <= more || b->buffer->used != b->len))
    {
      struct cairn_builder_memory memory
          = cairn_builder_enlarge (b->buffer, b->len, b->room, more);
      b->buffer = memory.buffer;
      b->room = memory.room;
    }
}

/* Add the N bytes at DATA, which may be some of B's own.  */
CAIRNI_FAST void
cairn_builder_add_n (struct cairn_builder *b, const void *data, size_t n)
{
  cairn_builder_grow (b, n);
  cairni_string_move (b->buffer->bytes + b->len, (const char *)data, n);
  b->len += n;
  b->buffer->used = b->len;
}

/* Add STRING.  */
CAIRNI_FAST void
cairn_builder_add (struct cairn_builder *b, struct cairn_string string)
{
  cairn_builder_add_n (b, string.data, string.len);
}

/* Add the C string C.  */
CAIRNI_FAST void
cairn_builder_add_c (struct cairn_builder *b, const char *c)
{
  cairn_builder_add_n (b, c, strlen (c));
}

/* Add what VIEW shows.  */
CAIRNI_FAST void
cairn_builder_add_view (struct cairn_builder *b, struct cairn_view view)
{
  cairn_builder_add_n (b, view.data, view.len);
}

/* Add one byte.  */
CAIRNI_FAST void
cairn_builder_add_byte (struct cairn_builder *b, char byte)
{
  cairn_builder_grow (b, 1);
  b->buffer->bytes[b->len++] = byte;
  b->buffer->used = b->len;
}

/* What was added so far.  */
CAIRNI_FAST struct cairn_string
cairn_builder_string (const struct cairn_builder *b)
{
  struct cairn_string string = { "", b->len };
  if (b->len)
    string.data = b->buffer->bytes;
  return string;
}

/* Begin a new string.  */
CAIRNI_FAST void
cairn_builder_reset (struct cairn_builder *b)
{
  b->buffer = NULL;
  b->len = b->room = 0;
}

#endif /* CAIRN_STRING_H */
