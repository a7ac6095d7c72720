/* xmalloc.c: one half of the threads allocates, the other half frees.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

     xmalloc PAIRS BATCHES

   After Lever and Boreham's xmalloc-test: PAIRS times a thread that allocates
   BATCHES batches of 256 objects of 16 to 250 bytes, and one that frees them;
   at most 16 batches are on the way.  Prints the CPU nanoseconds an object.  */

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define BATCH 256
#define MAX_WAITING 16

struct line
{
  pthread_mutex_t lock;
  pthread_cond_t changed;
  void **waiting[MAX_WAITING];
  int n;
};

static unsigned long batches;

static void
put (struct line *line, void **batch)
{
  pthread_mutex_lock (&line->lock);
  while (line->n == MAX_WAITING)
    pthread_cond_wait (&line->changed, &line->lock);
  line->waiting[line->n++] = batch;
  pthread_cond_signal (&line->changed);
  pthread_mutex_unlock (&line->lock);
}

static void **
take (struct line *line)
{
  pthread_mutex_lock (&line->lock);
  while (line->n == 0)
    pthread_cond_wait (&line->changed, &line->lock);
  void **batch = line->waiting[--line->n];
  pthread_cond_signal (&line->changed);
  pthread_mutex_unlock (&line->lock);
  return batch;
}

static void *
allocate (void *arg)
{
  unsigned long seed = (unsigned long)arg;
  for (unsigned long b = 0; b < batches; b++)
    {
      void **batch = malloc (BATCH * sizeof *batch);
      if (!batch)
        abort ();
      for (int i = 0; i < BATCH; i++)
        {
          seed = seed * 6364136223846793005ul + 1442695040888963407ul;
          if (!(batch[i] = malloc (16 + (seed >> 33) % 235)))
            abort ();
          *(char *)batch[i] = 1;
        }
      put (arg, batch);
    }
  return NULL;
}

static void *
release (void *arg)
{
  for (unsigned long b = 0; b < batches; b++)
    {
      void **batch = take (arg);
      for (int i = 0; i < BATCH; i++)
        free (batch[i]);
      free (batch);
    }
  return NULL;
}

int
main (int argc, char **argv)
{
  int pairs = argc > 1 ? atoi (argv[1]) : 1;
  batches = argc > 2 ? strtoul (argv[2], NULL, 10) : 1000;
  struct line *lines = calloc (pairs, sizeof *lines);
  pthread_t *id = calloc (2 * pairs, sizeof *id);
  if (!lines || !id)
    abort ();
  for (int i = 0; i < pairs; i++)
    {
      pthread_mutex_init (&lines[i].lock, NULL);
      pthread_cond_init (&lines[i].changed, NULL);
      pthread_create (&id[2 * i], NULL, allocate, &lines[i]);
      pthread_create (&id[2 * i + 1], NULL, release, &lines[i]);
    }
  for (int i = 0; i < 2 * pairs; i++)
    pthread_join (id[i], NULL);
  struct timespec cpu;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &cpu);
  printf ("measured cpu=%.3f\n",
          (cpu.tv_sec * 1e9 + cpu.tv_nsec) / (1. * BATCH * batches * pairs));
  return 0;
}
