/* { dg-do run } */
/* Random allocations and frees of both kinds against a model: no two live
   objects overlap, none loses its contents.  An argument is the seed.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "rt-check.h"

#include <time.h>

#define NOBJECTS 2000

static struct object
{
  unsigned char *p;
  size_t nbytes;
  unsigned char fill;
  char is_manual;
} objects[NOBJECTS];

static unsigned long seed, state;

static unsigned
draw (unsigned below)
{
  state = state * 6364136223846793005ul + 1442695040888963407ul;
  return (state >> 33) % below;
}

static size_t
draw_size (void)
{
  switch (draw (8))
    {
    case 0:
      return draw (40000);
    case 1:
      return draw (200) == 0 ? draw (3000000) : draw (3000);
    default:
      return draw (300);
    }
}

static void
verify (const struct object *o)
{
  for (size_t i = 0; i < o->nbytes; i++)
    if (o->p[i] != o->fill)
      {
        printf ("seed %lu: byte %zu of %zu at %p\n", seed, i, o->nbytes,
                (void *)o->p);
        CHECK (!"contents lost");
      }
}

static void
replace (struct object *o)
{
  if (o->p && draw (3) == 0)
    {
      size_t nbytes = draw_size () + 1;
      o->p = o->is_manual ? realloc (o->p, nbytes)
                          : cairn_rt_realloc (o->p, nbytes, NULL);
      CHECK (o->p);
      if (nbytes < o->nbytes)
        o->nbytes = nbytes;
      verify (o);
      o->nbytes = nbytes;
    }
  else
    {
      if (o->p)
        verify (o);
      if (o->is_manual)
        free (o->p);
      o->is_manual = draw (2);
      o->nbytes = draw_size ();
      o->p = o->is_manual ? malloc (o->nbytes)
                          : cairn_rt_malloc (o->nbytes, NULL);
      CHECK (o->p);
      if (!o->is_manual)
        for (size_t i = 0; i < o->nbytes; i++)
          CHECK (o->p[i] == 0);
    }
  o->fill = 1 + draw (255);
  memset (o->p, o->fill, o->nbytes);
}

int
main (int argc, char **argv)
{
  seed = argc > 1 ? strtoul (argv[1], NULL, 0) : (unsigned long)time (NULL);
  state = seed;
  for (int i = 0; i < 60000; i++)
    replace (&objects[draw (NOBJECTS)]);
  for (int i = 0; i < NOBJECTS; i++)
    if (objects[i].p)
      verify (&objects[i]);
  return 0;
}
