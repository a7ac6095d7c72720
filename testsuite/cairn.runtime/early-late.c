/* { dg-do run } */
/* { dg-options "-pthread" } */
/* Allocation before main and after it: constructors,
   atexit, destructors, thread-local destructors, a thread that outlives main.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#define _GNU_SOURCE
#include "rt-check.h"

#include <pthread.h>
#include <time.h>

static unsigned long *volatile kept;

extern int __cxa_thread_atexit_impl (void (*fn) (void *), void *arg, void *dso);
extern void *__dso_handle;

static NOINLINE void
exercise (void)
{
  for (int i = 0; i < 3000; i++)
    {
      unsigned long *p = cairn_rt_malloc (200, NULL);
      CHECK (p[0] == 0 && p[20] == 0);
      memset (p, 1, 200);
      free (malloc (300));
    }
  cairn_gc ();
  CHECK (!kept || *kept == PATTERN);
}

__attribute__ ((constructor (200))) static void
before (void)
{
  kept = new_object ();
  exercise ();
}

__attribute__ ((destructor (200))) static void
after (void)
{
  exercise ();
}

static void
at_exit (void)
{
  exercise ();
}

static void
at_thread_exit (void *arg)
{
  CHECK (*(unsigned long *)arg == PATTERN);
  exercise ();
}

static void *
work (void *arg)
{
  unsigned long **p = malloc (sizeof *p);
  *p = arg;
  __cxa_thread_atexit_impl (at_thread_exit, *p, &__dso_handle);
  exercise ();
  free (p);
  return NULL;
}

static void *
outlive (void *arg)
{
  struct timespec pause = { 0, 1000000 };
  for (int i = 0; i < 30; i++)
    {
      nanosleep (&pause, NULL);
      exercise ();
    }
  CHECK (*(unsigned long *)arg == PATTERN);
  exit (0);
}

int
main (void)
{
  pthread_t thread;
  atexit (at_exit);
  for (int i = 0; i < 20; i++)
    {
      CHECK (pthread_create (&thread, NULL, work, new_object ()) == 0);
      pthread_join (thread, NULL);
    }
  CHECK (pthread_create (&thread, NULL, outlive, new_object ()) == 0);
  pthread_exit (NULL);
}
