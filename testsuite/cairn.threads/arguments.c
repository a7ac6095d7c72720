/* Threads get the address of a local of a function that has returned, and
   return the address of one of theirs.  */
#include <pthread.h>
#include "../lib/check.h"

static void *square (void *argument)
{
  int n = *(int *) argument;
  clobber ();
  CHECK (*(int *) argument == n);
  int result = n * n;
  return &result;
}
static NOINLINE pthread_t start (int n)
{
  int argument = n;
  pthread_t t;
  CHECK (pthread_create (&t, NULL, square, &argument) == 0);
  return t;
}
static void *leaves (void *argument)
{
  int result = *(int *) argument + 1;
  pthread_exit (&result);
}

int
main (void)
{
  for (int round = 0; round < 5; round++)
    {
      pthread_t t[8];
      int *r[8];
      for (int i = 0; i < 8; i++)
        t[i] = start (i + round);
      clobber ();
      for (int i = 0; i < 8; i++)
        CHECK (pthread_join (t[i], (void **) &r[i]) == 0);
      clobber ();
      for (int i = 0; i < 8; i++)
        CHECK (*r[i] == (i + round) * (i + round));
    }
  pthread_t t;
  int one = 1, *r;
  CHECK (pthread_create (&t, NULL, leaves, &one) == 0);
  CHECK (pthread_join (t, (void **) &r) == 0);
  clobber ();
  CHECK (*r == 2);
  return 0;
}
