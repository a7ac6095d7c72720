/* library-peers.c: as library.c, for GLib, and with -DUTHASH for uthash.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

   All is freed.  A work that has no equivalent exits with status 1.  */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NENTRIES 1000000

static volatile size_t sink;

#ifdef UTHASH

#include <uthash.h>

struct entry
{
  int64_t key, value;
  UT_hash_handle hh;
};

static struct entry *
make_table (void)
{
  struct entry *table = NULL;
  for (int64_t i = 0; i < NENTRIES; i++)
    {
      struct entry *e = malloc (sizeof *e);
      e->key = i * 7;
      e->value = i;
      HASH_ADD (hh, table, key, sizeof e->key, e);
    }
  return table;
}

static int64_t
look_up (struct entry *table, int64_t key)
{
  struct entry *e;
  HASH_FIND (hh, table, &key, sizeof key, e);
  return e->value;
}

static int64_t
sum_of (struct entry *table)
{
  int64_t sum = 0;
  for (struct entry *e = table; e; e = e->hh.next)
    sum += e->value;
  return sum;
}

static void
free_table (struct entry *table)
{
  struct entry *e, *next;
  HASH_ITER (hh, table, e, next)
  {
    HASH_DEL (table, e);
    free (e);
  }
}

static int
other_work (const char *work, long count)
{
  (void)work;
  (void)count;
  return 1;
}

#else

#include <glib.h>

static GHashTable *
make_table (void)
{
  GHashTable *table = g_hash_table_new (g_direct_hash, g_direct_equal);
  for (int64_t i = 0; i < NENTRIES; i++)
    g_hash_table_insert (table, (gpointer)(i * 7), (gpointer)i);
  return table;
}

static int64_t
look_up (GHashTable *table, int64_t key)
{
  return (int64_t)g_hash_table_lookup (table, (gpointer)key);
}

static int64_t
sum_of (GHashTable *table)
{
  GHashTableIter i;
  gpointer value;
  int64_t sum = 0;
  g_hash_table_iter_init (&i, table);
  while (g_hash_table_iter_next (&i, NULL, &value))
    sum += (int64_t)value;
  return sum;
}

static void
free_table (GHashTable *table)
{
  g_hash_table_unref (table);
}

static char *strings[1001];

static void
append (unsigned room)
{
  GArray *a = g_array_sized_new (FALSE, FALSE, sizeof (int64_t), room);
  for (int64_t i = 0; i < 1000; i++)
    g_array_append_val (a, i);
  sink = (size_t)g_array_index (a, int64_t, 999);
  g_array_unref (a);
}

static void
build (size_t room)
{
  GString *s = g_string_sized_new (room);
  for (int i = 0; i < 1000; i++)
    g_string_append_len (s, strings[i], 9);
  sink = s->len;
  g_string_free (s, TRUE);
}

static void
join (void)
{
  char *s = g_strjoinv (",", strings);
  sink = (size_t)s[0];
  g_free (s);
}

static void
count_words (void)
{
  GHashTable *table = g_hash_table_new (g_str_hash, g_str_equal);
  for (int i = 0; i < 1000; i++)
    {
      const char *word = strings[i % 100];
      gpointer n = g_hash_table_lookup (table, word);
      g_hash_table_insert (table, (gpointer)word, (char *)n + 1);
    }
  sink = g_hash_table_size (table);
  g_hash_table_unref (table);
}

static int
other_work (const char *work, long count)
{
  for (int i = 0; i < 1000; i++)
    strings[i] = g_strdup_printf ("string%03d", i);
  for (long i = 0; i < count; i++)
    if (strcmp (work, "append") == 0)
      append (0);
    else if (strcmp (work, "append-room") == 0)
      append (1000);
    else if (strcmp (work, "builder") == 0)
      build (0);
    else if (strcmp (work, "builder-grow") == 0)
      build (9000);
    else if (strcmp (work, "join") == 0)
      join ();
    else if (strcmp (work, "words") == 0)
      count_words ();
    else
      return 1;
  return 0;
}

#endif

int
main (int argc, char **argv)
{
  if (argc < 3)
    return 1;
  long count = atol (argv[2]);
  if (strncmp (argv[1], "map-", 4) != 0)
    return other_work (argv[1], count);
  int64_t sum = 0, at = 0;
  __typeof__ (make_table ()) table = make_table ();
  if (strcmp (argv[1], "map-insert") == 0)
    for (long i = NENTRIES; i < count; i += NENTRIES)
      {
        free_table (table);
        table = make_table ();
      }
  else if (strcmp (argv[1], "map-lookup") == 0)
    for (long i = 0; i < count; i++)
      {
        at = (at + 387420489) % NENTRIES;
        sum += look_up (table, at * 7);
      }
  else
    for (long i = 0; i < count; i += NENTRIES)
      sum += sum_of (table);
  sink = (size_t)sum;
  free_table (table);
  return 0;
}
