/* Linked lists without malloc and without free: each node is a local of the
   function that made it.  Two million nodes are made; a few stay.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include <cairn.h>
#include <stdio.h>

struct list
{
  int head;
  struct list *tail;
};

static struct list *
cons (int head, struct list *tail)
{
  struct list cell = { head, tail };
  return &cell;
}

static struct list *
range (int from, int to)
{
  struct list *result = NULL;
  for (int i = to; i >= from; i--)
    result = cons (i, result);
  return result;
}

static struct list *
map (int (*f) (int), struct list *l)
{
  return l ? cons (f (l->head), map (f, l->tail)) : NULL;
}

static int
sum (const struct list *l)
{
  int total = 0;
  for (; l; l = l->tail)
    total += l->head;
  return total;
}

static int
twice (int n)
{
  return 2 * n;
}

int
main (void)
{
  struct list *kept = range (1, 10);
  long total = 0;
  for (int round = 0; round < 1000; round++)
    total += sum (map (twice, range (1, 1000)));
  printf ("dropped lists: %ld\n", total);
  printf ("kept list: %d\n", sum (kept));

  struct cairn_mem_stats stats;
  cairn_gc ();
  cairn_mem_stats (&stats);
  printf ("over 2000000 objects made: %s\n",
          stats.mallocs >= 2000000 ? "yes" : "no");
  printf ("the heap holds less than 4 MB: %s\n",
          stats.heap_alloc < 4 << 20 ? "yes" : "no");
  return 0;
}
