/* A variable of a loop's body is a new one in each iteration, for the nested
   functions made there too; all others are shared.  */
/* { dg-options "-Wall -Wextra -Wno-trampolines" } */
#include <stdarg.h>
#include <complex.h>
#include "../lib/check.h"

#define N 10
typedef int function (void);
static function *get[N], *more[N], *third[N];

static NOINLINE void for_body (int n)
{
  for (int i = 0; i < n; i++)
    {
      int k = i;
      int read (void) { return k; }
      int add (void) { return ++k; }
      get[i] = read;
      more[i] = add;
      k += 100;
    }
}
static NOINLINE void outside (int n)
{
  int k, shared = 0;
  for (int i = 0; i < n; i++)
    {
      int own = i;
      k = i;
      int read (void) { return k; }
      int add (void) { return ++k; }
      int both (void) { return own + shared; }
      get[i] = read;
      more[i] = add;
      third[i] = both;
    }
  k = 50;
  shared = 1000;
}
/* C and Go (before 1.22) agree: one variable for the whole loop.  */
static NOINLINE void loop_variable (int n)
{
  for (int i = 0; i < n; i++)
    {
      int own = i;
      int read (void) { return i; }
      int read_own (void) { return own; }
      get[i] = read;
      more[i] = read_own;
    }
}
struct numbers { int a[20]; };
static NOINLINE void parameter (int n, struct numbers p)
{
  int i = 0;
  while (i < n)
    {
      int own = i;
      int read (void) { return p.a[own] + n; }
      get[i++] = read;
    }
  p.a[3] = 33;
  n = 1000;
}
struct big { long first; int a[30]; char text[8]; };
static NOINLINE void aggregates (int n)
{
  int i = 0;
  do
    {
      struct big s = { i, { 1, 2, [29] = i }, "abc" };
      int a[5] = { i, i + 1, i + 2 };
      struct { unsigned low : 3, high : 9; } bits = { i, i * 8 };
      _Complex double z = i + 2i * i;
      volatile int v = i;
      const int c = 7 * i;
      _Bool b = i % 2;
      _Alignas (64) char aligned = i;
      _Atomic int atomic = i;
      int read (void)
      {
        struct big *p = &s;
        int *q = &a[1];
        atomic++;
        __imag__ z += 1;
        return s.first + s.a[29] + p->a[1] + a[2] + *q + bits.low + bits.high
               + (int) __real__ z + (int) __imag__ z + v + c + b + aligned
               + (s.text[2] == 'c') + ((uintptr_t) &aligned % 64)
               + atomic;
      }
      int change (void)
      {
        struct big copy = s;
        copy.a[29]++;
        s = copy;
        a[2]++;
        bits.high++;
        v++;
        v += b;
        __asm__ ("addl $1, %0" : "+m" (a[1]) : : "cc");
        return 0;
      }
      get[i] = read;
      more[i] = change;
      i++;
    }
  while (i < n);
}
static int aggregates_value (int i)
{
  return i + i + 2 + (i + 2) + (i + 1) + (i & 7) + i * 8 + i + (2 * i + 1) + i
         + 7 * i + i % 2 + i + 1 + i + 1;
}
static NOINLINE void vla (int n)
{
  for (int i = 1; i < n; i++)
    {
      int size = i;
      int a[size];
      for (int j = 0; j < size; j++)
        a[j] = i;
      int sum (void)
      {
        int s = 0;
        for (unsigned j = 0; j < sizeof a / sizeof *a; j++)
          s += a[j];
        return s;
      }
      int rows (int m, int b[m][size]) { return &b[1][0] - &b[0][0] + m - m; }
      int row (void) { int b[2][size]; return rows (2, b); }
      get[i] = sum;
      more[i] = row;
    }
}
/* A pointer to a captured variable, to a function, a list of arguments.  */
static NOINLINE void kinds (int n, ...)
{
  for (int i = 0; i < n; i++)
    {
      int k = i, *p = &k;
      function *before = i ? get[i - 1] : NULL;
      va_list ap;
      va_start (ap, n);
      int chain (void) { return *p + (before ? before () : 0); }
      int argument (void) { return va_arg (ap, int) + k; }
      get[i] = chain;
      more[i] = argument;
      k *= 2;
      if (i == 2)
        CHECK (more[0] () == 7 && more[1] () == 9 && more[0] () == 8);
    }
}
/* Loops in loops; blocks that are no loop's.  */
static NOINLINE void loops (int n)
{
  for (int i = 0; i < n; i++)
    {
      int k = 10 * i;
      int read_k (void) { return k; }
      for (int j = 0; j < 2; j++)
        {
          int l = j;
          int read (void) { return k + l; }
          int add (void) { k += 100; return l++; }
          (j ? more : get)[i] = read;
          if (j)
            third[i] = add;
        }
      {
        int m = i;
        int read (void) { return m + read_k (); }
        if (i == n - 1)
          get[i] = read;
      }
    }
}
/* Only called: as without closures.  */
static NOINLINE int called (int n)
{
  int sum = 0;
  for (int i = 0; i < n; i++)
    {
      int k = i;
      void add (void) { sum += k; }
      add ();
    }
  return sum;
}
static NOINLINE int sorted (int *a, int n)
{
  int calls = 0;
  for (int sign = -1; sign <= 1; sign += 2)
    {
      int s = sign;
      int compare (const void *p, const void *q)
      {
        calls++;
        return s * (*(const int *) p - *(const int *) q);
      }
      qsort (a, n, sizeof *a, compare);
      CHECK (a[0] == (s < 0 ? 9 : 1));
    }
  return calls;
}
/* In statement expressions, conditions and macros.  */
static NOINLINE void expressions (int n)
{
  int i = 0;
  while (({ int k = i; int read (void) { return k; } get[i] = read; i < n; }))
    {
      more[i] = ({ int k = 2 * i; int read (void) { return k++; } read; });
      i++;
    }
}
/* Two frames of one function.  */
static NOINLINE void recursive (int depth)
{
  for (int i = 0; i < 2; i++)
    {
      int k = depth * 2 + i;
      int read (void) { return k + depth; }
      get[k] = read;
      if (i == 0 && depth > 0)
        recursive (depth - 1);
    }
}
/* A nested function that hands itself and its neighbour on.  */
static NOINLINE void hand_on (int n)
{
  for (int i = 0; i < n; i++)
    {
      int k = i, at = i;
      int read (void) { return k; }
      int own (void)
      {
        get[at] = read;
        more[at] = own;
        return k++;
      }
      own ();
    }
}

