/* arena.c: an arena, and the library's functions that allocate over it.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

   The headers of the library are the same for the program and for its twin;
   these are the parts of it that are not in headers.  */

#define _GNU_SOURCE
#include "twin.h"

#include <cairn/map.h>
#include <cairn/slice.h>
#include <cairn/string.h>

#include <stdarg.h>
#include <stdio.h>

/* The first block; each is twice as large as the one before, up to the last. */
enum
{
  MIN_NBYTES = 4096,
  MAX_NBYTES = 1 << 20
};

struct block
{
  struct block *next;
  _Alignas(16) char bytes[];
};

/* The calling thread's blocks, and the room in the newest.  */
static _Thread_local struct block *blocks;
static _Thread_local char *at, *end;
static _Thread_local size_t block_nbytes = MIN_NBYTES;

static struct block *
new_block (size_t nbytes)
{
  struct block *block = malloc (sizeof *block + nbytes);
  if (!block)
    abort ();
  block->next = blocks;
  return blocks = block;
}

void *
twin_alloc (size_t nbytes)
{
  nbytes = (nbytes + 15) & ~(size_t)15;
  /* What is large has a block of its own, beside the one in use.  */
  if (nbytes > block_nbytes / 4)
    return memset (new_block (nbytes)->bytes, 0, nbytes);
  if ((size_t)(end - at) < nbytes)
    {
      at = new_block (block_nbytes)->bytes;
      end = at + block_nbytes;
      if (block_nbytes < MAX_NBYTES)
        block_nbytes *= 2;
    }
  void *p = memset (at, 0, nbytes);
  at += nbytes;
  return p;
}

void
twin_free_all (void)
{
  while (blocks)
    {
      struct block *next = blocks->next;
      free (blocks);
      blocks = next;
    }
  at = end = NULL;
  block_nbytes = MIN_NBYTES;
}

void *
twin_keep (const void *data, size_t nbytes)
{
  return memcpy (twin_alloc (nbytes), data, nbytes);
}

void *
cairn_malloc (size_t nbytes)
{
  return twin_alloc (nbytes);
}

void *
cairn_malloc_noscan (size_t nbytes)
{
  return twin_alloc (nbytes);
}

/* -- Slices.  */

struct cairn_slice_array
cairn_slice_grow (void *data, size_t len, size_t cap, size_t more, size_t each,
                  const struct cairn_place *where)
{
  (void)where;
  each >>= 1;
  cap = len + more > 2 * cap ? len + more : 2 * cap;
  void *fresh = twin_alloc (cap * each);
  if (len)
    memcpy (fresh, data, len * each);
  return (struct cairn_slice_array){ fresh, cap };
}

/* -- Strings.  */

struct cairn_string
cairn_string_copy (const void *data, size_t len)
{
  return (struct cairn_string){ len ? twin_keep (data, len) : "", len };
}

struct cairn_string
cairn_string_join_n (const struct cairn_string *parts, size_t n,
                     struct cairn_string separator)
{
  size_t len = n ? (n - 1) * separator.len : 0;
  for (size_t i = 0; i < n; i++)
    len += parts[i].len;
  char *all = twin_alloc (len), *to = all;
  for (size_t i = 0; i < n; i++)
    {
      if (i > 0)
        to = mempcpy (to, separator.data, separator.len);
      to = mempcpy (to, parts[i].data, parts[i].len);
    }
  return (struct cairn_string){ all, len };
}

ptrdiff_t
cairn_string_find (struct cairn_string string, struct cairn_string part)
{
  const char *found = memmem (string.data, string.len, part.data, part.len);
  return found ? found - string.data : -1;
}

struct cairn_builder_memory
cairn_builder_enlarge (struct cairn_buffer *buffer, size_t len, size_t room,
                       size_t more)
{
  size_t fresh_room = 2 * room > len + more ? 2 * room : len + more + 16;
  struct cairn_buffer *fresh = twin_alloc (sizeof *fresh + fresh_room);
  fresh->used = len;
  if (len)
    memcpy (fresh->bytes, buffer->bytes, len);
  return (struct cairn_builder_memory){ fresh, fresh_room };
}

void
cairn_builder_format (struct cairn_builder *b, const char *format, ...)
{
  char text[512];
  va_list arguments;
  va_start (arguments, format);
  int n = vsnprintf (text, sizeof text, format, arguments);
  va_end (arguments);
  cairn_builder_add_n (b, text, n);
}

struct cairn_string
cairn_string_format (const char *format, ...)
{
  char text[512];
  va_list arguments;
  va_start (arguments, format);
  int n = vsnprintf (text, sizeof text, format, arguments);
  va_end (arguments);
  return cairn_string_copy (text, n);
}

/* -- Maps.  */

const unsigned char cairn_map_no_entries[CAIRNI_MAP_GROUP]
    __attribute__ ((aligned (CAIRNI_MAP_GROUP)));

struct cairn_map_memory
cairn_map_allocate (size_t ngroups, size_t each, int noscan,
                    const struct cairn_place *where)
{
  size_t n = ngroups * CAIRNI_MAP_GROUP;
  (void)noscan, (void)where;
  return (struct cairn_map_memory){ twin_alloc (n), twin_alloc (n * each) };
}

size_t
cairn_map_groups (size_t hint, const struct cairn_place *where)
{
  size_t ngroups = hint > 0;
  (void)where;
  while (cairni_map_room (ngroups) < hint)
    ngroups *= 2;
  return ngroups;
}

struct cairn_seed
cairn_hash_seed (void)
{
  return (struct cairn_seed){ { 0x9e3779b97f4a7c15u, 0xd1b54a32d192ed03u } };
}

/* -- The ends of programs that are wrong.  */

#define ENDS(NAME, ...)                                                        \
  void NAME (__VA_ARGS__) { abort (); }
#define PLACE const struct cairn_place *where __attribute__ ((unused))
#define UNUSED(NAME) size_t NAME __attribute__ ((unused))

ENDS (cairn_slice_bad_index, UNUSED (i), UNUSED (len), PLACE)
ENDS (cairn_slice_bad_bounds, UNUSED (lo), UNUSED (hi), UNUSED (max),
      UNUSED (cap), PLACE)
ENDS (cairn_slice_bad_make, UNUSED (len), UNUSED (cap), PLACE)
ENDS (cairn_slice_no_memory, UNUSED (n), UNUSED (each), PLACE)
ENDS (cairn_string_bad_bounds, UNUSED (lo), UNUSED (hi), UNUSED (len), PLACE)
ENDS (cairn_map_shared, PLACE)
ENDS (cairn_map_null, PLACE)
ENDS (cairn_map_no_memory, UNUSED (n), PLACE)
