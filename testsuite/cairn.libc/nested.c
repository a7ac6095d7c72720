/* Nested functions that the C library calls, now or long after the function
   that they are written in has returned.  */
/* { dg-options "-Wall -Wno-trampolines -pthread" } */
#define _GNU_SOURCE
#include "../lib/check.h"
#include <pthread.h>
#include <search.h>
#include <signal.h>

static volatile int total;
static pthread_t threads[8];
static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static NOINLINE int sort_by (int *a, int n, int sign)
{
  int calls = 0;
  int compare (const void *p, const void *q)
  {
    calls++;
    return sign * (*(const int *) p - *(const int *) q);
  }
  int compare_with (const void *p, const void *q, void *data)
  {
    return compare (p, q) * *(int *) data;
  }
  int minus = -1;
  qsort_r (a, n, sizeof *a, compare_with, &minus);
  CHECK (a[0] == (sign < 0 ? 1 : 9));
  qsort (a, n, sizeof *a, compare);
  int wanted = 4;
  int *found = bsearch (&wanted, a, n, sizeof *a, compare);
  CHECK (found && *found == 4);
  return calls;
}
static NOINLINE void start_threads (void)
{
  for (int i = 0; i < 8; i++)
    {
      int k = i, result;
      void *run (void *arg)
      {
        for (int j = 0; j < 10; j++)
          {
            int *p = malloc (sizeof *p);
            *p = k;
            clobber ();
            CHECK (*p == k);
          }
        result = k + *(int *) arg;
        return &result;
      }
      int arg = 10 * i;
      CHECK (pthread_create (&threads[i], NULL, run, &arg) == 0);
    }
}
static NOINLINE void at_signal (int n)
{
  int calls = 0;
  void handler (int sig)
  {
    CHECK (sig == SIGUSR1);
    total += n + calls++;
  }
  signal (SIGUSR1, handler);
}
static NOINLINE void at_action (int n)
{
  int calls = 0;
  void handler (int sig, siginfo_t *info, void *context)
  {
    CHECK (sig == SIGUSR2 && info && context);
    total += n + calls++;
  }
  struct sigaction act = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO };
  sigaction (SIGUSR2, &act, NULL);
}
static NOINLINE void at_exit (int n)
{
  int state = n;
  void leave (void)
  {
    CHECK (state == n && n == 5);
    _exit (total == 0 ? 0 : 1);
  }
  atexit (leave);
}
static NOINLINE void with_argument (int n)
{
  int state = n;
  void leave (int status, void *arg)
  {
    CHECK (status == 3 && state == n && *(int *) arg == 12);
    total = 0;
  }
  int *twelve = malloc (sizeof *twelve);
  *twelve = 12;
  on_exit (leave, twelve);
}
static NOINLINE void at_fork (int n)
{
  int k = n;
  void prepare (void) { k++; }
  void parent (void) { k += 10; total += k; }
  void child (void) { k += 100; total += k; }
  pthread_atfork (prepare, parent, child);
}
static NOINLINE void at_key (int n)
{
  int k = n;
  void destroy (void *p) { total += k + *(int *) p; }
  CHECK (pthread_key_create (&key, destroy) == 0);
}
static NOINLINE void *use_key (void *p)
{
  pthread_setspecific (key, p);
  return NULL;
}
static NOINLINE void *tree (int n)
{
  int calls = 0, values[] = { 3, 1, 2 };
  void *root = NULL;
  int compare (const void *p, const void *q)
  {
    calls += n;
    return *(const int *) p - *(const int *) q;
  }
  for (int i = 0; i < 3; i++)
    {
      int *p = malloc (sizeof *p);
      *p = values[i];
      tsearch (p, &root, compare);
    }
  void visit (const void *node, VISIT which, int depth)
  {
    (void) depth;
    if (which == postorder || which == leaf)
      total += **(int *const *) node * n;
  }
  twalk (root, visit);
  CHECK (calls > 0);
  return root;
}
static NOINLINE void run_once (int n)
{
  void add (void) { total += n; }
  pthread_once (&once, add);
  pthread_once (&once, add);
}

int
main (void)
{
  int a[] = { 4, 1, 9, 7, 3 };
  CHECK (sort_by (a, 5, 1) > 0 && a[0] == 1);
  CHECK (sort_by (a, 5, -1) > 0 && a[0] == 9);

  start_threads ();
  clobber ();
  for (int i = 0; i < 8; i++)
    {
      void *result;
      CHECK (pthread_join (threads[i], &result) == 0);
      CHECK (*(int *) result == 11 * i);
    }

  at_signal (7);
  at_action (8);
  at_exit (5);
  with_argument (6);
  at_fork (9);
  at_key (3);
  for (int i = 0; i < 3; i++)
    clobber ();
  total = 0;
  raise (SIGUSR1);
  raise (SIGUSR1);
  CHECK (total == 15);
  raise (SIGUSR2);
  raise (SIGUSR2);
  CHECK (total == 15 + 17);

  total = 0;
  pid_t pid = fork ();
  CHECK (pid >= 0);
  if (pid == 0)
    _exit (total == 110 ? 0 : 1);
  CHECK (total == 20);

  total = 0;
  int four = 4;
  pthread_t thread;
  CHECK (pthread_create (&thread, NULL, use_key, &four) == 0);
  CHECK (pthread_join (thread, NULL) == 0);
  CHECK (total == 7);

  total = 0;
  CHECK (tree (2) != NULL);
  CHECK (total == 12);
  run_once (5);
  CHECK (total == 17);
  exit (3);
}
