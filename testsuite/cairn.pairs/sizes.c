/* What is too large for a stack, and what has no size beforehand.  */

#include <stdlib.h>

int *sink;
void use (int);

int
small_array (int n)
{
  int a[16] = { 0 };
  return a[n & 15];
}

int
small_new (int n)
{
  int *p = malloc (16 * sizeof *p);
  p[n & 15] = n;
  return p[3];
}

int
large_array (int n)
{
  int a[20000] = { 0 };
  int *p = &a[n % 20000];
  return *p;
}

int
huge_array (int n)
{
  static int zero;
  int a[4000000];
  int *p = &a[n % 4000000];
  *p = zero;
  return *p;
}

/* C differs: stacks are shorter than Go's, and a variable may have 128 KB of
   one, not 10 MB.  C says: "moved to heap: a".  */
int
larger_array (int n)
{
  int a[40000] = { 0 };
  int *p = &a[n % 40000];
  return *p;
}

/* 128 KB.  */
int
largest_array (int n)
{
  int a[32768] = { 0 };
  int *p = &a[n & 32767];
  return *p;
}

int
huge_array_indexed (int n)
{
  int a[4000000];
  a[3] = n;
  return a[3];
}

int
huge_array_of_pointers (int n)
{
  int *a[2000000];
  int i = n;
  a[3] = &i;
  return *a[3];
}

int
huge_field (int n)
{
  struct { int n, a[4000000]; } s;
  s.n = n;
  s.a[3] = n;
  return s.n;
}

int
two_huge_in_loop (int n)
{
  int sum = 0;
  for (int i = 0; i < n; i++)
    {
      int a[4000000];
      int b[16];
      a[n & 15] = i;
      b[n & 15] = i;
      sum += a[n & 15] + b[n & 15];
    }
  return sum;
}

int *
huge_array_returned (int n)
{
  int a[4000000];
  a[3] = n;
  int *p = &a[3];
  return p;
}

int
huge_array_captured (int n)
{
  int a[4000000];
  int f (int i) { return a[i]; }
  a[3] = n;
  return f (3);
}

int
large_literal (int n)
{
  int *p = (int[20000]){ n };
  return p[0];
}

/* 64 KB.  */
int
largest_literal (int n)
{
  int *p = (int[16384]){ n };
  return p[0];
}

struct huge { int a[4000000]; };

int
huge_parameter (struct huge s)
{
  return s.a[3];
}

int
large_alloca (int n)
{
  char *p = __builtin_alloca (70000);
  p[0] = n;
  return p[0];
}

int
largest_alloca (int n)
{
  char *p = __builtin_alloca (65535);
  p[0] = n;
  return p[0];
}

int
large_new (int n)
{
  int *p = malloc (20000 * sizeof *p);
  p[0] = n;
  return p[0];
}

int
new_of_unknown_size (int n)
{
  int *p = malloc (n * sizeof *p);
  p[0] = n;
  return p[0];
}

int *
new_of_unknown_size_returned (int n)
{
  int *p = malloc (n * sizeof *p);
  p[0] = n;
  return p;
}

/* C differs: C has arrays of variable length on the stack.  C says: nothing.
   */
int
array_of_unknown_size (int n)
{
  int a[n];
  a[0] = n;
  return a[0];
}

/* C differs: an array of variable length is a variable, with a name and a
   scope.  C says: "moved to heap: a".  */
int *
array_of_unknown_size_returned (int n)
{
  int a[n];
  a[0] = n;
  int *p = &a[0];
  return p;
}

/* C differs: an array of variable length is a variable, with a name and a
   scope.  C says: "moved to heap: a".  */
void
array_of_unknown_size_kept (int n)
{
  int a[n];
  a[0] = n;
  sink = &a[0];
}

/* C differs: an array of variable length is a variable, with a name and a
   scope.  C says: "moved to heap: a".  */
void
array_of_unknown_size_in_loop (int n)
{
  int *p = 0;
  for (int i = 1; i < n; i++)
    {
      int a[i];
      a[0] = i;
      p = &a[0];
    }
  use (*p);
}
