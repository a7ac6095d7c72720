/* Closures that nothing points to are collected, even if the program
   allocates nothing else.  */
/* { dg-options "-Wall -Wno-trampolines" } */
#include "../lib/check.h"
#include <sys/resource.h>

typedef int function (void);
static function *volatile kept;
static function *live[1000];

static NOINLINE function *make (int n)
{
  int get (void) { return n; }
  return get;
}
static NOINLINE void make_in_loop (int n)
{
  for (int i = 0; i < n; i++)
    {
      int k = i;
      int get (void) { return k; }
      kept = get;
      live[i % 1000] = get;
    }
}
/* The frame stays on the stack.  */
static NOINLINE int sort (int *a, int n)
{
  int calls = 0;
  int compare (const void *p, const void *q)
  {
    calls++;
    return *(const int *) p - *(const int *) q;
  }
  qsort (a, n, sizeof *a, compare);
  return calls;
}

int
main (void)
{
  /* A collection for each takes its time.  */
  int n = getenv ("CAIRN_DEBUG") ? 1500 : 400000;
  for (int i = 0; i < n; i++)
    kept = make (i);
  CHECK (kept () == n - 1);
  make_in_loop (n);
  CHECK (kept () == n - 1);
  for (int i = n - 1000; i < n; i++)
    CHECK (live[i % 1000] () == i);
  for (int i = 0; i < n; i++)
    {
      int a[] = { 2, 1 };
      CHECK (sort (a, 2) == 1 && a[0] == 1);
    }
  struct rusage usage;
  getrusage (RUSAGE_SELF, &usage);
  CHECK (usage.ru_maxrss < 24 * 1024);
  return 0;
}
