/* What the C library keeps for threads and for the end of the program.  */
#define _GNU_SOURCE
#include <pthread.h>
#include <threads.h>
#include "../lib/check.h"

static pthread_key_t key;
static tss_t c11_key;
static int destroyed;
static void destroy (void *p) { destroyed += *(int *) p; }

static NOINLINE void specific (int n)
{
  int x = n;
  CHECK (pthread_setspecific (key, &x) == 0);
}
static NOINLINE void c11_specific (int n)
{
  int x = n;
  CHECK (tss_set (c11_key, &x) == thrd_success);
}
static void *body (void *p)
{
  specific (*(int *) p);
  clobber ();
  CHECK (*(int *) pthread_getspecific (key) == *(int *) p);
  int result = *(int *) p + 1;
  pthread_exit (&result);
}
static NOINLINE pthread_t start (int n)
{
  int x = n;
  pthread_t thread;
  CHECK (pthread_create (&thread, NULL, body, &x) == 0);
  return thread;
}
static void at_exit (int status, void *p)
{
  CHECK (status == 0 && *(int *) p == 12);
}
static NOINLINE void leave (int n)
{
  int x = n;
  on_exit (at_exit, &x);
}

int
main (void)
{
  void *result;
  CHECK (pthread_key_create (&key, destroy) == 0);
  CHECK (tss_create (&c11_key, NULL) == thrd_success);
  specific (10);
  c11_specific (11);
  leave (12);
  pthread_t thread = start (13);
  clobber ();
  CHECK (*(int *) pthread_getspecific (key) == 10);
  CHECK (*(int *) tss_get (c11_key) == 11);
  CHECK (pthread_join (thread, &result) == 0);
  clobber ();
  CHECK (*(int *) result == 14);
  CHECK (destroyed == 13);
  return 0;
}
