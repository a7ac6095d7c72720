/* Variable-length arrays: returned, cast, two-dimensional, in loops, in
   structs, as parameters' types, sizes evaluated once.  */
#include "../lib/check.h"

static NOINLINE int *returned (int n)
{
  int v[n];
  for (int i = 0; i < n; i++)
    v[i] = i + n;
  return v;
}
static NOINLINE void *cast (int n)
{
  char v[n * sizeof (long)] __attribute__ ((aligned (8)));
  long *p = (long *) (void *) v;
  for (int i = 0; i < n; i++)
    p[i] = -i;
  return p;
}
static NOINLINE int *inside (int n)
{
  int v[n];
  for (int i = 0; i < n; i++)
    v[i] = i;
  return &v[n / 2];
}
static NOINLINE int *through_variable (int n)
{
  int v[n];
  int *p = v;
  while (p < v + n)
    *p++ = 9;
  p = v;
  return p;
}
static NOINLINE void *rows (int n, int m)
{
  int v[n][m];
  for (int i = 0; i < n; i++)
    for (int j = 0; j < m; j++)
      v[i][j] = i * m + j;
  CHECK (sizeof v == sizeof (int) * n * m);
  return v;
}
static int *kept[20];
static NOINLINE void in_loop (int n)
{
  for (int i = 1; i < n; i++)
    {
      int v[i];
      for (int j = 0; j < i; j++)
        v[j] = i;
      kept[i] = v;
    }
}
static NOINLINE int size_once (int n, int **out)
{
  int count = n;
  int v[count++];
  v[0] = 4;
  *out = v;
  CHECK (sizeof v == n * sizeof (int));
  return count;
}
static NOINLINE long *in_struct (int n)
{
  struct { int n; long items[n]; long last; } s;
  for (int i = 0; i < n; i++)
    s.items[i] = i;
  s.last = 55;
  return &s.last;
}
static NOINLINE int sum (int n, int v[n])
{
  int total = 0;
  for (int i = 0; i < n; i++)
    total += v[i];
  return total;
}
static NOINLINE int *backward_goto (int n)
{
  int *first = NULL;
 again:;
  int v[n];
  v[0] = n;
  if (!first)
    {
      first = v;
      n--;
      goto again;
    }
  CHECK (v[0] == n);
  return first;
}

int
main (void)
{
  int *a = returned (17), *i = inside (11), *t = through_variable (3);
  long *c = cast (9);
  int (*r)[4] = rows (3, 4);
  int *once;
  in_loop (20);
  CHECK (size_once (6, &once) == 7);
  long *s = in_struct (5);
  int *b = backward_goto (8);
  clobber ();
  for (int k = 0; k < 17; k++)
    CHECK (a[k] == 17 + k);
  CHECK (*i == 5 && i[-5] == 0 && i[5] == 10);
  CHECK (t[0] == 9 && t[2] == 9);
  for (int k = 0; k < 9; k++)
    CHECK (c[k] == -k);
  for (int k = 0; k < 12; k++)
    CHECK (r[k / 4][k % 4] == k);
  for (int k = 1; k < 20; k++)
    CHECK (sum (k, kept[k]) == k * k);
  CHECK (once[0] == 4);
  CHECK (*s == 55 && s[-1] == 4);
  CHECK (*b == 8);
  return 0;
}
