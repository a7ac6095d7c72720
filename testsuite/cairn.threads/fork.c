/* fork with threads about: both sides allocate, collect and find their
   locals.  */
#include <pthread.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include "../lib/check.h"

static atomic_int stop;
static void *busy (void *unused)
{
  while (!atomic_load (&stop))
    {
      char *volatile p = malloc (64);
      memset (p, 1, 64);
    }
  return unused;
}
static NOINLINE int *local (int n) { int x = n; return &x; }

int
main (void)
{
  pthread_t t[2];
  for (int i = 0; i < 2; i++)
    pthread_create (&t[i], NULL, busy, NULL);
  for (int round = 0; round < 8; round++)
    {
      int *p = local (round);
      pid_t child = fork ();
      CHECK (child >= 0);
      if (child == 0)
        {
          clobber ();
          int *q = local (round + 1);
          clobber ();
          pthread_t inner;
          int ok = *p == round && *q == round + 1;
          atomic_store (&stop, 1);
          ok &= pthread_create (&inner, NULL, busy, NULL) == 0;
          ok &= pthread_join (inner, NULL) == 0;
          _exit (ok ? 0 : 1);
        }
      int status;
      CHECK (waitpid (child, &status, 0) == child);
      CHECK (WIFEXITED (status) && WEXITSTATUS (status) == 0);
      clobber ();
      CHECK (*p == round);
    }
  atomic_store (&stop, 1);
  for (int i = 0; i < 2; i++)
    pthread_join (t[i], NULL);
  return 0;
}
