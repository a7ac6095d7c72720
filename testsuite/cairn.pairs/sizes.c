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

/* XFAIL: there is no limit yet to what may be on the stack.  */
int
huge_array (int n)
{
  static int zero;
  int a[4000000];
  int *p = &a[n % 4000000];
  *p = zero;
  return *p;
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
