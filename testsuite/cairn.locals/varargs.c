/* Addresses through variable arguments, and va_list itself.  */
#include <stdarg.h>
#include "../lib/check.h"

static int *kept[16];
static struct { long a, b, c; } *kept_struct;

static NOINLINE void keep (int n, ...)
{
  va_list ap;
  va_start (ap, n);
  for (int i = 0; i < n; i++)
    kept[i] = va_arg (ap, int *);
  va_end (ap);
}
static NOINLINE void caller (int n)
{
  int a = n, b = n + 1, c = n + 2, d = n + 3, e = n + 4, f = n + 5, g = n + 6,
      h = n + 7;
  keep (8, &a, &b, &c, &d, &e, &f, &g, &h);
}
static NOINLINE int *first (int n, ...)
{
  va_list ap;
  va_start (ap, n);
  int x = va_arg (ap, int);
  double d = va_arg (ap, double);
  x += d;
  va_end (ap);
  return &x;
}
static NOINLINE int *nth (va_list *ap, int n)
{
  int *p = NULL;
  while (n-- > 0)
    p = va_arg (*ap, int *);
  return p;
}
static NOINLINE int *by_pointer_to_list (int n, ...)
{
  va_list ap, copy;
  va_start (ap, n);
  va_copy (copy, ap);
  int *p = nth (&ap, n), *q = nth (&copy, n);
  va_end (ap);
  va_end (copy);
  return p == q ? p : NULL;
}
static NOINLINE int *through_list (int n)
{
  int x = n, y = 2 * n, z = 3 * n;
  return by_pointer_to_list (2, &x, &y, &z);
}
struct s { long a, b, c; };
static NOINLINE struct s *aggregate (int n, ...)
{
  va_list ap;
  va_start (ap, n);
  struct s x = va_arg (ap, struct s);
  va_end (ap);
  return &x;
}

int
main (void)
{
  caller (10);
  int *f = first (2, 40, 2.5), *t = through_list (7);
  struct s *s = aggregate (1, (struct s){ 1, 2, 3 });
  clobber ();
  for (int i = 0; i < 8; i++)
    CHECK (*kept[i] == 10 + i);
  CHECK (*f == 42);
  CHECK (t && *t == 14);
  CHECK (s->a == 1 && s->c == 3 && kept_struct == NULL);
  return 0;
}
