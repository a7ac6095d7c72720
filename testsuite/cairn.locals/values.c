/* Moving a variable must not change what it is worth: conditions, switches,
   compound assignment, increments, comparisons of addresses, sizeof, typeof,
   statement expressions, initializers that use the variable itself.  */
#include "../lib/check.h"

static void *sink[64];
static int n_sink;
static NOINLINE void leak (void *p) { sink[n_sink++ & 63] = p; }

static NOINLINE int arithmetic (int n)
{
  int x = n;
  leak (&x);
  x += 3;
  x <<= 2;
  x ^= 0x55;
  int y = x++;
  y += --x;
  leak (&y);
  x %= 100;
  return x * 1000 + y;
}
static NOINLINE int control (int n)
{
  int x = n, total = 0;
  leak (&x);
  if (x > 3 && x++ < 100)
    total += x;
  while (x-- > 0)
    total++;
  for (x = 0; x < 5; x++)
    switch (x)
      {
      case 1:
        total += 10;
        break;
      case 2 ... 3:
        total += 100;
        continue;
      default:
        total += 1000;
      }
  return x ? total : -total;
}
static NOINLINE int addresses (void)
{
  int a[4], b;
  leak (a);
  leak (&b);
  int *p = &a[1], *q = &a[3];
  return (p < q) + (q - p == 2) + (&a[0] != &b) + (p == a + 1)
         + (sizeof a == 16) + ((void *) &a == (void *) a);
}
static NOINLINE void *self (void)
{
  struct { void *me; int n; } s = { &s, sizeof s };
  return &s;
}
static NOINLINE int shadow (int x)
{
  leak (&x);
  {
    int x = 2;
    leak (&x);
    {
      int x = 3;
      leak (&x);
      x++;
    }
    x++;
  }
  return x;
}
static NOINLINE int expression (int n)
{
  int r = ({ int t = n; leak (&t); t * 2; }) + ({ __auto_type u = n; leak (&u); u + 1; });
  typeof (r) s = r;
  leak (&s);
  return s;
}
struct wide { int v[20]; };
static NOINLINE struct wide make (int n)
{
  struct wide w;
  leak (&w);
  for (int i = 0; i < 20; i++)
    w.v[i] = n + i;
  return w;
}
static NOINLINE int sum (struct wide w)
{
  leak (&w);
  int s = 0;
  for (int i = 0; i < 20; i++)
    s += w.v[i];
  w.v[0] = 0;
  return s;
}
static NOINLINE int copies (int n)
{
  struct wide a = make (n), b = a;
  leak (&a);
  leak (&b);
  b.v[3] = 0;
  a = sum (a) == sum (make (n)) ? b : a;
  return sum (a);
}
static NOINLINE int uninitialised_then_set (int c)
{
  int x;
  leak (&x);
  if (c)
    x = 5;
  else
    x = 6;
  return x;
}
static NOINLINE double floating (double d)
{
  double x = d;
  leak (&x);
  x = x * x - 1 / x;
  x += 1;
  return -x;
}
static NOINLINE int early_read (int n)
{
  /* The variable is read after another call could have changed it.  */
  int x = n;
  int *volatile p = &x;
  x = 1;
  *p = 2;
  return x;
}

int
main (void)
{
  CHECK (arithmetic (5) == 17234);
  CHECK (control (4) == 2220);
  CHECK (addresses () == 6);
  struct { void *me; int n; } *s = self ();
  CHECK (s->me == s && s->n == 16);
  CHECK (shadow (1) == 1);
  CHECK (expression (10) == 31);
  CHECK (copies (1) == 206);
  CHECK (uninitialised_then_set (1) == 5 && uninitialised_then_set (0) == 6);
  CHECK (floating (2) == -4.5);
  CHECK (early_read (7) == 2);
  clobber ();
  /* What was leaked is all still there and readable.  */
  int bytes = 0;
  for (int i = 0; i < (n_sink < 64 ? n_sink : 64); i++)
    bytes += *(volatile char *) sink[i];
  (void) bytes;
  return 0;
}
