/* { dg-do run } */
/* { dg-options "-pthread" } */
/* .inv.zombie.life: what a thread returned is kept until it is joined, by any
   of the ways to join, and no longer; nothing is kept of a detached thread,
   whenever it was detached.  A thread that joins while others are made, which
   get the same control blocks, lets go of nobody else's result.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#define _GNU_SOURCE
#include "rt-check.h"

#include <errno.h>
#include <pthread.h>
#include <sys/wait.h>
#include <time.h>

enum
{
  NTHREADS = 40,
  NJOINERS = 3,
  NROUNDS = 300
};

static uintptr_t hidden[NTHREADS];
static pthread_barrier_t barrier;
static volatile int ended;

static void *
make (void *arg)
{
  unsigned long *result = new_object ();
  *(uintptr_t *)arg = hide (result);
  __atomic_fetch_add (&ended, 1, __ATOMIC_RELEASE);
  return result;
}

static void *
make_and_exit (void *arg)
{
  pthread_exit (make (arg));
}

static void *
make_later (void *arg)
{
  pthread_barrier_wait (&barrier);
  return make (arg);
}

/* Let N threads come to their very end.  */
static void
wait_for_end (int n)
{
  struct timespec moment = { 0, 20000000 };
  while (__atomic_load_n (&ended, __ATOMIC_ACQUIRE) < n)
    nanosleep (&moment, NULL);
  nanosleep (&moment, NULL);
  ended = 0;
}

/* Join THREAD in the way of number WAY, and check that its result is the
   object at the hidden address H.  */
static NOINLINE void
join (pthread_t thread, int way, uintptr_t h)
{
  struct timespec until;
  void *result = NULL;
  int error;
  clock_gettime (CLOCK_REALTIME, &until);
  until.tv_sec += 30;
  switch (way)
    {
    case 0:
      error = pthread_join (thread, &result);
      break;
    case 1:
      do
        error = pthread_tryjoin_np (thread, &result);
      while (error == EBUSY);
      break;
    case 2:
      error = pthread_timedjoin_np (thread, &result, &until);
      break;
    case 3:
      error = pthread_clockjoin_np (thread, &result, CLOCK_REALTIME, &until);
      break;
    default:
      CHECK (pthread_join (thread, NULL) == 0);
      return;
    }
  CHECK (error == 0 && hide (result) == h);
  collect ();
  CHECK (*(unsigned long *)result == PATTERN);
}

static NOINLINE void
check_join (void)
{
  pthread_t threads[NTHREADS];
  for (int i = 0; i < NTHREADS; i++)
    CHECK (pthread_create (&threads[i], NULL, i % 2 ? make : make_and_exit,
                           &hidden[i])
           == 0);
  wait_for_end (NTHREADS);
  collect ();
  for (int i = 0; i < NTHREADS; i++)
    CHECK (is_alive (hidden[i]));
  /* A child neither joins them nor loses its way.  */
  int status;
  pid_t pid = fork ();
  if (pid == 0)
    {
      pthread_t thread;
      ended = 0;
      CHECK (pthread_create (&thread, NULL, make, &hidden[0]) == 0);
      wait_for_end (1);
      collect ();
      join (thread, 0, hidden[0]);
      _exit (0);
    }
  CHECK (waitpid (pid, &status, 0) == pid && status == 0);
  for (int i = 0; i < NTHREADS; i++)
    join (threads[i], i % 5, hidden[i]);
}

static NOINLINE void
check_detach (void)
{
  pthread_t threads[NTHREADS];
  pthread_attr_t attr;
  pthread_attr_init (&attr);
  pthread_attr_setdetachstate (&attr, PTHREAD_CREATE_DETACHED);
  CHECK (pthread_barrier_init (&barrier, NULL, NTHREADS / 4 + 1) == 0);
  /* Made detached; detached while they run, about when they end, later.  */
  for (int i = 0; i < NTHREADS; i++)
    CHECK (pthread_create (&threads[i], i % 4 == 0 ? &attr : NULL,
                           i % 4 == 1 ? make_later : make, &hidden[i])
           == 0);
  for (int i = 1; i < NTHREADS; i += 4)
    CHECK (pthread_detach (threads[i]) == 0);
  pthread_barrier_wait (&barrier);
  for (int i = 2; i < NTHREADS; i += 4)
    CHECK (pthread_detach (threads[i]) == 0);
  wait_for_end (NTHREADS);
  for (int i = 3; i < NTHREADS; i += 4)
    CHECK (pthread_detach (threads[i]) == 0);
  pthread_attr_destroy (&attr);
}

/* All but a few, to which dead stack slots may still point, are gone.  */
static NOINLINE void
check_gone (void)
{
  int nalive = 0;
  collect ();
  for (int i = 0; i < NTHREADS; i++)
    nalive += is_alive (hidden[i]);
  CHECK (nalive <= 4);
}

/* Make threads and join them, while others do the same.  */
static void *
make_and_join (void *arg)
{
  uintptr_t mine[4];
  pthread_t threads[4];
  for (int round = 0; round < NROUNDS; round++)
    {
      for (int i = 0; i < 4; i++)
        CHECK (pthread_create (&threads[i], NULL, make, &mine[i]) == 0);
      for (int i = 0; i < 4; i++)
        {
          void *result;
          CHECK (pthread_join (threads[i], &result) == 0);
          if (i % 2 == 0 && round % 8 == 0)
            cairn_gc ();
          CHECK (*(unsigned long *)result == PATTERN);
        }
    }
  return arg;
}

int
main (int argc, char **argv)
{
  (void)argc;
  rerun_with ("CAIRN_DEBUG", "clobberfree=1", argv);
  alarm (120);
  check_join ();
  check_gone ();
  check_detach ();
  check_gone ();
  pthread_t joiners[NJOINERS];
  for (int i = 0; i < NJOINERS; i++)
    CHECK (pthread_create (&joiners[i], NULL, make_and_join, NULL) == 0);
  for (int i = 0; i < NJOINERS; i++)
    CHECK (pthread_join (joiners[i], NULL) == 0);
  return 0;
}
