/* live.c: a large heap that lives, and small objects that come and go.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

     live MEGABYTES

   Objects of 64 bytes, linked at random into a table, MEGABYTES in all; then
   four times as much is allocated, of which each eighth object replaces one
   of the table's.  With -DFREE what is replaced or dropped is freed.  */

#include <stdio.h>
#include <stdlib.h>

struct object
{
  struct object *link;
  long words[7];
};

static unsigned long seed = 1;

static unsigned long
next_random (void)
{
  seed = seed * 6364136223846793005ul + 1442695040888963407ul;
  return seed >> 33;
}

static struct object *
make (long n, struct object *link)
{
  struct object *o = malloc (sizeof *o);
  if (!o)
    abort ();
  o->link = link;
  o->words[0] = n;
  return o;
}

int
main (int argc, char **argv)
{
  unsigned long count = (argc > 1 ? strtoul (argv[1], NULL, 10) : 256) << 14;
  struct object **table = malloc (count * sizeof *table);
  if (!table)
    abort ();
  for (unsigned long i = 0; i < count; i++)
    table[i] = make (i, NULL);
  for (unsigned long i = 0; i < 4 * count; i++)
    {
      struct object *o = make (i, NULL);
      if (i % 8 == 0)
        {
          unsigned long at = next_random () % count;
#ifdef FREE
          free (table[at]);
#endif
          table[at] = o;
        }
#ifdef FREE
      else
        free (o);
#endif
    }
  long sum = 0;
  for (unsigned long i = 0; i < count; i++)
    sum += table[i]->words[0];
  printf ("%ld\n", sum);
  return 0;
}
