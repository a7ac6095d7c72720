/* pauses.c: how long allocation holds a thread up, beside a heap that lives.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

     pauses MEGABYTES THREADS SECONDS [WRITES]

   MEGABYTES of objects of 64 bytes live; THREADS threads allocate and drop such
   objects for SECONDS, and let, if WRITES is 1, another of those that live
   point elsewhere each time.  Prints, in milliseconds, the median, the 99th of a
   hundred and the longest of the gaps of over 50 microseconds that a thread
   sees between two allocations: collections, and what else runs on the
   machine.  Then the same of what the runtime says of its collections meanwhile: how
   long each stopped the world.  With -DFREE what is dropped is freed, and there
   is no such runtime.  */

#ifndef FREE
#include <cairn.h>
#endif
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define MAX_THREADS 4
#define MAX_GAPS 10000

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
static int writes;

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
      if (writes)
        table[at]->link = table[count - 1 - at];
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

/* Print the median, the 99th of a hundred and the largest of the N at ALL, which
   are nanoseconds, as PREFIX says.  */
static void
print (const char *prefix, double *all, int n)
{
  qsort (all, n, sizeof *all, compare);
  printf (" %sp50=%.3f %sp99=%.3f %smax=%.3f", prefix,
          n ? all[n / 2] / 1e6 : 0, prefix, n ? all[n * 99 / 100] / 1e6 : 0,
          prefix, n ? all[n - 1] / 1e6 : 0);
}

/* How many collections there have been.  */
static unsigned
count_collections (void)
{
#ifndef FREE
  static struct cairn_mem_stats stats;
  cairn_mem_stats (&stats);
  return stats.num_gc;
#else
  return 0;
#endif
}

/* What the runtime says, but for the first collections, BEFORE of them.  */
static void
print_stops (unsigned before)
{
#ifndef FREE
  static struct cairn_mem_stats stats;
  double all[256];
  int n = 0;
  cairn_mem_stats (&stats);
  for (; n < 256 && (unsigned)n < stats.num_gc - before; n++)
    all[n] = stats.pause_ns[(stats.num_gc - 1 - n) % 256];
  print ("stop-", all, n);
#else
  (void)before;
#endif
}

int
main (int argc, char **argv)
{
  int threads = argc > 2 ? atoi (argv[2]) : 1, n = 0;
  double seconds = argc > 3 ? atof (argv[3]) : 3;
  static double all[MAX_THREADS * MAX_GAPS];
  pthread_t id[MAX_THREADS];
  count = (argc > 1 ? strtoul (argv[1], NULL, 10) : 256) << 14;
  writes = argc > 4 && atoi (argv[4]);
  table = malloc (count * sizeof *table);
  if (!table || threads > MAX_THREADS)
    abort ();
  for (unsigned long i = 0; i < count; i++)
    table[i] = make (NULL);
  unsigned before = count_collections ();
  end_ns = now_ns () + seconds * 1e9;
  for (long i = 0; i < threads; i++)
    pthread_create (&id[i], NULL, work, (void *)i);
  for (int i = 0; i < threads; i++)
    pthread_join (id[i], NULL);
  for (int i = 0; i < threads; i++)
    for (int k = 0; k < seen[i].n; k++)
      all[n++] = seen[i].gaps[k];
  printf ("measured");
  print ("", all, n);
  print_stops (before);
  printf ("\n");
  return 0;
}
