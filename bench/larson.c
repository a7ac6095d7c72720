/* larson.c: threads that replace objects of random size in a table, and hand
   the table on.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

     larson THREADS SLOTS ROUNDS

   After Larson and Krishnan's benchmark of a server: each of THREADS lines has
   a table of SLOTS objects of 10 to 500 bytes.  A thread frees and allocates
   objects in random slots, 8 times as often as there are slots, then a new
   thread goes on with its table, ROUNDS times.  Prints the CPU nanoseconds of a
   replacement.  */

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static unsigned long nslots;

static void *
work (void *arg)
{
  char **table = arg;
  unsigned long seed = (unsigned long)table;
  for (unsigned long i = 0; i < 8 * nslots; i++)
    {
      seed = seed * 6364136223846793005ul + 1442695040888963407ul;
      unsigned long at = (seed >> 33) % nslots;
      free (table[at]);
      table[at] = malloc (10 + (seed >> 17) % 491);
      if (!table[at])
        abort ();
      table[at][0] = (char)i;
    }
  return NULL;
}

int
main (int argc, char **argv)
{
  int threads = argc > 1 ? atoi (argv[1]) : 2;
  nslots = argc > 2 ? strtoul (argv[2], NULL, 10) : 1000;
  int rounds = argc > 3 ? atoi (argv[3]) : 100;
  char ***tables = calloc (threads, sizeof *tables);
  pthread_t *id = calloc (threads, sizeof *id);
  if (!tables || !id)
    abort ();
  for (int i = 0; i < threads; i++)
    if (!(tables[i] = calloc (nslots, sizeof **tables)))
      abort ();
  struct timespec cpu;
  for (int r = 0; r < rounds; r++)
    {
      for (int i = 0; i < threads; i++)
        pthread_create (&id[i], NULL, work, tables[i]);
      for (int i = 0; i < threads; i++)
        pthread_join (id[i], NULL);
    }
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &cpu);
  printf ("measured cpu=%.3f\n",
          (cpu.tv_sec * 1e9 + cpu.tv_nsec) / (8. * nslots * rounds * threads));
  return 0;
}
