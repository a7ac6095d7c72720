/* pthread_cancel and cleanup handlers: the C library unwinds or jumps into frames.
   { dg-options "-Wall -pthread" }

   Catches: a cleanup handler that is called with a frame that is elsewhere; a
   thread that ends on a stack which is not its own.  */

#include <pthread.h>
#include "compiled.h"

static int ncleaned;

static LOOKS void
clean (void *argument)
{
  int mine = *(int *) argument;
  grow_addressed (30, NULL);
  CHECK (*(int *) HIDE (&mine) >= 0);
  __atomic_add_fetch (&ncleaned, 1, __ATOMIC_SEQ_CST);
}

static LOOKS void
wait_at (int depth, int way)
{
  int mine = depth;
  pthread_cleanup_push (clean, &mine);
  if (depth > 0)
    wait_at (depth - 1, way);
  else if (way == 0)
    for (;;)
      pause ();
  else if (way == 1)
    pthread_exit (NULL);
  else
    for (;;)
      {
	pthread_testcancel ();
	grow (10);
      }
  CHECK (mine == depth);
  pthread_cleanup_pop (0);
}

static pthread_barrier_t barrier;
static volatile int way;

static void *
body (void *argument)
{
  grow (100);
  pthread_barrier_wait (&barrier);
  wait_at ((long) argument, way);
  return NULL;
}

static NOINLINE int
popped (int n)
{
  int mine = n;
  pthread_cleanup_push (clean, &mine);
  grow (100);
  pthread_cleanup_pop (1);
  return mine;
}

int
main (void)
{
  pthread_barrier_init (&barrier, NULL, 2);
  int expected = 0;
  for (way = 0; way < 3; way++)
    for (long depth = 0; depth < 30; depth = depth * 7 + 3)
      {
	pthread_t thread;
	void *result;
	CHECK (pthread_create (&thread, NULL, body, (void *) depth) == 0);
	pthread_barrier_wait (&barrier);
	if (way != 1)
	  pthread_cancel (thread);
	CHECK (pthread_join (thread, &result) == 0);
	CHECK (way == 1 ? result == NULL : result == PTHREAD_CANCELED);
	expected += depth + 1;
	CHECK (ncleaned == expected);
      }
  CHECK (popped (5) == 5 && ncleaned == expected + 1);
  return 0;
}
