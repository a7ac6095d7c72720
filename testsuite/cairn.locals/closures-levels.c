/* Nested functions in nested functions: each closure keeps the variables of
   all functions around it, as of the iterations that it was made in.  */
/* { dg-options "-Wall -Wextra -Wno-trampolines" } */
#include "../lib/check.h"

#define N 5
typedef int function (void);
typedef function *maker (int);
static function *get[N * N], *more[N * N];
static maker *makers[N];

/* The outer function is called, the inner one kept.  */
static NOINLINE void called (int n)
{
  for (int i = 0; i < n; i++)
    {
      int k = i;
      function *outer (int a)
      {
        int inner (void) { return 10 * k++ + a; }
        return inner;
      }
      get[i] = outer (1);
      more[i] = outer (2);
      k += 100;
    }
}
/* The same, further down, with links between that have nothing of their
   own.  */
static NOINLINE void called_deep (int n)
{
  int shared = 0;
  for (int i = 0; i < n; i++)
    {
      int k = i;
      function *first (void)
      {
        function *second (void)
        {
          function *third (void)
          {
            int fourth (void) { return k * 1000 + ++shared; }
            return fourth;
          }
          return third ();
        }
        return second ();
      }
      get[i] = first ();
    }
}
/* Both are kept.  */
static NOINLINE void kept (int n)
{
  for (int i = 0; i < n; i++)
    {
      int k = i;
      function *outer (int a)
      {
        int l = a;
        int inner (void) { return 100 * k++ + l++; }
        return inner;
      }
      makers[i] = outer;
    }
}
/* Loops at both levels.  */
static NOINLINE void both_loop (int n)
{
  int total = 0;
  for (int i = 0; i < n; i++)
    {
      int k = i;
      void outer (void)
      {
        for (int j = 0; j < n; j++)
          {
            int l = j;
            int read (void) { return total + k * 100 + l; }
            int add (void) { total += 10000; k++; return l++; }
            get[k * N + j] = read;
            more[i * N + j] = add;
          }
      }
      outer ();
    }
}
/* A loop in the outer function, closures in the inner one, which is made into
   a closure in a third.  */
static NOINLINE void crosswise (int n)
{
  for (int i = 0; i < n; i++)
    {
      int k = i;
      int leaf (void) { return k++; }
      function *give (int a)
      {
        function *pass (void) { return a ? leaf : get[0]; }
        return pass ();
      }
      maker *choose (void) { return give; }
      get[i] = give (1);
      makers[i] = choose ();
    }
}
/* A parameter as a name for the iteration, as Go's programs do it.  */
static NOINLINE void by_parameter (int n)
{
  for (int i = 0; i < n; i++)
    {
      function *make (int i)
      {
        int read (void) { return i++; }
        return read;
      }
      get[i] = make (i);
    }
}
/* A closure that calls its neighbours and itself.  */
static NOINLINE void neighbours (int n)
{
  for (int i = 0; i < n; i++)
    {
      int k = i;
      int half (int x) { return x / 2 + k - i; }
      int depth (int x) { return x < 2 ? k : 1 + depth (half (x)); }
      int read (void) { return depth (16); }
      int set (void) { return k = 100 + half (2); }
      get[i] = read;
      more[i] = set;
    }
}

int
main (void)
{
  called (N);
  clobber ();
  for (int i = 0; i < N; i++)
    CHECK (get[i] () == 10 * (i + 100) + 1 && more[i] () == 10 * (i + 101) + 2
           && get[i] () == 10 * (i + 102) + 1);
  called_deep (N);
  clobber ();
  for (int i = 0; i < N; i++)
    CHECK (get[i] () == i * 1000 + i + 1);
  kept (N);
  clobber ();
  for (int i = 0; i < N; i++)
    {
      get[i] = makers[i] (5);
      more[i] = makers[i] (7);
    }
  clobber ();
  for (int i = 0; i < N; i++)
    CHECK (get[i] () == 100 * i + 5 && more[i] () == 100 * (i + 1) + 7
           && get[i] () == 100 * (i + 2) + 6);
  both_loop (N);
  clobber ();
  for (int i = 0; i < N * N; i++)
    CHECK (get[i] () == i / N * 100 + i % N);
  CHECK (more[7] () == 2 && more[8] () == 3);
  CHECK (get[7] () == 20303 && get[8] () == 20304 && get[9] () == 20304
         && get[10] () == 20200);
  crosswise (N);
  clobber ();
  for (int i = 0; i < N; i++)
    CHECK (get[i] () == i && makers[i] (1) () == i + 1 && get[i] () == i + 2);
  by_parameter (N);
  clobber ();
  for (int i = 0; i < N; i++)
    CHECK (get[i] () == i && get[i] () == i + 1);
  neighbours (N);
  clobber ();
  /* half (x) is x / 2 + k - n by now.  */
  for (int i = 0; i < N; i++)
    CHECK (more[i] () == 100 + 1 + i - N);
  return 0;
}
