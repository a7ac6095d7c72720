/* Captured variables of all kinds and in all places; what GCC makes of them
   must not upset the references that take their place.  */
/* { dg-options "-w -fopenmp" } */
#include <stdlib.h>
#include <stdarg.h>
#include "../lib/check.h"
typedef int fn (void);
static fn *fs[20];
typedef int v4 __attribute__ ((vector_size (16)));
/* VLA parameters outside and inside. */
static NOINLINE void
vlaparm (int n, int m, int a[n][m])
{
  for (int i = 0; i < n; i++)
    {
      int w = m, row = i;
      int sum (int h, int b[h][w])
      {
        int s = 0;
        for (int y = 0; y < h; y++)
          for (int x = 0; x < w; x++)
            s += b[y][x];
        return s;
      }
      int get (void)
      {
        int (*p)[w] = (int (*)[w])a[row];
        return sum (1, p) + (int)(sizeof *p / sizeof (int))
               + (int)(sizeof a[0] / 4);
      }
      struct
      {
        int len;
        int d[w];
      } s;
      s.len = w;
      s.d[0] = i;
      int get2 (void) { return s.d[0] + s.len; }
      fs[i] = i % 2 ? get : get2;
      if (i % 2 == 0)
        CHECK (fs[i]() == i + m);
    }
}
static NOINLINE void
regs (int n)
{
  for (register int i = 0; i < n; i++)
    {
      v4 v = { i, i + 1 };
      static int st;
      extern int environ_;
      int g (void)
      {
        v[1]++;
        st++;
        v4 z = v + v;
        return z[0] + v[1] + st;
      }
      fs[i] = g;
    }
}
static void
clean (int *p)
{
  *p = -1;
}
static NOINLINE void
cleanup (int n)
{
  for (int i = 0; i < n; i++)
    {
      __attribute__ ((cleanup (clean))) int k = i;
      int g (void) { return k; }
      fs[i] = g;
      if (i == 2)
        continue;
    }
}
static NOINLINE void
autodecl (int n)
{
  for (int i = 0; i < n; i++)
    {
      auto int g (void);
      fs[i] = g;
      int k = i;
      int l = g ();
      CHECK (l == k + 1);
      int g (void) { return k + 1; }
    }
}
static NOINLINE int
asmgoto (int n)
{
  for (int i = 0; i < n; i++)
    {
      int k = i;
      int g (void)
      {
        __label__ x;
        __asm__ goto("" : : "r"(k) : : x);
        return k;
      x:
        return -1;
      }
      void h (int a[static 1], char *fmt, ...)
      {
        va_list ap;
        va_start (ap, fmt);
        k += va_arg (ap, int) + a[0];
        va_end (ap);
      }
      int kr (a, b) int a;
      double b;
      {
        return a + b + k;
      }
      h (&k, "", 5);
      fs[i] = g;
      CHECK (kr (1, 2.0) == k + 3);
    }
  return 0;
}
static NOINLINE void
structs (int n)
{
  for (int i = 0; i < n; i++)
    {
      struct s
      {
        int a : 5;
        struct
        {
          int x[3];
        } b;
        union
        {
          int i;
          float f;
        };
      } s = { .a = i, .b = { { 1, 2, i } } };
      struct s get (void) { return s; }
      struct s *address (void) { return &s; }
      int *part (void) { return &s.b.x[2]; }
      int lit (void)
      {
        struct s t = (struct s){ .a = s.a, .b = s.b };
        int *q[] = { &s.i, &t.i };
        *q[0] = 4;
        return t.b.x[2] + get ().a + *part () + address ()->i;
      }
      fs[i] = lit;
      int cond = i > 2 ? ({
        int z = i;
        int zz (void) { return z; }
        fn *p = zz;
        p ();
      })
                       : 0;
      CHECK (cond == (i > 2 ? i : 0));
    }
}
static NOINLINE void
sw (int n)
{
  for (int i = 0; i < n; i++)
    switch (i & 3)
    case 0:
    case 1:
      {
        int k = i;
        int g (void) { return k; }
        fs[i] = g;
        break;
      case 2:
        k = 77;
        fs[i] = g;
        if (0)
        case 3:
          fs[i] = g, k = 78;
      }
}
static NOINLINE fn *
omp (int n)
{
  int total = 0;
  fn *r = NULL;
  for (int i = 0; i < 2; i++)
    {
      int k = n;
#pragma omp parallel for reduction(+ : total) firstprivate(k)
      for (int j = 0; j < 4; j++)
        total += k;
      int g (void)
      {
        int t = 0;
#pragma omp parallel for reduction(+ : t)
        for (int j = 0; j < 4; j++)
          t += k;
        return t + total;
      }
      r = g;
    }
  return r;
}
int
main (void)
{
  int a[4][3] = { { 1, 2, 3 }, { 4, 5, 6 }, { 7, 8, 9 }, { 10, 11, 12 } };
  vlaparm (4, 3, a);
  clobber ();
  CHECK (fs[1]() == 15 + 6 && fs[3]() == 33 + 6);
  regs (5);
  clobber ();
  CHECK (fs[0]() == 0 + 2 + 1 && fs[3]() == 6 + 5 + 2);
  cleanup (4);
  clobber ();
  for (int i = 0; i < 4; i++)
    CHECK (fs[i]() == -1);
  autodecl (4);
  clobber ();
  for (int i = 0; i < 4; i++)
    CHECK (fs[i]() == i + 1);
  asmgoto (3);
  clobber ();
  CHECK (fs[2]() == 9);
  structs (4);
  clobber ();
  CHECK (fs[3]() == 3 + 3 + 3 + 4);
  sw (8);
  clobber ();
  CHECK (fs[0]() == 0 && fs[1]() == 1 && fs[5]() == 5 && fs[2]() == 77
         && fs[7]() == 78);
  fn *o = omp (3);
  clobber ();
  CHECK (o () == 12 + 24);
  return 0;
}
