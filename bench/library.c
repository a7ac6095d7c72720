/* library.c: what the library is for, each many times.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

     library WORK COUNT

   pool            get an object of 4096 bytes from a pool, and put it back
   append          append 1000 numbers to an empty slice
   append-room     the same to one with room for them
   builder         add 1000 strings of 9 bytes to a builder
   builder-grow    the same to one with room for them
   join            join them with commas
   map-insert      insert a million entries into an empty map
   map-lookup      look each of a million up, in another order
   map-iterate     iterate over a million
   words           count 1000 words, 100 of them different, in a map

   COUNT is how often, but for map-* how many entries, in all: 1000000 or a
   multiple. library.go and library-peers.c do the same.  */

#include <cairn/map.h>
#include <cairn/pool.h>
#include <cairn/slice.h>
#include <cairn/string.h>

#include <stdio.h>

#define NENTRIES 1000000

CAIRN_SLICE_NOSCAN (numbers, int64_t);
CAIRN_MAP_NOSCAN (table, int64_t, int64_t);
CAIRN_MAP_STRING (counts, int64_t);

static void *
new_object (void)
{
  return cairn_malloc_noscan (4096);
}

static struct cairn_pool pool = CAIRN_POOL_INIT (new_object, 0);
static volatile size_t sink;
static struct cairn_strings strings;

static void
do_pool (long count)
{
  for (long i = 0; i < count; i++)
    {
      volatile char *p = cairn_pool_get (&pool);
      p[0] = (char)i;
      CAIRN_POOL_PUT (&pool, (void *)p, 4096);
    }
}

static __attribute__ ((noinline)) void
append (size_t room)
{
  struct numbers s = CAIRN_SLICE_MAKE (struct numbers, 0, room);
  for (int64_t i = 0; i < 1000; i++)
    CAIRN_SLICE_APPEND (&s, i);
  sink = (size_t)CAIRN_SLICE_AT (s, 999);
}

static void
do_append (long count)
{
  for (long i = 0; i < count; i++)
    append (0);
}

static void
do_append_room (long count)
{
  for (long i = 0; i < count; i++)
    append (1000);
}

static __attribute__ ((noinline)) void
build (size_t room)
{
  struct cairn_builder b = { 0 };
  if (room)
    cairn_builder_grow (&b, room);
  for (size_t i = 0; i < strings.len; i++)
    cairn_builder_add (&b, CAIRN_SLICE_AT (strings, i));
  sink = cairn_builder_string (&b).len;
}

static void
do_builder (long count)
{
  for (long i = 0; i < count; i++)
    build (0);
}

static void
do_builder_grow (long count)
{
  for (long i = 0; i < count; i++)
    build (9000);
}

static void
do_join (long count)
{
  for (long i = 0; i < count; i++)
    sink = cairn_string_join (strings, CAIRN_STRING (",")).len;
}

static struct table *
make_table (void)
{
  struct table *m = table_make (0);
  for (int64_t i = 0; i < NENTRIES; i++)
    table_set (m, i * 7, i);
  return m;
}

static void
do_map_insert (long count)
{
  for (long i = 0; i < count; i += NENTRIES)
    sink = table_len (make_table ());
}

static void
do_map_lookup (long count)
{
  struct table *m = make_table ();
  int64_t sum = 0, at = 0;
  for (long i = 0; i < count; i++)
    {
      at = (at + 387420489) % NENTRIES;
      sum += *table_find (m, at * 7);
    }
  sink = (size_t)sum;
}

static void
do_map_iterate (long count)
{
  struct table *m = make_table ();
  int64_t sum = 0;
  for (long i = 0; i < count; i += NENTRIES)
    for (struct table_iterator k = table_begin (m); table_next (&k);)
      sum += *k.value;
  sink = (size_t)sum;
}

static void
do_words (long count)
{
  for (long k = 0; k < count; k++)
    {
      struct counts *m = counts_make (0);
      for (size_t i = 0; i < 1000; i++)
        ++*counts_at (m, CAIRN_SLICE_AT (strings, i % 100));
      sink = counts_len (m);
    }
}

static const struct
{
  const char *name;
  void (*run) (long count);
} works[] = {
  { "pool", do_pool },
  { "append", do_append },
  { "append-room", do_append_room },
  { "builder", do_builder },
  { "builder-grow", do_builder_grow },
  { "join", do_join },
  { "map-insert", do_map_insert },
  { "map-lookup", do_map_lookup },
  { "map-iterate", do_map_iterate },
  { "words", do_words },
};

int
main (int argc, char **argv)
{
  for (int i = 0; i < 1000; i++)
    CAIRN_SLICE_APPEND (&strings, cairn_string_format ("string%03d", i));
  for (size_t i = 0; argc > 2 && i < sizeof works / sizeof *works; i++)
    if (strcmp (argv[1], works[i].name) == 0)
      {
        works[i].run (atol (argv[2]));
        return 0;
      }
  return 1;
}
