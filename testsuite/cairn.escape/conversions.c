/* Where C is not Go: integers, unions, bytes, comparison.  */

#include <stdint.h>
#include <string.h>

int *
through_integer (int n)
{
  int x = n; /* { dg-escape "moved to heap: x" } */
  uintptr_t u = (uintptr_t) &x;
  return (int *) (u + 0);
}

long
difference (int n)
{
  int x = n, y = n;
  return (char *) &x - (char *) &y;
}

int
comparison (int n, int *p) /* { dg-escape "p does not escape" } */
{
  int x = n;
  return &x == p;
}

int *
by_memcpy (int n)
{
  int x = n; /* { dg-escape "moved to heap: x" } */
  int *p = &x, *q;
  memcpy (&q, &p, sizeof p);
  return q;
}

int *
by_union (int n)
{
  int x = n; /* { dg-escape "moved to heap: x" } */
  union { int *p; long l; } u = { &x };
  union { long l; int *p; } v = { u.l };
  return v.p;
}

int
truth (int n)
{
  int x = n;
  return &x != 0;
}