int
main (void)
{
  for_body (N);
  clobber ();
  for (int i = 0; i < N; i++)
    {
      CHECK (get[i] () == i + 100);
      CHECK (more[i] () == i + 101 && get[i] () == i + 101);
    }
  outside (N);
  clobber ();
  CHECK (get[0] () == 50 && more[3] () == 51 && get[9] () == 51);
  for (int i = 0; i < N; i++)
    CHECK (third[i] () == 1000 + i);
  loop_variable (N);
  clobber ();
  for (int i = 0; i < N; i++)
    CHECK (get[i] () == N && more[i] () == i);
  parameter (N, (struct numbers){ { 0, 1, 2, 3 } });
  clobber ();
  CHECK (get[1] () == 1001 && get[3] () == 1033 && get[4] () == 1000);
  aggregates (N);
  clobber ();
  for (int i = 0; i < N; i++)
    CHECK (get[i] () == aggregates_value (i));
  for (int i = 0; i < N; i += 2)
    more[i] ();
  for (int i = 0; i < N; i++)
    CHECK (get[i] () == aggregates_value (i) + 2 + (i % 2 ? 0 : 5));
  vla (N);
  clobber ();
  for (int i = 1; i < N; i++)
    CHECK (get[i] () == i * i && more[i] () == i);
  kinds (3, 7, 8);
  clobber ();
  CHECK (get[0] () == 0 && get[1] () == 2 && get[2] () == 6);
  loops (3);
  clobber ();
  CHECK (get[0] () == 0 && get[1] () == 10 && get[2] () == 22);
  CHECK (more[0] () == 1 && more[1] () == 11 && more[2] () == 21);
  CHECK (third[1] () == 1 && more[1] () == 112 && get[1] () == 110);
  CHECK (more[2] () == 21 && get[2] () == 22);
  CHECK (called (5) == 10);
  CHECK (sorted ((int[]){ 4, 9, 1, 7 }, 4) > 0);
  expressions (N - 1);
  clobber ();
  for (int i = 0; i < N - 1; i++)
    CHECK (get[i] () == i && more[i] () == 2 * i && more[i] () == 2 * i + 1);
  CHECK (get[N - 1] () == N - 1);
  recursive (4);
  clobber ();
  for (int i = 0; i < N; i++)
    CHECK (get[i] () == i + i / 2);
  hand_on (N);
  clobber ();
  for (int i = 0; i < N; i++)
    {
      CHECK (get[i] () == i + 1);
      function *again = more[i];
      CHECK (again () == i + 1 && get[i] () == i + 2);
      CHECK (again () == i + 2 && more[i] () == i + 3);
    }
  return 0;
}
