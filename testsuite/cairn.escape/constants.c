/* Constants with names are constants at every level.  */
#include <stddef.h>
#include <stdlib.h>

static const int count = 16;
const size_t bytes = 8;
static const int debug = 0;
static const volatile int unsure = 0;
static const char *const text = "a";
int *sink;
void use (const char *, int);

int
sizes (int n)
{
  const int k = 4;
  const int *q = &k;
  int *a = malloc (count); /* { dg-escape "malloc(16) does not escape" } */
  int *b = malloc (k * sizeof *b); /* { dg-escape "malloc(16) does not escape" } */
  int *c = malloc (bytes * count + k); /* { dg-escape "malloc(132) does not escape" } */
  int *d = calloc (k, bytes); /* { dg-escape "calloc(4, 8) does not escape" } */
  a[0] = b[0] = c[0] = d[0] = n;
  free (d);
  return a[0] + b[0] + c[0] + *q;
}

int
no_sizes (int n)
{
  const int k = n;
  int m = 12;
  int *a = malloc (k); /* { dg-escape "malloc(k) escapes to heap" } */
  int *b = malloc (m + count); /* { dg-escape "malloc(m + 16) escapes to heap" } */
  int *c = malloc (unsure + 4); /* { dg-escape "malloc(... + 4) escapes to heap" } */
  a[0] = b[0] = c[0] = n;
  return a[0] + b[0] + c[0];
}

int
large (void)
{
  int *p = __builtin_alloca (bytes * 10000); /* { dg-escape "alloca(80000) escapes to heap" } */
  p[0] = 1;
  return p[0];
}

int
conditions (int n)
{
  int a = n, b = n, c = n, d = n;
  int e = n; /* { dg-escape "moved to heap: e" } */
  int f = n; /* { dg-escape "moved to heap: f" } */
  int g = n; /* { dg-escape "moved to heap: g" } */
  int *p;
  if (debug)
    sink = &a;
  if (n && debug > 1)
    sink = &b;
  switch (count)
    {
    case 15:
      sink = &c;
      break;
    case 16:
      sink = &e;
    }
  p = debug ? &d : NULL;
  if (p)
    sink = p;
  if (unsure)
    sink = &f;
  while (debug)
    sink = &a;
  /* The pointer to volatile says to look.  */
  if (*(const volatile int *) &debug)
    sink = &g;
  use (text, count);
  return a + b + c + d + e + f + g;
}
