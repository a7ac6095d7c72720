/* pauses.c: how long allocation holds a thread up, beside a heap that lives.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

     pauses MEGABYTES THREADS SECONDS

   MEGABYTES of objects of 64 bytes live; THREADS threads allocate and drop such
   objects for SECONDS.  Prints, in milliseconds, the median, the 99th of a
   hundred and the longest of the gaps of over 50 microseconds that a thread
   sees between two allocations: collections, and what else runs on the
   machine.  With -DFREE what is dropped is freed.  */

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define MAX_THREADS 16
#define MAX_GAPS 100000

struct object
{
  struct object *link;
  long words[6];
};

static struct
{
  double gaps[MAX_GAPS];
  int n;
} seen[MAX_THREADS];
static double end_ns;
static struct object **table;
static unsigned long count;

static double
now_ns (void)
{
  struct timespec now;
  clock_gettime (CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e9 + now.tv_nsec;
}

static struct object *
make (struct object *link)
{
  struct object *o = malloc (sizeof *o);
  if (!o)
    abort ();
  o->link = link;
  return o;
}

static void *
work (void *arg)
{
  int me = (int)(long)arg;
  unsigned long at = me;
  for (double last = now_ns (), now; last < end_ns; last = now)
    {
      struct object *o = make (table[at]);
      at = (at * 6364136223846793005ul + 1442695040888963407ul) % count;
#ifdef FREE
      free (o);
#else
      (void)o;
#endif
      now = now_ns ();
      if (now - last > 50e3 && seen[me].n < MAX_GAPS)
        seen[me].gaps[seen[me].n++] = now - last;
    }
  return NULL;
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

int
main (int argc, char **argv)
{
  int threads = argc > 2 ? atoi (argv[2]) : 1, n = 0;
  double seconds = argc > 3 ? atof (argv[3]) : 3;
  static double all[MAX_THREADS * MAX_GAPS];
  pthread_t id[MAX_THREADS];
  count = (argc > 1 ? strtoul (argv[1], NULL, 10) : 256) << 14;
  table = malloc (count * sizeof *table);
  if (!table || threads > MAX_THREADS)
    abort ();
  for (unsigned long i = 0; i < count; i++)
    table[i] = make (NULL);
  end_ns = now_ns () + seconds * 1e9;
  for (long i = 0; i < threads; i++)
    pthread_create (&id[i], NULL, work, (void *)i);
  for (int i = 0; i < threads; i++)
    pthread_join (id[i], NULL);
  for (int i = 0; i < threads; i++)
    for (int k = 0; k < seen[i].n; k++)
      all[n++] = seen[i].gaps[k];
  qsort (all, n, sizeof *all, compare);
  printf ("measured p50=%.3f p99=%.3f max=%.3f\n", n ? all[n / 2] / 1e6 : 0,
          n ? all[n * 99 / 100] / 1e6 : 0, n ? all[n - 1] / 1e6 : 0);
  return 0;
}
