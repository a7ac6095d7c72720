/* Variables that a nested function uses live as long as it does.  */
#include <stdlib.h>

typedef int function (void);

function *
counter (int from) /* { dg-escape "moved to heap: from" } */
{
  int count = 0; /* { dg-escape "moved to heap: count" } */
  int other = from;
  int next (void) { return from + count++; }
  other++;
  return other ? next : 0;
}

int
called_only (int n)
{
  int twice (void) { return 2 * n; }
  return twice ();
}

/* In a loop, too.  */
int
called_in_loop (int n)
{
  int sum = 0;
  for (int i = 0; i < n; i++)
    {
      int k = i;
      void add (void) { sum += k; }
      add ();
    }
  return sum;
}

/* One k for each closure; one shared, one i for all.  */
void
fill (function **to, int n) /* { dg-escape "to does not escape" } */
{ /* { dg-escape "moved to heap: n" -1 } */
  int shared = 0; /* { dg-escape "moved to heap: shared" } */
  for (int i = 0; i < n; i++) /* { dg-escape "moved to heap: i" } */
    {
      int k = i; /* { dg-escape "moved to heap: k" } */
      int own = i;
      int get (void) { return k + shared + i + n; }
      to[i] = get;
      own++;
    }
}

/* qsort forgets what it called.  */
void
sort (int *a, int n) /* { dg-escape "a does not escape" } */
{
  for (int sign = -1; sign <= 1; sign += 2)
    {
      int s = sign, calls = 0;
      int
      compare (const void *p, const void *q)
      { /* { dg-escape "p does not escape" -1 } */
        /* { dg-escape "q does not escape" -2 } */
        calls++;
        return s * (*(const int *) p - *(const int *) q);
      }
      qsort (a, n, sizeof *a, compare);
    }
}

/* What lives as long as the call may hold a closure of the loop; not the
   other way round.  */
int
keep_last (int n)
{
  function *last = NULL;
  int shared = n;
  for (int i = 0; i < n; i++)
    {
      int k = i; /* { dg-escape "moved to heap: k" } */
      int get (void) { return k + shared; }
      last = get;
    }
  return last ? last () : 0;
}

/* One jumps out, another stays.  */
function *
jumps (int n)
{
  __label__ out;
  int k = n; /* { dg-escape "moved to heap: k" } */
  int get (void)
  {
    if (k < 0)
      goto out;
    return k;
  }
  k++;
  return get;
out:
  return NULL;
}

/* Through two functions.  */
function *
two (int a) /* { dg-escape "moved to heap: a" } */
{
  function *
  inner (int b) /* { dg-escape "moved to heap: b" } */
  {
    int sum (void) { return a + b; }
    return sum;
  }
  return inner (a + 1);
}
