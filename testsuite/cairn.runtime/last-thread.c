/* { dg-do run } */
/* { dg-options "-pthread" } */
/* A process whose main thread has ended goes on until its last thread ends, and
   then ends with status 0 and its exit handlers, although the runtime has
   threads of its own by then.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "rt-check.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static int fds[2];
static void **list;

static void
at_exit (void)
{
  CHECK (write (fds[1], "e", 1) == 1);
}

static void
nothing (void *arg)
{
  (void)arg;
}

static void *
work (void *arg)
{
  usleep (100000 * ((long)arg / 2));
  for (int i = 0; i < 200000; i++)
    {
      void **p = cairn_malloc (100);
      *p = list;
      list = p;
    }
  CHECK (cairn_add_cleanup (cairn_malloc (10), nothing, NULL) == 0);
  cairn_gc ();
  cairn_gc ();
  CHECK (write (fds[1], "t", 1) == 1);
  return NULL;
}

int
main (void)
{
  char text[10];
  int status;
  ssize_t n = 0, more = -1;
  CHECK (pipe (fds) == 0);
  pid_t child = fork ();
  if (child == 0)
    {
      pthread_t id;
      atexit (at_exit);
      for (long i = 0; i < 4; i++)
        CHECK (pthread_create (&id, NULL, work, (void *)i) == 0);
      pthread_exit (NULL);
    }
  close (fds[1]);
  /* Threads that block all signals do not end by one.  */
  struct pollfd end = { .fd = fds[0], .events = POLLIN };
  while (poll (&end, 1, 60000) > 0
         && (more = read (fds[0], text + n, sizeof text - 1 - n)) > 0)
    n += more;
  if (more != 0)
    kill (child, SIGKILL);
  text[n] = 0;
  CHECK (strcmp (text, "tttte") == 0);
  CHECK (waitpid (child, &status, 0) == child && status == 0);
  return 0;
}
