/* soak.c: random operations for a long time: nothing is lost, memory stays
   flat.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

     soak SECONDS [SEED]

   Run by `make soak' with the heap checked (CAIRN_DEBUG=gccheckmark=1 and
   clobberfree=1) and without.  Threads come and go; each works on a table of
   objects of its own that hold patterns and point to each other, allocates,
   frees, reallocates, makes weak pointers and cleanups, forks at times, and is
   hit by signals all the while.  Prints operations and resident memory each
   minute; fails if, in a run of five minutes and more, the latter's peak in the
   second half is more than a quarter above that of the first.  */

#define _GNU_SOURCE
#include "lib/check.h"

#include <cairn.h>
#include <pthread.h>
#include <signal.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define NTHREADS 4
#define NOBJECTS 20000
#define NOPERATIONS 2000000

struct object
{
  struct object *link;
  size_t nbytes; /* After this.  */
  unsigned char fill;
  unsigned char bytes[];
};

static volatile int done;
static unsigned long seed, noperations, nsignals, ncleanups;

static unsigned long
draw (unsigned long *state, unsigned long below)
{
  *state = *state * 6364136223846793005ul + 1442695040888963407ul;
  return (*state >> 33) % below;
}

static size_t
draw_size (unsigned long *state)
{
  return draw (state, 2000) == 0 ? draw (state, 1000000)
         : draw (state, 20) == 0 ? draw (state, 20000)
                                 : draw (state, 200);
}

static void
verify (const struct object *o)
{
  for (size_t i = 0; i < o->nbytes; i++)
    if (o->bytes[i] != o->fill)
      {
        printf ("seed %lu: byte %zu of %zu at %p\n", seed, i, o->nbytes,
                (void *)o);
        CHECK (!"contents lost");
      }
}

static void
cleanup (void *arg)
{
  CHECK (arg);
  __atomic_add_fetch (&ncleanups, 1, __ATOMIC_RELAXED);
}

static struct object *
fill (struct object *o, size_t nbytes, unsigned long *state)
{
  o->nbytes = nbytes;
  o->fill = draw (state, 256);
  memset (o->bytes, o->fill, nbytes);
  return o;
}

static void
operate (struct object **table, struct cairn_weak **weak, unsigned long *state)
{
  struct object **place = &table[draw (state, NOBJECTS)], *o = *place;
  size_t nbytes = draw_size (state), i;
  if (o)
    verify (o);
  switch (draw (state, 8))
    {
    case 0:
      free (o);
      *place = NULL;
      break;
    case 1:
      if (o && o->nbytes > nbytes)
        o->nbytes = nbytes;
      if (!o || !(o = realloc (o, sizeof *o + nbytes)))
        break;
      verify (o);
      *place = fill (o, nbytes, state);
      break;
    case 2:
      i = draw (state, NOBJECTS);
      if (weak[i] && (o = cairn_weak_get (weak[i])))
        verify (o);
      weak[i] = *place ? cairn_weak_make (*place) : NULL;
      break;
    case 3:
      if (o && draw (state, 50) == 0)
        /* Not the table: what a cleanup is given lives as long as its object, which
           the table would keep alive in turn.  */
        CHECK (cairn_add_cleanup (o, cleanup, &ncleanups) == 0);
      break;
    default:
      o = malloc (sizeof *o + nbytes);
      CHECK (o && !o->link && !o->nbytes);
      /* One step and no more, lest all that ever was stays.  */
      o->link = *place;
      if (o->link)
        o->link->link = NULL;
      *place = fill (o, nbytes, state);
    }
}

static void
check_fork (struct object **table)
{
  int status;
  pid_t child = fork ();
  if (child == 0)
    {
      cairn_gc ();
      for (int i = 0; i < NOBJECTS; i++)
        if (table[i])
          verify (table[i]);
      _exit (0);
    }
  if (child > 0)
    {
      while (waitpid (child, &status, 0) != child)
        ;
      CHECK (status == 0);
    }
}

static void *
work (void *arg)
{
  unsigned long state = seed + (unsigned long)arg;
  struct object **table = calloc (NOBJECTS, sizeof *table);
  struct cairn_weak **weak = calloc (NOBJECTS, sizeof *weak);
  CHECK (table && weak);
  for (int i = 0; i < NOPERATIONS && !done; i++)
    {
      operate (table, weak, &state);
      if (draw (&state, 200000) == 0)
        cairn_gc ();
      if (draw (&state, 1000000) == 0)
        check_fork (table);
      __atomic_add_fetch (&noperations, 1, __ATOMIC_RELAXED);
    }
  return NULL;
}

static size_t
resident_mb (void)
{
  size_t total, resident = 0;
  FILE *f = fopen ("/proc/self/statm", "r");
  CHECK (f && fscanf (f, "%zu %zu", &total, &resident) == 2);
  fclose (f);
  return resident >> 8;
}

static void
count_signal (int sig)
{
  (void)sig;
  __atomic_add_fetch (&nsignals, 1, __ATOMIC_RELAXED);
}

static void
start_signals (void)
{
  struct sigaction action
      = { .sa_handler = count_signal, .sa_flags = SA_RESTART };
  struct itimerval timer = { { 0, 1000 }, { 0, 1000 } };
  CHECK (sigaction (SIGALRM, &action, NULL) == 0);
  CHECK (setitimer (ITIMER_REAL, &timer, NULL) == 0);
}

int
main (int argc, char **argv)
{
  time_t start = time (NULL), now = start, said = start;
  long seconds = argc > 1 ? atol (argv[1]) : 3600;
  size_t peaks[2] = { 0, 0 }, resident;
  pthread_t id[NTHREADS];
  unsigned long n = 0;
  seed = argc > 2 ? strtoul (argv[2], NULL, 0) : (unsigned long)start;
  printf ("seed %lu\n", seed);
  start_signals ();
  for (int i = 0; i < NTHREADS; i++)
    CHECK (pthread_create (&id[i], NULL, work, (void *)n++) == 0);
  while ((now = time (NULL)) - start < seconds)
    {
      /* Threads that have done their part are replaced.  */
      for (int i = 0; i < NTHREADS; i++)
        if (pthread_tryjoin_np (id[i], NULL) == 0)
          CHECK (pthread_create (&id[i], NULL, work, (void *)n++) == 0);
      resident = resident_mb ();
      size_t *peak = &peaks[now - start > seconds / 2];
      *peak = *peak > resident ? *peak : resident;
      if (now - said >= 60)
        {
          said = now;
          printf ("%ld s: %lu operations, %lu threads, %lu signals, %lu "
                  "cleanups, %zu MB\n",
                  (long)(now - start), noperations, n, nsignals, ncleanups,
                  resident);
          fflush (stdout);
        }
      usleep (100000);
    }
  done = 1;
  for (int i = 0; i < NTHREADS; i++)
    pthread_join (id[i], NULL);
  printf ("%lu operations, %lu threads, %lu signals, %lu cleanups, at most %zu "
          "and %zu MB\n",
          noperations, n, nsignals, ncleanups, peaks[0], peaks[1]);
  CHECK (seconds < 300 || peaks[1] <= peaks[0] + peaks[0] / 4);
  return 0;
}
