/* Arrays: returned whole, by element, by row, one past the end.  */
#include "../lib/check.h"

struct item { int n; struct item *link; };

static NOINLINE int *whole (void)
{
  int a[100];
  for (int i = 0; i < 100; i++)
    a[i] = i * i;
  return a;
}
static NOINLINE int *past_end (void)
{
  int a[8];
  for (int i = 0; i < 8; i++)
    a[i] = i + 100;
  return a + 8;
}
static NOINLINE int (*rows (void))[5]
{
  int a[3][5];
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 5; j++)
      a[i][j] = 10 * i + j;
  return a;
}
static NOINLINE struct item *ring (void)
{
  struct item a[5];
  for (int i = 0; i < 5; i++)
    {
      a[i].n = i;
      a[i].link = &a[(i + 1) % 5];
    }
  return &a[2];
}
static NOINLINE int *at (int i)
{
  int a[] = { [0] = 5, [7] = 6, [3] = 9 };
  return &a[i];
}
static NOINLINE char *empty (void)
{
  char a[0];
  return a;
}
static NOINLINE int **pointers (void)
{
  int x = 1, y = 2;
  int *a[2] = { &x, &y };
  return a;
}
/* 100 KB: many pages.  */
static NOINLINE long *large (void)
{
  long a[12800];
  for (int i = 0; i < 12800; i++)
    a[i] = -i;
  return a;
}

int
main (void)
{
  int *w = whole (), *e = past_end ();
  int (*r)[5] = rows ();
  struct item *i = ring ();
  int *s = at (7), *t = at (3);
  int **p = pointers ();
  long *l = large ();
  (void) empty ();
  clobber ();
  for (int k = 0; k < 100; k++)
    CHECK (w[k] == k * k);
  for (int k = 1; k <= 8; k++)
    CHECK (e[-k] == 108 - k);
  for (int k = 0; k < 15; k++)
    CHECK (r[k / 5][k % 5] == 10 * (k / 5) + k % 5);
  for (int k = 0; k < 20; k++)
    {
      CHECK (i->n == (k + 2) % 5);
      i = i->link;
    }
  CHECK (*s == 6 && *t == 9 && t[-3] == 5);
  CHECK (*p[0] == 1 && *p[1] == 2);
  for (int k = 0; k < 12800; k++)
    CHECK (l[k] == -k);
  return 0;
}
