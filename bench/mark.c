/* mark.c: collect again and again what lives.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

     mark COUNT CYCLES

   COUNT objects of 64 bytes, of which each points to two others, chosen at
   random, hang in a table in random order.  Prints the CPU and the wall-clock
   time of a collection, the best of CYCLES, in nanoseconds an object.  */

#include <cairn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct object
{
  struct object *links[2];
  long words[5];
};

static unsigned long seed = 1;

static unsigned long
next_random (void)
{
  seed = seed * 6364136223846793005ul + 1442695040888963407ul;
  return seed >> 33;
}

static double
now_ns (clockid_t clock)
{
  struct timespec now;
  clock_gettime (clock, &now);
  return now.tv_sec * 1e9 + now.tv_nsec;
}

int
main (int argc, char **argv)
{
  unsigned long count = argc > 1 ? strtoul (argv[1], NULL, 10) : 1000000;
  int cycles = argc > 2 ? atoi (argv[2]) : 5;
  double cpu = 1e30, wall = 1e30;
  struct object **table = malloc (count * sizeof *table);
  if (!table)
    abort ();
  for (unsigned long i = 0; i < count; i++)
    if (!(table[i] = malloc (sizeof **table)))
      abort ();
  for (unsigned long i = 0; i < count; i++)
    for (int k = 0; k < 2; k++)
      table[i]->links[k] = table[next_random () % count];
  for (unsigned long i = count - 1; i > 0; i--)
    {
      unsigned long j = next_random () % (i + 1);
      struct object *o = table[i];
      table[i] = table[j];
      table[j] = o;
    }
  cairn_gc ();
  for (int i = 0; i < cycles; i++)
    {
      double cpu_then = now_ns (CLOCK_PROCESS_CPUTIME_ID);
      double wall_then = now_ns (CLOCK_MONOTONIC);
      cairn_gc ();
      double cpu_now = now_ns (CLOCK_PROCESS_CPUTIME_ID) - cpu_then;
      double wall_now = now_ns (CLOCK_MONOTONIC) - wall_then;
      cpu = cpu_now < cpu ? cpu_now : cpu;
      wall = wall_now < wall ? wall_now : wall;
    }
  printf ("measured cpu=%.3f wall=%.3f\n", cpu / count, wall / count);
  return table[0]->words[0] != 0;
}
