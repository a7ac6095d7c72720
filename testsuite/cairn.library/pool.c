/* Pools: what was put is got, by one at a time, for two collections.

   Catches: an object that two have at once, also when a collection stops a
   thread in the middle of get or put; one that is lost between threads, or kept
   by a pool for ever; one that is collected while the pool has it.

   { dg-options "-Wall -pthread" }  */

#include "library.h"
#include <cairn/pool.h>

#include <pthread.h>

struct object
{
  int owner; /* 0: the pool.  */
  int number;
  char *text; /* Of the number.  */
};

static int nmade;

static void *
make_object (void)
{
  struct object *o = cairn_malloc (sizeof *o);
  o->number = __atomic_add_fetch (&nmade, 1, __ATOMIC_RELAXED);
  o->text = digits (o->number);
  return o;
}

static struct cairn_pool objects = CAIRN_POOL_INIT (make_object, 1000);

static int
is_good (const struct object *o)
{
  return o && atoi (o->text) == o->number;
}

/* One thread gets back what it put, last first; however many they are, none is
   lost and none comes twice.  */
static NOINLINE void
test_alone (int n)
{
  struct cairn_pool pool = CAIRN_POOL_INIT (NULL, 0);
  struct object **all = cairn_malloc ((size_t)n * sizeof *all);
  CHECK (!cairn_pool_get (&pool));
  for (int i = 0; i < n; i++)
    {
      all[i] = make_object ();
      CAIRN_POOL_PUT (&pool, all[i], 1);
    }
  CHECK (cairn_pool_get (&pool) == all[n - 1]);
  CAIRN_POOL_PUT (&pool, all[n - 1], 1);
  CAIRN_POOL_PUT (&pool, NULL, 1);
  for (int i = 0; i < n; i++)
    {
      struct object *o = cairn_pool_get (&pool);
      CHECK (is_good (o) && o->owner == 0);
      o->owner = 1;
    }
  CHECK (!cairn_pool_get (&pool));
}

/* Objects of more than 1000 bytes are let go.  */
static NOINLINE void
test_giants (void)
{
  struct object *o = cairn_pool_get (&objects);
  CAIRN_POOL_PUT (&objects, o, 1001);
  CHECK (cairn_pool_get (&objects) != o);
  CAIRN_POOL_PUT (&objects, o, 1000);
  CHECK (cairn_pool_get (&objects) == o);
}

/* A thread that a collection stopped in get or put finds everything as it was.
 */
static NOINLINE void
test_busy (void)
{
  static struct cairn_pool pool;
  struct object *o = make_object ();
  CAIRN_POOL_PUT (&pool, o, 1);
  struct cairn_pool_local *local = cairni_pool_enter (&pool);
  for (int i = 0; i < 3; i++)
    cairn_gc ();
  CHECK (local->n == 1 && local->items[0] == o && local->max > 0);
  cairni_pool_leave ();
  cairn_gc ();
  CHECK (local->n == 0 && cairn_pool_get (&pool) == o);
}

static NOINLINE void
put_hidden (struct cairn_pool *pool, uintptr_t *hidden, int n)
{
  for (int i = 0; i < n; i++)
    {
      void *p = memset (cairn_malloc (3000), 1, 3000);
      hidden[i] = ~(uintptr_t)p;
      CAIRN_POOL_PUT (pool, p, 1);
    }
}

/* How many of the places are still objects; one that was used again is one.  */
static NOINLINE int
count_kept (const uintptr_t *hidden, int n)
{
  int nkept = 0;
  clobber ();
  allocations ();
  for (int i = 0; i < n; i++)
    {
      int again = 0;
      for (int k = 0; k < i; k++)
        again |= hidden[k] == hidden[i];
      nkept += !again && cairn_is_heap ((void *)~hidden[i]);
    }
  return nkept;
}

static int
is_stressed (void)
{
  const char *debug = getenv ("CAIRN_DEBUG");
  return debug && strstr (debug, "gcstress");
}

/* After one collection all are there; after two none, and a pool that was
   emptied so works as a new one.  */
static NOINLINE void
test_victims (void)
{
  static struct cairn_pool pool;
  static uintptr_t hidden[50];
  for (int round = 0; round < 3; round++)
    {
      int n = round == 0 ? 10 : 50;
      put_hidden (&pool, hidden, n);
      cairn_gc ();
      CHECK (count_kept (hidden, n) == n);
      void *p = cairn_pool_get (&pool);
      CHECK (p && ((char *)p)[2999] == 1);
      CAIRN_POOL_PUT (&pool, p, 1);
      cairn_gc ();
      /* The one that was in use is there yet.  */
      CHECK (cairn_pool_get (&pool) == p);
      p = NULL;
      CHECK (count_kept (hidden, n) < n / 4);
      for (int i = 0; i < round; i++)
        cairn_gc ();
      while (cairn_pool_get (&pool))
        ;
    }
}

