/* threads.c: threads that allocate side by side.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

     threads THREADS COUNT

   Each of THREADS threads allocates and drops COUNT objects of 48 bytes. Prints
   the wall-clock nanoseconds an object of all.  With -DFREE they are freed.  */

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static unsigned long count;

static void *
work (void *arg)
{
  void *volatile last;
  for (unsigned long i = 0; i < count; i++)
    {
      long *p = malloc (6 * sizeof *p);
      if (!p)
        abort ();
      p[0] = (long)i;
      last = p;
#ifdef FREE
      free (last);
#else
      (void)last;
#endif
    }
  return arg;
}

int
main (int argc, char **argv)
{
  int threads = argc > 1 ? atoi (argv[1]) : 2;
  pthread_t id[64];
  struct timespec then, now;
  count = argc > 2 ? strtoul (argv[2], NULL, 10) : 1000000;
  clock_gettime (CLOCK_MONOTONIC, &then);
  for (int i = 0; i < threads; i++)
    pthread_create (&id[i], NULL, work, NULL);
  for (int i = 0; i < threads; i++)
    pthread_join (id[i], NULL);
  clock_gettime (CLOCK_MONOTONIC, &now);
  printf ("measured wall=%.3f\n",
          ((now.tv_sec - then.tv_sec) * 1e9 + (now.tv_nsec - then.tv_nsec))
              / ((double)count * threads));
  return 0;
}
