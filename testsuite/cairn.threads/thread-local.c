/* The only reference is in a thread's TLS, in pthread_setspecific, or on a
   waiting thread's stack.  */
#include <pthread.h>
#include "../lib/check.h"

static __thread int *direct;
static __thread struct { long pad[50]; int *p; } far;
static pthread_key_t key, key_far;
static pthread_barrier_t barrier;

static NOINLINE void keep (int n)
{
  int a = n, b = n + 1, c = n + 2, d = n + 3;
  direct = &a;
  far.p = &b;
  pthread_setspecific (key, &c);
  pthread_setspecific (key_far, &d);
}
static NOINLINE int *on_stack (int n) { int x = n; return &x; }
static void *run (void *argument)
{
  int n = (int) (long) argument;
  keep (n);
  int *volatile mine = on_stack (n + 4);
  pthread_barrier_wait (&barrier);
  for (int i = 0; i < 3; i++)
    clobber ();
  pthread_barrier_wait (&barrier);
  CHECK (*direct == n && *far.p == n + 1);
  CHECK (*(int *) pthread_getspecific (key) == n + 2);
  CHECK (*(int *) pthread_getspecific (key_far) == n + 3);
  CHECK (*mine == n + 4);
  return NULL;
}
static void at_thread_exit (void *p) { CHECK (*(int *) p % 10 == 2); }

int
main (void)
{
  pthread_t t[4];
  pthread_key_t unused[40];
  CHECK (pthread_key_create (&key, at_thread_exit) == 0);
  /* Keys beyond the first block live elsewhere.  */
  for (int i = 0; i < 40; i++)
    pthread_key_create (&unused[i], NULL);
  CHECK (pthread_key_create (&key_far, NULL) == 0);
  pthread_barrier_init (&barrier, NULL, 5);
  for (long i = 0; i < 4; i++)
    CHECK (pthread_create (&t[i], NULL, run, (void *) (i * 10)) == 0);
  keep (100);
  pthread_barrier_wait (&barrier);
  clobber ();
  pthread_barrier_wait (&barrier);
  for (int i = 0; i < 4; i++)
    pthread_join (t[i], NULL);
  CHECK (*direct == 100 && *far.p == 101);
  CHECK (*(int *) pthread_getspecific (key) == 102);
  CHECK (*(int *) pthread_getspecific (key_far) == 103);
  return 0;
}
