/* A variable declared in a loop's body is another one in each iteration; one
   declared outside, or in the for's own head, is one for all.  */
#include "../lib/check.h"

enum { n_max = 50 };
static int *p[n_max];

static NOINLINE int **fresh (int n)
{
  for (int i = 0; i < n; i++)
    {
      int k = i;
      p[i] = &k;
    }
  return p;
}
static NOINLINE int **shared (int n)
{
  int k;
  for (int i = 0; i < n; i++)
    {
      k = i;
      p[i] = &k;
    }
  return p;
}
static NOINLINE int **head (int n)
{
  for (int i = 0; i < n; i++)
    p[i] = &i;
  return p;
}
static NOINLINE int **in_while (int n)
{
  int i = 0;
  while (i < n)
    {
      int k = i * 3;
      p[i++] = &k;
    }
  return p;
}
static NOINLINE int **in_do (int n)
{
  int i = 0;
  do
    {
      int k = i * 5;
      if (i % 2)
        {
          p[i++] = &k;
          continue;
        }
      p[i++] = &k;
    }
  while (i < n);
  return p;
}
/* The outer variable is fresh per outer iteration and shared within.  */
static NOINLINE int **nested (int n, int m)
{
  for (int i = 0; i < n; i++)
    {
      int k = i;
      for (int j = 0; j < m; j++)
        {
          k += 100;
          p[i * m + j] = &k;
        }
    }
  return p;
}
static NOINLINE int **no_braces (int n)
{
  for (int i = 0; i < n; i++)
    p[i] = &(int){ i };
  return p;
}
static NOINLINE int **uninitialised (int n)
{
  for (int i = 0; i < n; i++)
    {
      int k;
      p[i] = &k;
      k = i + 7;
    }
  return p;
}
static NOINLINE int **infinite (int n)
{
  for (int i = 0;; i++)
    {
      int k = i;
      if (i == n)
        break;
      p[i] = &k;
    }
  return p;
}
struct link { int n; struct link *previous; };
static NOINLINE struct link *chained (int n)
{
  struct link *last = NULL;
  for (int i = 0; i < n; i++)
    {
      struct link k = { i, last };
      last = &k;
    }
  return last;
}
static NOINLINE int **unrolled (void)
{
  for (int i = 0; i < 4; i++)
    {
      int a[2] = { i, -i };
      p[i] = &a[1];
    }
  return p;
}
static NOINLINE int **switch_in_loop (int n)
{
  for (int i = 0; i < n; i++)
    switch (i % 3)
      {
        int k;
      case 0:
        k = i;
        p[i] = &k;
        break;
      case 1:
        k = 10 * i;
        p[i] = &k;
        break;
      default:
        {
          int m = 100 * i;
          p[i] = &m;
        }
      }
  return p;
}

int
main (void)
{
  int n = opaque_int (20);
  fresh (n);
  clobber ();
  for (int i = 0; i < n; i++)
    CHECK (*p[i] == i);
  for (int i = 0; i < n; i++)
    for (int j = 0; j < i; j++)
      CHECK (p[i] != p[j]);

  shared (n);
  clobber ();
  for (int i = 0; i < n; i++)
    CHECK (p[i] == p[0] && *p[i] == n - 1);

  head (n);
  clobber ();
  for (int i = 0; i < n; i++)
    CHECK (p[i] == p[0] && *p[i] == n);

  in_while (n);
  clobber ();
  for (int i = 0; i < n; i++)
    CHECK (*p[i] == i * 3);

  in_do (n);
  clobber ();
  for (int i = 0; i < n; i++)
    CHECK (*p[i] == i * 5);

  nested (5, 4);
  clobber ();
  for (int i = 0; i < 20; i++)
    {
      CHECK (p[i] == p[i / 4 * 4]);
      CHECK (*p[i] == i / 4 + 400);
      CHECK (i < 4 || p[i] != p[i - 4]);
    }

  no_braces (n);
  clobber ();
  for (int i = 0; i < n; i++)
    CHECK (*p[i] == i);

  uninitialised (n);
  clobber ();
  for (int i = 0; i < n; i++)
    CHECK (*p[i] == i + 7);

  infinite (n);
  clobber ();
  for (int i = 0; i < n; i++)
    CHECK (*p[i] == i);

  struct link *l = chained (n);
  clobber ();
  for (int i = n - 1; i >= 0; i--, l = l->previous)
    CHECK (l->n == i);
  CHECK (l == NULL);

  unrolled ();
  clobber ();
  for (int i = 0; i < 4; i++)
    CHECK (*p[i] == -i && p[i][-1] == i);

  switch_in_loop (n);
  clobber ();
  for (int i = 0; i < n; i++)
    CHECK (*p[i] == (i % 3 == 0 ? i : i % 3 == 1 ? 10 * i : 100 * i));
  return 0;
}
