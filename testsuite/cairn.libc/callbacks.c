/* Callbacks from the C library: the only reference is in its hands.  */
#define _GNU_SOURCE
#include <signal.h>
#include "../lib/check.h"

struct item { int *key; };
static int compare (const void *a, const void *b)
{
  const struct item *p = a, *q = b;
  /* Allocates, so that under stress the collector runs within qsort, which
     may hold the elements in a buffer of its own.  */
  char *volatile text = malloc (20);
  strcpy (text, "comparing");
  return *p->key < *q->key ? -1 : *p->key > *q->key;
}
static NOINLINE void fill (struct item *items, int n)
{
  unsigned r = 1;
  for (int i = 0; i < n; i++)
    {
      int key = (r = r * 1103515245 + 12345) >> 16 & 255;
      items[i].key = &key;
    }
}
static int compare_with (const void *a, const void *b, void *context)
{
  int *count = *(int **) context;
  ++*count;
  return compare (a, b);
}
static int *last_key;
static int searching (const void *key, const void *element)
{
  const struct item *e = element;
  last_key = e->key;
  char *volatile text = malloc (20);
  text[0] = 0;
  return **(int *const *) key - *e->key;
}
static volatile sig_atomic_t *signalled;
static void handler (int n) { *signalled = n; }
static NOINLINE void install (void)
{
  volatile sig_atomic_t flag = 0;
  signalled = &flag;
  struct sigaction action;
  memset (&action, 0, sizeof action);
  action.sa_handler = handler;
  sigaction (SIGUSR1, &action, NULL);
}
static int *exit_value;
static void at_exit (void) { CHECK (*exit_value == 5); }
static NOINLINE void leave (void)
{
  int n = 5;
  exit_value = &n;
  atexit (at_exit);
}
static void with_argument (int status, void *argument)
{
  CHECK (status == 0 && *(int *) argument == 66);
}
static NOINLINE void leave_with_argument (void)
{
  int n = 66;
  on_exit (with_argument, &n);
}

int
main (void)
{
  enum { n = 60 };
  struct item *items = malloc (n * sizeof *items);
  fill (items, n);
  qsort (items, n, sizeof *items, compare);
  clobber ();
  for (int i = 1; i < n; i++)
    CHECK (*items[i - 1].key <= *items[i].key);
  fill (items, n);
  int calls = 0, *context = &calls;
  qsort_r (items, n, sizeof *items, compare_with, &context);
  CHECK (calls >= n - 1);
  int wanted = *items[20].key, *key = &wanted;
  struct item *found = bsearch (&key, items, n, sizeof *items, searching);
  CHECK (found && *found->key == wanted && *last_key == wanted);
  install ();
  clobber ();
  raise (SIGUSR1);
  CHECK (*signalled == SIGUSR1);
  leave ();
  leave_with_argument ();
  clobber ();
  return 0;
}