/* Pools that nobody has are collected with what is in it.  */
static NOINLINE void
put_in_local (uintptr_t *hidden)
{
  struct cairn_pool pool = { 0 };
  put_hidden (&pool, hidden, 40);
}

static NOINLINE void
test_dead_pools (void)
{
  static uintptr_t hidden[10][40];
  for (int i = 0; i < 10; i++)
    put_in_local (hidden[i]);
  clobber ();
  for (int i = 0; i < 4; i++)
    cairn_gc ();
  /* A dead frame may still lead to the last ones.  */
  CHECK (count_kept (hidden[0], 400) < 200);
}

/* Threads that get and put, while another collects.  */
static int done;

static void *
work (void *arg)
{
  struct object *mine[40];
  int me = (int)(intptr_t)arg, n = 0;
  unsigned state = (unsigned)me;
  for (int i = 0; i < rounds (1000000); i++)
    {
      state = state * 1103515245 + 12345;
      if (n == 0 || (n < 40 && state >> 16 & 1))
        {
          struct object *o = cairn_pool_get (&objects);
          CHECK (is_good (o));
          CHECK (__atomic_exchange_n (&o->owner, me, __ATOMIC_RELAXED) == 0);
          mine[n++] = o;
        }
      else
        {
          struct object *o = mine[--n];
          CHECK (__atomic_exchange_n (&o->owner, 0, __ATOMIC_RELAXED) == me);
          CAIRN_POOL_PUT (&objects, o, sizeof *o);
        }
    }
  while (n > 0)
    {
      mine[--n]->owner = 0;
      CAIRN_POOL_PUT (&objects, mine[n], sizeof *mine[n]);
    }
  return NULL;
}

static void *
collect (void *unused)
{
  (void)unused;
  while (!__atomic_load_n (&done, __ATOMIC_RELAXED))
    {
      /* Time to take victims.  */
      usleep (50);
      cairn_gc ();
    }
  return NULL;
}

static NOINLINE void
test_threads (void)
{
  pthread_t threads[4], collector;
  done = 0;
  CHECK (pthread_create (&collector, NULL, collect, NULL) == 0);
  for (int i = 0; i < 4; i++)
    CHECK (pthread_create (&threads[i], NULL, work, (void *)(intptr_t)(i + 1))
           == 0);
  for (int i = 0; i < 4; i++)
    CHECK (pthread_join (threads[i], NULL) == 0);
  __atomic_store_n (&done, 1, __ATOMIC_RELAXED);
  CHECK (pthread_join (collector, NULL) == 0);
}

/* What a thread has put, others get: those beyond its own at once, and its own
   when a thread comes that takes its place.  */
static struct cairn_pool handed;

static void *
put_many (void *unused)
{
  (void)unused;
  for (int i = 0; i < 60; i++)
    CAIRN_POOL_PUT (&handed, make_object (), 1);
  return NULL;
}

static void *
get_many (void *got)
{
  while (cairn_pool_get (&handed))
    ++*(int *)got;
  return NULL;
}

static NOINLINE void
test_handed (void)
{
  pthread_t thread;
  int got = 0;
  CHECK (pthread_create (&thread, NULL, put_many, NULL) == 0);
  CHECK (pthread_join (thread, NULL) == 0);
  get_many (&got);
  CHECK (got >= 60 - CAIRNI_POOL_ITEMS && got < 60);
  CHECK (pthread_create (&thread, NULL, get_many, &got) == 0);
  CHECK (pthread_join (thread, NULL) == 0);
  CHECK (got == 60);
}

static void
wrong_twice (void)
{
  struct object *o = cairn_pool_get (&objects);
  CAIRN_POOL_PUT (&objects, o, 1);
  CAIRN_POOL_PUT (&objects, o, 1);
}

int
main (void)
{
  test_giants ();
  if (!is_stressed ())
    {
      test_alone (1);
      test_alone (10);
      test_alone (1000);
      test_victims ();
      test_handed ();
    }
  test_busy ();
  test_dead_pools ();
  test_threads ();
  CHECK_ENDS (wrong_twice,
              ": an object is put into a pool that has just got it");
  return 0;
}
