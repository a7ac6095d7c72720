/* Moved variables and untouched ones.  */

#include <stddef.h>

int *global;
void unknown (int *);

int *
returned (int n)
{
  int x = n; /* { dg-escape "moved to heap: x" } */
  int y = n;
  int *p = &y;
  *p += 1;
  return y > 2 ? &x : NULL;
}

int *
param_returned (int n) /* { dg-escape "moved to heap: n" } */
{
  return &n;
}

void
stored (void)
{
  int x = 1; /* { dg-escape "moved to heap: x" } */
  global = &x;
}

void
given_away (void)
{
  int x = 1; /* { dg-escape "moved to heap: x" } */
  unknown (&x);
}

int
stays (int n)
{
  int x = n, *p = &x, **pp = &p;
  **pp = 4;
  return x;
}

int *
array (void)
{
  int a[4] = { 1, 2, 3, 4 }; /* { dg-escape "moved to heap: a" } */
  return a + 1;
}

struct pair { int *a, *b; };

struct pair
in_struct (int n)
{
  int x = n; /* { dg-escape "moved to heap: x" } */
  int y = n; /* { dg-escape "moved to heap: y" } */
  return (struct pair){ &x, &y };
}

int **
two_levels (int n)
{
  int x = n;   /* { dg-escape "moved to heap: x" } */
  int *p = &x; /* { dg-escape "moved to heap: p" } */
  return &p;
}

int *
only_content (int n)
{
  int x = n; /* { dg-escape "moved to heap: x" } */
  int *p = &x, **pp = &p;
  return *pp;
}
