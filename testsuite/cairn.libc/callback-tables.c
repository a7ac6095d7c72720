/* Nested functions that the C library keeps for later, and what it calls them
   with: atfork handlers, destructors, conversions of printf.  */
/* { dg-options "-Wall -Wno-trampolines -Wno-format" } */
#define _GNU_SOURCE
#include <printf.h>
#include <pthread.h>
#include <sys/wait.h>
#include "../lib/check.h"

typedef void plain (void);

static int ran;

static NOINLINE plain *handler (int n)
{
  int x = n;
  void handle (void)
  {
    clobber ();
    CHECK (x == n);
    ran++;
  }
  return handle;
}
static NOINLINE void at_fork (void)
{
  CHECK (pthread_atfork (handler (1), handler (2), handler (3)) == 0);
}

static int destroyed;
static NOINLINE pthread_key_t make_key (int n)
{
  int x = n;
  pthread_key_t key;
  void destroy (void *value)
  {
    clobber ();
    CHECK (x == n && *(int *) value == n);
    destroyed++;
  }
  CHECK (pthread_key_create (&key, destroy) == 0);
  return key;
}
#define NKEYS 40
static pthread_key_t keys[NKEYS];
static NOINLINE void set_value (int n)
{
  int value = n;
  CHECK (pthread_setspecific (keys[n], &value) == 0);
}
static void *with_values (void *unused)
{
  /* More than the C library has room for in the thread's control block.  */
  for (int i = 0; i < NKEYS; i++)
    set_value (i);
  clobber ();
  for (int i = 0; i < NKEYS; i++)
    CHECK (*(int *) pthread_getspecific (keys[i]) == i);
  return unused;
}

static NOINLINE void conversion (int n)
{
  int x = n;
  int print (FILE *f, const struct printf_info *info, const void *const *args)
  {
    (void) info;
    (void) args;
    clobber ();
    return fprintf (f, "%d", x);
  }
  int sizes (const struct printf_info *info, size_t max, int *types,
	     int *nbytes)
  {
    (void) info;
    (void) max;
    (void) types;
    (void) nbytes;
    CHECK (x == n);
    return 0;
  }
  CHECK (register_printf_specifier ('W', print, sizes) == 0);
}

int
main (void)
{
  at_fork ();
  conversion (4242);
  for (int i = 0; i < NKEYS; i++)
    keys[i] = make_key (i);
  clobber ();
  pid_t child = fork ();
  CHECK (child >= 0 && ran == 2);
  if (child == 0)
    _exit (5);
  int status;
  CHECK (waitpid (child, &status, 0) == child && WEXITSTATUS (status) == 5);
  pthread_t t;
  CHECK (pthread_create (&t, NULL, with_values, NULL) == 0);
  CHECK (pthread_join (t, NULL) == 0 && destroyed == NKEYS);
  char text[20];
  clobber ();
  CHECK (snprintf (text, sizeof text, "<%W>") == 6);
  CHECK (strcmp (text, "<4242>") == 0);
  return 0;
}
