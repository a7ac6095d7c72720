/* { dg-do run } */
/* { dg-options "-pthread" } */
/* Cleanups are called once, in a thread of their own, when their object is gone
   and not before; what they are called with lives until then.  Weak pointers
   keep nothing, and never show what is gone.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "rt-check.h"

#include <errno.h>
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#define COUNT 500

static volatile int ncalled[COUNT];
static volatile int total;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned long **kept;
static struct cairn_weak **weak;

static void
called (void *arg)
{
  unsigned long *p = arg;
  CHECK (p[0] == PATTERN);
  /* Who allocates may hold this lock.  */
  pthread_mutex_lock (&lock);
  ncalled[p[1]]++;
  total++;
  cairn_malloc (100);
  pthread_mutex_unlock (&lock);
}

static NOINLINE void
make (void)
{
  for (unsigned long i = 0; i < COUNT; i++)
    {
      unsigned long *p = new_object (), *arg = new_object ();
      arg[1] = i;
      CHECK (cairn_add_cleanup (p + i % 3, called, arg) == 0);
      weak[i] = cairn_weak_make (p + i % 6);
      CHECK (cairn_weak_get (weak[i]) == p + i % 6);
      if (i % 5 == 0)
        kept[i] = p;
    }
}

/* Wait until N cleanups were called.  */
static void
wait_for (int n)
{
  for (int i = 0; i < 1000 && total < n; i++)
    usleep (10000);
  usleep (20000);
}

static NOINLINE void
check (int first_gone)
{
  int n = 0;
  for (int i = 0; i < COUNT; i++)
    {
      void *p = cairn_weak_get (weak[i]);
      int lives = kept[i] != NULL;
      CHECK (ncalled[i] <= 1);
      if (lives)
        CHECK (ncalled[i] == 0 && p == kept[i] + i % 6);
      /* A word that is left somewhere may look like a pointer.  */
      else if (i >= first_gone)
        n += p == NULL && ncalled[i] == 1;
      CHECK ((p == NULL) == (ncalled[i] == 1));
    }
  CHECK (n >= (COUNT - first_gone) * 4 / 5 - 20 || first_gone == COUNT);
}

static volatile int done;

/* What a weak pointer shows is there.  */
static void *
look (void *arg)
{
  (void)arg;
  while (!done)
    for (int i = 0; i < COUNT; i++)
      {
        unsigned long *p = cairn_weak_get (weak[i]);
        if (p)
          CHECK (p[-(i % 6)] == PATTERN);
      }
  return NULL;
}

int
main (int argc, char **argv)
{
  int status, local = 0;
  pthread_t id;
  (void)argc;
  rerun_with ("CAIRN_DEBUG", "clobberfree=1", argv);
  CHECK (cairn_add_cleanup (&local, called, NULL) == -1 && errno == EINVAL);
  CHECK (!cairn_weak_make (&local) && errno == EINVAL);
  kept = cairn_malloc (COUNT * sizeof *kept);
  weak = cairn_malloc (COUNT * sizeof *weak);
  make ();
  CHECK (pthread_create (&id, NULL, look, NULL) == 0);
  CHECK (total == 0);
  pthread_mutex_lock (&lock);
  collect ();
  pthread_mutex_unlock (&lock);
  wait_for (COUNT * 4 / 5 - 20);
  check (0);
  done = 1;
  pthread_join (id, NULL);
  /* A child calls what becomes due in it.  */
  pid_t child = fork ();
  if (child == 0)
    {
      int before = total;
      memset (kept, 0, COUNT * sizeof *kept);
      collect ();
      wait_for (before + COUNT / 5 - 20);
      CHECK (total >= before + COUNT / 5 - 20);
      check (COUNT);
      _exit (0);
    }
  CHECK (waitpid (child, &status, 0) == child && status == 0);
  check (0);
  return 0;
}
