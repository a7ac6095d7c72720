/* { dg-do run } */
/* { dg-options "-pthread" } */
/* fork while other threads allocate and collect: the child can allocate,
   collect, make threads and fork again; the parent goes on.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "rt-check.h"

#include <pthread.h>
#include <sys/wait.h>

static volatile int stop;
static unsigned long **shared;

static void *
work (void *arg)
{
  (void)arg;
  while (!stop)
    {
      unsigned long **p = cairn_rt_malloc (200, NULL);
      p[3] = cairn_rt_malloc (50, NULL);
      free (malloc (1000));
      free (malloc (100000));
    }
  return NULL;
}

static void *
work_in_child (void *arg)
{
  for (int i = 0; i < 1000; i++)
    cairn_rt_malloc (100, NULL);
  return arg;
}

/* What a child's child does.  */
static NOINLINE void
child_again (void)
{
  work_in_child (NULL);
  cairn_gc ();
  CHECK (shared[99][0] == PATTERN);
  _exit (0);
}

static NOINLINE void
child (void)
{
  pthread_t thread;
  for (int i = 0; i < 1000; i++)
    {
      unsigned long *p = cairn_rt_malloc (64, NULL);
      CHECK (p[0] == 0 && p[7] == 0);
      p[0] = 1;
      free (malloc (64));
    }
  cairn_gc ();
  CHECK (pthread_create (&thread, NULL, work_in_child, NULL) == 0);
  pthread_join (thread, NULL);
  cairn_gc ();
  for (int i = 0; i < 100; i++)
    CHECK (shared[i][0] == PATTERN);
  int status;
  pid_t pid = fork ();
  if (pid == 0)
    child_again ();
  CHECK (waitpid (pid, &status, 0) == pid && status == 0);
  _exit (0);
}

int
main (void)
{
  pthread_t threads[3];
  alarm (60);
  shared = cairn_rt_malloc (100 * sizeof *shared, NULL);
  for (int i = 0; i < 100; i++)
    shared[i] = new_object ();
  for (int i = 0; i < 3; i++)
    CHECK (pthread_create (&threads[i], NULL, work, NULL) == 0);
  for (int i = 0; i < 12; i++)
    {
      int status;
      pid_t pid = fork ();
      CHECK (pid >= 0);
      if (pid == 0)
        child ();
      if (i % 8 == 0)
        cairn_gc ();
      CHECK (waitpid (pid, &status, 0) == pid);
      CHECK (status == 0);
    }
  stop = 1;
  for (int i = 0; i < 3; i++)
    pthread_join (threads[i], NULL);
  CHECK (system ("exit 3") == 3 << 8);
  return 0;
}
