/* { dg-do run } */
/* { dg-options "-pthread" } */
/* .inv.reach: a thread that is cancelled while the world is stopped must
   first be let go on, or the next collection waits for it for ever.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later.  */

#include "cairn.h"

#include <pthread.h>
#include <stdio.h>
#include <time.h>

enum { NROUNDS = 40, NTHREADS = 4 };

static int done;

static void *
collect (void *arg)
{
  while (!__atomic_load_n (&done, __ATOMIC_ACQUIRE))
    cairn_gc ();
  return arg;
}

static void *
sleep_until_cancelled (void *arg)
{
  struct timespec moment = { 0, 100000 };

  cairn_malloc (16);
  for (;;)
    nanosleep (&moment, NULL);
  return arg;
}

int
main (void)
{
  pthread_t collector;

  pthread_create (&collector, NULL, collect, NULL);
  for (int round = 0; round < NROUNDS; round++)
    {
      pthread_t threads[NTHREADS];
      for (int i = 0; i < NTHREADS; i++)
        pthread_create (&threads[i], NULL, sleep_until_cancelled, NULL);
      for (int i = 0; i < NTHREADS; i++)
        pthread_cancel (threads[i]);
      for (int i = 0; i < NTHREADS; i++)
        {
          void *result;
          pthread_join (threads[i], &result);
          if (result != PTHREAD_CANCELED)
            {
              printf ("a thread ended otherwise\n");
              return 1;
            }
        }
    }
  __atomic_store_n (&done, 1, __ATOMIC_RELEASE);
  pthread_join (collector, NULL);
  return 0;
}
