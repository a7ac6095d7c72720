/* Nested functions that are called at exit: the C library mangles their
   addresses.  */
/* { dg-options "-Wall -Wno-trampolines" } */
#include <sys/wait.h>
#include "../lib/check.h"

#define N 20

extern int __cxa_atexit (void (*) (void *), void *, void *);

typedef void plain (void);
typedef void with_status (int, void *);
typedef void with_argument (void *);

static int ran;

static NOINLINE plain *at_exit (int n)
{
  int x = n;
  void handler (void)
  {
    clobber ();
    CHECK (x == n);
    ran++;
  }
  return handler;
}
static NOINLINE with_status *on_status (int n)
{
  int x = n;
  void handler (int status, void *argument)
  {
    clobber ();
    CHECK (x == n && status == 3 && *(int *) argument == n);
    ran++;
  }
  return handler;
}
static NOINLINE with_argument *on_argument (int n)
{
  int x = n;
  void handler (void *argument)
  {
    clobber ();
    CHECK (x == n && *(int *) argument == n);
    ran++;
  }
  return handler;
}
static NOINLINE void add (int n)
{
  int argument = n;
  CHECK (atexit (at_exit (n)) == 0);
  CHECK (on_exit (on_status (n), &argument) == 0);
#ifndef STATIC
  CHECK (__cxa_atexit (on_argument (n), &argument, NULL) == 0);
#else
  ran++;
  (void) on_argument;
#endif
}
/* Nested in a function that has not returned but exits.  */
static NOINLINE void leave (int status)
{
  int here = status;
  void handler (void)
  {
    clobber ();
    CHECK (here == status);
    ran++;
  }
  CHECK (atexit (handler) == 0);
  clobber ();
  exit (status);
}
/* Registered first, called last.  */
static void all_ran (void)
{
  CHECK (ran == 3 * N + 1);
}
static void all_ran_quickly (void)
{
  CHECK (ran == N);
}
static NOINLINE void add_quick (int n)
{
  CHECK (at_quick_exit (at_exit (n)) == 0);
}
static void normally (void)
{
  CHECK (atexit (all_ran) == 0);
  for (int i = 0; i < N; i++)
    add (i);
  clobber ();
  leave (3);
}
static void quickly (void)
{
  CHECK (at_quick_exit (all_ran_quickly) == 0);
  for (int i = 0; i < N; i++)
    add_quick (i);
  clobber ();
  quick_exit (3);
}

int
main (void)
{
  void (*const ways[]) (void) = { normally, quickly };
  for (int i = 0; i < 2; i++)
    {
      int status;
      pid_t child = fork ();
      CHECK (child >= 0);
      if (child == 0)
        ways[i]();
      CHECK (waitpid (child, &status, 0) == child);
      CHECK (WIFEXITED (status) && WEXITSTATUS (status) == 3);
    }
  return 0;
}
