/* Threads that the program starts, and that foreign code starts, grow all at
   once, end in all ways, and start others.
   { cairn-foreign }
   { dg-options "-Wall -pthread" }

   Catches: stacks that two threads share; a thread that ends on the wrong
   stack.  */

#include <pthread.h>
#include "compiled.h"

extern void *away_start (void *(*fn) (void *), void *argument);

#ifdef FOREIGN

struct start { void *(*fn) (void *); void *argument; };

static void *
body (void *argument)
{
  struct start *start = argument;
  stand ();
  return start->fn (start->argument);
}

/* Have a foreign thread call FN.  */
NOINLINE void *
away_start (void *(*fn) (void *), void *argument)
{
  pthread_t thread;
  void *result;
  struct start start = { fn, argument };
  stand ();
  CHECK (pthread_create (&thread, NULL, body, &start) == 0);
  CHECK (pthread_join (thread, &result) == 0);
  return result;
}

#else

enum { NTHREADS = 5 };

static pthread_barrier_t barrier;
static pthread_key_t key;
static int ndestroyed;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int nonce;
static __thread int own;

static void
destroy (void *value)
{
  grow_addressed (50, NULL);
  CHECK (value != NULL);
  __atomic_add_fetch (&ndestroyed, 1, __ATOMIC_SEQ_CST);
}

static void
first (void)
{
  grow (100);
  nonce++;
}

static LOOKS void
leave (int depth, void *result)
{
  int mine = depth;
  if (depth == 0)
    pthread_exit (result);
  leave (depth - 1, result);
  CHECK (mine == -1);
}

static void *
body (void *argument)
{
  long number = (long) argument;
  own = number;
  pthread_setspecific (key, &own);
  pthread_barrier_wait (&barrier);
  pthread_once (&once, first);
  for (int i = 0; i < (stressed () ? 2 : 7); i++)
    {
      CHECK (grow (100 << i) == 100 << i);
      grow_addressed (100 << i, NULL);
      CHECK (own == number);
    }
  if (number % 2)
    leave (100, argument);
  return argument;
}

static void *
parent (void *argument)
{
  pthread_t thread;
  void *result;
  grow (100);
  if ((long) argument == 0)
    return NULL;
  CHECK (pthread_create (&thread, NULL, parent, (char *) argument - 1) == 0);
  grow_addressed (200, NULL);
  CHECK (pthread_join (thread, &result) == 0);
  return (char *) result + 1;
}

int
main (void)
{
  pthread_t threads[NTHREADS];
  CHECK (pthread_key_create (&key, destroy) == 0);
  CHECK (pthread_barrier_init (&barrier, NULL, NTHREADS) == 0);
  for (int round = 0; round < 2; round++)
    {
      for (long i = 0; i < NTHREADS; i++)
	CHECK (pthread_create (&threads[i], NULL, body, (void *) i) == 0);
      for (long i = 0; i < NTHREADS; i++)
	{
	  void *result;
	  CHECK (pthread_join (threads[i], &result) == 0);
	  CHECK (result == (void *) i);
	}
    }
  CHECK (ndestroyed == 2 * NTHREADS && nonce == 1);
  CHECK (parent ((void *) 5) == (void *) 5);
  CHECK (away_start (parent, (void *) 3) == (void *) 3);
  grow (1000);
  pthread_t thread;
  CHECK (pthread_create (&thread, NULL, parent, (void *) 2) == 0);
  CHECK (pthread_detach (thread) == 0);
  /* The main thread may end before others.  */
  leave (100, NULL);
  return 1;
}
#endif
