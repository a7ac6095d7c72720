/* The optimizer may keep only a pointer derived from the base, even one that
   points outside the object: loops that count down, stride and bias.  Each
   step allocates, so that a lost object is collected and overwritten.  */
#include "../lib/check.h"

static NOINLINE long tick (long i)
{
  char *volatile p = malloc (48);
  memset (p, 0x5a, 48);
  return i;
}
static NOINLINE long down (int n)
{
  long *a = malloc (n * sizeof *a), sum = 0;
  for (int i = 0; i < n; i++)
    a[i] = i;
  for (int i = n - 1; i >= 0; i--)
    sum += a[i] + tick (0);
  return sum;
}
static NOINLINE long biased (int n)
{
  long *a = malloc (n * sizeof *a), sum = 0;
  for (int i = 1000; i < 1000 + n; i++)
    a[i - 1000] = i;
  for (int i = 1000; i < 1000 + n; i++)
    sum += a[i - 1000] + tick (0);
  return sum;
}
static NOINLINE long strided (int n)
{
  long *a = malloc (n * sizeof *a), sum = 0;
  for (int i = 0; i < n; i++)
    a[i] = i;
  for (int i = 0; i < n; i += 7)
    sum += a[i] + tick (0);
  return sum;
}
static NOINLINE long matrix (int n)
{
  long (*a)[n] = malloc (n * n * sizeof (long)), sum = 0;
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++)
      a[i][j] = i * j;
  for (int j = n - 1; j >= 0; j--)
    for (int i = 0; i < n; i++)
      sum += a[i][j] + tick (0);
  return sum;
}
static NOINLINE long two_ends (int n)
{
  long *a = malloc (n * sizeof *a), sum = 0;
  for (int i = 0; i < n; i++)
    a[i] = i;
  for (long *p = a, *q = a + n; p < q;)
    sum += *p++ - *--q + tick (0);
  return sum;
}
static NOINLINE long one_based (int n)
{
  double *a = malloc (n * sizeof *a), sum = 0;
  for (int i = 1; i <= n; i++)
    a[i - 1] = i;
  for (int i = 1; i <= n; i++)
    sum += a[i - 1] + tick (0);
  return sum;
}
static NOINLINE long stack_array (int n)
{
  long a[200];
  opaque (a);
  for (int i = 0; i < n; i++)
    a[i] = i;
  long sum = 0;
  for (int i = n; i-- > 0;)
    sum += a[i] + tick (0);
  return sum;
}

int
main (void)
{
  CHECK (down (200) == 19900);
  CHECK (biased (200) == 200 * 1000 + 19900);
  CHECK (strided (200) == 7 * 28 * 29 / 2);
  CHECK (matrix (12) == 66 * 66);
  CHECK (two_ends (200) == 0 - 10000);
  CHECK (one_based (150) == 150 * 151 / 2);
  CHECK (stack_array (200) == 19900);
  return 0;
}
