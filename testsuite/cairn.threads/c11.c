/* C11's threads: their arguments, what they are called with, and their
   thread-specific data.  */
/* { dg-options "-Wall -Wno-trampolines -pthread" } */
#include <threads.h>
#include <time.h>
#include "../lib/check.h"

#define N 8

static tss_t key;
static _Atomic int destroyed;

static int square (void *argument)
{
  int n = *(int *) argument;
  clobber ();
  CHECK (*(int *) argument == n);
  clobber ();
  return n * n;
}
static NOINLINE void start (thrd_t *t, int n)
{
  int argument = n;
  CHECK (thrd_create (t, square, &argument) == thrd_success);
}
/* A nested function whose parent has returned.  */
static NOINLINE void start_nested (thrd_t *t, int n)
{
  int x = n;
  int body (void *argument)
  {
    clobber ();
    CHECK (x == n && *(int *) argument == n);
    thrd_exit (x + 1);
  }
  int argument = n;
  CHECK (thrd_create (t, body, &argument) == thrd_success);
}
/* The value of a thread, and the destructor, which is a nested function.  */
static NOINLINE void set_value (int n)
{
  int value = n;
  CHECK (tss_set (key, &value) == thrd_success);
}
static int with_value (void *unused)
{
  (void) unused;
  set_value (55);
  clobber ();
  CHECK (*(int *) tss_get (key) == 55);
  return 0;
}
static NOINLINE void make_key (int n)
{
  int x = n;
  void destroy (void *value)
  {
    clobber ();
    CHECK (x == n && *(int *) value == 55);
    destroyed++;
  }
  CHECK (tss_create (&key, destroy) == thrd_success);
}
static _Atomic int done;
static int alone (void *argument)
{
  clobber ();
  CHECK (*(int *) argument == 6);
  done++;
  return 0;
}
static NOINLINE void start_alone (void)
{
  int argument = 6;
  thrd_t t;
  CHECK (thrd_create (&t, alone, &argument) == thrd_success);
  CHECK (thrd_detach (t) == thrd_success);
}

int
main (void)
{
  thrd_t t[N];
  int result;
  for (int round = 0; round < 5; round++)
    {
      for (int i = 0; i < N; i++)
        start (&t[i], i + round);
      clobber ();
      for (int i = 0; i < N; i++)
        {
          CHECK (thrd_join (t[i], &result) == thrd_success);
          CHECK (result == (i + round) * (i + round));
        }
      for (int i = 0; i < N; i++)
        start_nested (&t[i], i + round);
      clobber ();
      for (int i = 0; i < N; i++)
        {
          CHECK (thrd_join (t[i], &result) == thrd_success);
          CHECK (result == i + round + 1);
        }
    }
  make_key (5);
  clobber ();
  for (int i = 0; i < N; i++)
    CHECK (thrd_create (&t[i], with_value, NULL) == thrd_success);
  for (int i = 0; i < N; i++)
    CHECK (thrd_join (t[i], NULL) == thrd_success);
  CHECK (destroyed == N);
  for (int i = 0; i < N; i++)
    start_alone ();
  clobber ();
  struct timespec pause = { 0, 1000000 };
  while (done < N)
    thrd_sleep (&pause, NULL);
  return 0;
}
