/* Recursion, mutual recursion, function pointers: the address goes up and
   down through many frames.  */
#include "../lib/check.h"

struct list { int n; struct list *next; };

static NOINLINE struct list *build (int n, struct list *tail)
{
  struct list cell = { n, tail };
  if (n == 0)
    return &cell;
  return build (n - 1, &cell);
}
static NOINLINE struct list *up (int n)
{
  if (n == 0)
    return NULL;
  struct list cell = { n, up (n - 1) };
  return &cell;
}
static int *even (int n, int *p);
static NOINLINE int *odd (int n, int *p)
{
  int x = *p + 1;
  return n == 0 ? &x : even (n - 1, &x);
}
static NOINLINE int *even (int n, int *p)
{
  int y = *p + 100;
  return n == 0 ? &y : odd (n - 1, &y);
}
static NOINLINE int *passes_through (int n, int *p)
{
  return n == 0 ? p : passes_through (n - 1, p);
}
static NOINLINE int *starts (int n)
{
  int x = n;
  return passes_through (n, &x);
}
typedef int *visitor (int *);
static int *remembered;
static NOINLINE int *identity (int *p) { return p; }
static NOINLINE int *remember (int *p) { return remembered = p; }
static visitor *const visitors[] = { identity, remember };
static NOINLINE int *indirect (int which, int n)
{
  int x = n;
  return visitors[which] (&x);
}
static NOINLINE void ignore_result (int n)
{
  int x = n;
  visitors[1] (&x);
}
/* Ackermann keeps each argument's address on a list as long as it lasts.  */
static struct list *trace;
static NOINLINE int ackermann (int m, int n)
{
  struct list cell = { m * 1000 + n, trace };
  trace = &cell;
  int r = m == 0   ? n + 1
          : n == 0 ? ackermann (m - 1, 1)
                   : ackermann (m - 1, ackermann (m, n - 1));
  return r;
}

int
main (void)
{
  struct list *l = build (100, NULL), *u = up (100);
  int zero = 0;
  int *o = odd (9, &zero), *s = starts (50), *i = indirect (0, 5),
      *j = indirect (1, 6);
  CHECK (remembered == j);
  ignore_result (7);
  clobber ();
  for (int k = 0; k <= 100; k++, l = l->next)
    CHECK (l->n == k);
  CHECK (l == NULL);
  for (int k = 100; k >= 1; k--, u = u->next)
    CHECK (u->n == k);
  CHECK (u == NULL);
  CHECK (*o == 505 && *s == 50 && *i == 5 && *j == 6 && *remembered == 7);
  CHECK (ackermann (2, 3) == 9);
  clobber ();
  int length = 0;
  for (l = trace; l; l = l->next, length++)
    CHECK (l->n / 1000 <= 2 && l->n >= 0 && l->n % 1000 < 100);
  CHECK (length == 44);
  return 0;
}
