/* { dg-do run } */
/* { dg-options "-pthread" } */
/* free=trust: what is freed is used again at once, and nothing else is, in
   spans of the own thread, of others, swept, unswept and of nobody; large
   objects; what is no object's start, or free already, or has a weak pointer,
   is left alone.  Random operations against a model.  An argument is the seed.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "rt-check.h"

#include <pthread.h>
#include <time.h>

#define NTHREADS 3
#define NOBJECTS 3000
#define NSTEPS 150000

/* Of all threads: who takes an object out of it owns it.  */
static struct box
{
  pthread_mutex_t lock;
  unsigned char *p;
  size_t nbytes;
  unsigned char fill;
} boxes[NOBJECTS];

static unsigned long seed;
static const struct cairn_type noscan = { .nbytes = 1 };

static size_t
draw (unsigned long *state, size_t below)
{
  *state = *state * 6364136223846793005ul + 1442695040888963407ul;
  return (*state >> 33) % below;
}

static void
verify (const struct box *b)
{
  for (size_t i = 0; i < b->nbytes; i++)
    if (b->p[i] != b->fill)
      {
        printf ("seed %lu: byte %zu of %zu at %p\n", seed, i, b->nbytes,
                (void *)b->p);
        CHECK (!"contents lost");
      }
}

static void *
work (void *arg)
{
  unsigned long state = seed + (unsigned long)arg;
  for (int n = 0; n < NSTEPS; n++)
    {
      struct box *b = &boxes[draw (&state, NOBJECTS)];
      pthread_mutex_lock (&b->lock);
      if (b->p)
        {
          verify (b);
          /* Some are left to the collector, some freed by a wrong address.  */
          size_t how = draw (&state, 10);
          if (how > 1)
            cairn_rt_free_trusted (b->p);
          else if (how == 1 && b->nbytes > 1)
            cairn_rt_free_trusted (b->p + 1);
          b->p = NULL;
        }
      else
        {
          b->nbytes = draw (&state, 50) == 0 ? draw (&state, 60000)
                                             : draw (&state, 300);
          b->p = cairn_rt_malloc (b->nbytes, draw (&state, 2) ? &noscan : NULL);
          CHECK (b->p);
          for (size_t i = 0; i < b->nbytes; i++)
            CHECK (b->p[i] == 0);
          b->fill = 1 + draw (&state, 255);
          memset (b->p, b->fill, b->nbytes);
        }
      pthread_mutex_unlock (&b->lock);
      if (n % 20000 == 0)
        cairn_gc ();
    }
  return NULL;
}

/* Memory comes back without a collection, at once or after another thread took
   the span.  */
static void
check_reuse (void)
{
  struct cairn_mem_stats before, after;
  cairn_set_gc_percent (-1);
  cairn_gc ();
  cairn_mem_stats (&before);
  for (int i = 0; i < 1000000; i++)
    {
      char *p = cairn_rt_malloc (100, NULL),
           *q = cairn_rt_malloc (100000, NULL);
      cairn_rt_free_trusted (p);
      if (i % 1000 == 0)
        cairn_rt_free_trusted (p);
      cairn_rt_free_trusted (q);
    }
  cairn_mem_stats (&after);
  CHECK (after.num_gc == before.num_gc);
  CHECK (after.heap_sys - before.heap_sys < 10000000);
  CHECK (after.heap_objects < before.heap_objects + 10
         && after.heap_alloc < before.heap_alloc + 200000);
  CHECK (after.mallocs - before.mallocs == 2000000);
  unsigned long *p = new_object ();
  CHECK (cairn_weak_make (p));
  cairn_rt_free_trusted (p);
  CHECK (is_alive (hide (p)));
  /* The head of an empty list points to itself; that is no mark.  */
  p = cairn_rt_malloc (200, NULL);
  p[0] = PATTERN;
  p[1] = (unsigned long)p;
  cairn_rt_free_trusted (p);
  CHECK (!getenv ("CAIRN_DEBUG") || !is_alive (hide (p)));
  cairn_rt_free_trusted (cairn_rt_malloc (0, NULL));
  cairn_rt_free_trusted (malloc (10));
  cairn_rt_free_trusted (NULL);
  cairn_set_gc_percent (50);
}

static int
compare (const void *a, const void *b)
{
  uintptr_t x = *(const uintptr_t *)a, y = *(const uintptr_t *)b;
  return (x > y) - (x < y);
}

/* .inv.object.freed: what is freed twice is given to one object only.  */
static void
check_twice (void)
{
  static char *p[NOBJECTS];
  static uintptr_t addresses[NOBJECTS];
  static const struct cairn_type typed
      = { .nbytes = 24, .ptr_nbytes = 8, .nwords = 1, .ptr_bits = { 1 } };
  for (int round = 0; round < 20; round++)
    {
      size_t nbytes = round < 4 ? 24 : 8 + 30 * round;
      const struct cairn_type *type
          = round < 2 ? &typed : round % 2 ? &noscan : NULL;
      for (int i = 0; i < NOBJECTS; i++)
        {
          p[i] = cairn_rt_malloc (nbytes, type);
          for (size_t b = 0; b < nbytes; b++)
            CHECK (p[i][b] == 0);
          memset (p[i], 0x55, nbytes);
          addresses[i] = (uintptr_t)p[i];
        }
      qsort (addresses, NOBJECTS, sizeof *addresses, compare);
      for (int i = 1; i < NOBJECTS; i++)
        CHECK (addresses[i] != addresses[i - 1]);
      for (int i = 0; i < NOBJECTS; i++)
        {
          cairn_rt_free_trusted (p[i]);
          cairn_rt_free_trusted (p[i]);
          if (i > 100)
            cairn_rt_free_trusted (p[i - 100]);
        }
      memset (p, 0, sizeof p);
    }
}

int
main (int argc, char **argv)
{
  pthread_t id[NTHREADS];
  seed = argc > 1 ? strtoul (argv[1], NULL, 0) : (unsigned long)time (NULL);
  check_reuse ();
  check_twice ();
  for (int i = 0; i < NOBJECTS; i++)
    pthread_mutex_init (&boxes[i].lock, NULL);
  for (unsigned long i = 0; i < NTHREADS; i++)
    CHECK (pthread_create (&id[i], NULL, work, (void *)i) == 0);
  for (int i = 0; i < NTHREADS; i++)
    pthread_join (id[i], NULL);
  for (int i = 0; i < NOBJECTS; i++)
    if (boxes[i].p)
      verify (&boxes[i]);
  return 0;
}
