/* A constant is no variable to a nested function, nor is a function a closure
   that uses none; at -O0, where GCC sees variables and closures in them, too.  */
#include <complex.h>
#include <stdlib.h>

int some;
int (*keep) (int);
int (*keep2) (int);

void
constants (void)
{
  const int n = 5, m = n + 1;
  const float f = 2.5f;
  const _Complex double z = 1 + 2i;
  int *const p = &some;
  enum { E = 3 } const e = E;
  static const int s = 9;
  int
  sum (int y)
  {
    int inner (int x) { return x + n + n * m; }
    int list[] = { n, e, m };
    return inner (y) + (int) f + (int) creal (z) + *p + e + s + list[y % 3]
           + (int) sizeof n;
  }
  keep = sum;
}

/* What is computed with it is constant, and what that leaves out not used.  */
void
conditions (int k)
{
  const int no = 0;
  int left = k, right = k;
  int
  choose (int y)
  {
    return y + (no ? left : 1) + (no && right) + (!no || left);
  }
  keep = choose;
}

/* There must be a variable where it has an address.  */
void
addresses (void)
{
  const int n = 5; /* { dg-escape "moved to heap: n" } */
  const struct { int a; } s = { 4 }; /* { dg-escape "moved to heap: s" } */
  const int fetched = 6; /* { dg-escape "moved to heap: fetched" } */
  const volatile int v = 7; /* { dg-escape "moved to heap: v" } */
  const int given = 8;
  int
  sum (int y)
  {
    const int *p = &n;
    int r, q;
    __asm__ ("mov %1, %0" : "=r" (r) : "m" (fetched));
    __asm__ ("mov %1, %0" : "=r" (q) : "r" (given));
    return y + *p + s.a + r + q + v;
  }
  keep = sum;
}

/* B uses nothing of its function, nor do those that it calls.  */
int
no_closure (int k)
{
  int v = 1;
  int uses (int y) { return v + y; }
  int other (int y) { return y > 0 ? other (y - 1) : 0; }
  int
  B (int y)
  {
    int own (int z) { return y + z; }
    return other (y) + own (1);
  }
  keep = B;
  return uses (k);
}

/* This one does, by way of another.  */
int
closure (int k)
{
  int v = 1; /* { dg-escape "moved to heap: v" } */
  int uses (int y) { return v + y; }
  int third (int y) { return y ? uses (y) : 0; }
  int second (int y) { return third (y); }
  int B (int y) { return second (y); }
  keep = B;
  return uses (k);
}
