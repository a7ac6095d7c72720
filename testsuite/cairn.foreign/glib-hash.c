/* The only reference to each local is in a GLib hash table.  */
/* { cairn-require "pkg-config --exists glib-2.0" "GLib" } */
/* { dg-options "-Wall `pkg-config --cflags glib-2.0`" } */
/* { cairn-libraries "`pkg-config --libs glib-2.0`" } */
#include <glib.h>
#include "../lib/check.h"

static NOINLINE void insert (GHashTable *table, int n)
{
  char key[24];
  int value = n * n;
  snprintf (key, sizeof key, "key %d", n);
  g_hash_table_insert (table, key, &value);
}
static NOINLINE void list (GPtrArray *array, GList **l, GQueue *q, int n)
{
  int a = n, b = n + 1, c = n + 2;
  g_ptr_array_add (array, &a);
  *l = g_list_prepend (*l, &b);
  g_queue_push_tail (q, &c);
}
static void each (gpointer key, gpointer value, gpointer sum)
{
  CHECK (strncmp (key, "key ", 4) == 0);
  *(long *) sum += *(int *) value;
}

int
main (void)
{
  GHashTable *table = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *array = g_ptr_array_new ();
  GQueue *q = g_queue_new ();
  GList *l = NULL;
  for (int i = 0; i < 50; i++)
    {
      insert (table, i);
      list (array, &l, q, i);
    }
  clobber ();
  for (int i = 0; i < 50; i++)
    {
      char key[24];
      snprintf (key, sizeof key, "key %d", i);
      int *value = g_hash_table_lookup (table, key);
      CHECK (value && *value == i * i);
      CHECK (*(int *) g_ptr_array_index (array, i) == i);
      CHECK (*(int *) g_queue_pop_head (q) == i + 2);
    }
  int n = 50;
  for (GList *p = l; p; p = p->next)
    CHECK (*(int *) p->data == n--);
  long sum = 0;
  g_hash_table_foreach (table, each, &sum);
  CHECK (sum == 40425);
  char *joined = g_strdup_printf ("%d-%s", 7, "x");
  CHECK (strcmp (joined, "7-x") == 0);
  g_free (joined);
  g_hash_table_destroy (table);
  g_list_free (l);
  g_queue_free (q);
  g_ptr_array_free (array, TRUE);
  return 0;
}
