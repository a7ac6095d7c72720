/* stacks.c: what calls and frames cost.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

     stacks WORK COUNT ROUNDS

   fib, tak, ackermann    recursion, ROUNDS times
   foreign                COUNT calls of a trivial function of a shared library
   foreign-pointer        the same by a pointer
   indirect               COUNT calls of a trivial function by a pointer
   addressed              COUNT calls of a function with one variable that has
                          an address
   deep                   a recursion of COUNT frames, ROUNDS times
   deep-addressed         the same with such a variable in each frame
   boundary, boundary-addressed
                          COUNT calls at the depth where they are slowest, which
                          a look at some hundred places finds first
   elsewhere, elsewhere-addressed
                          where they are fastest

   With -DFOREIGN it is the shared library.  */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define NOINLINE __attribute__ ((noinline, noclone, noipa))

extern long stacks_foreign (long n);

#ifdef FOREIGN

long
stacks_foreign (long n)
{
  return n + 1;
}

#else

static NOINLINE long
fib (long n)
{
  return n < 2 ? n : fib (n - 1) + fib (n - 2);
}

static NOINLINE long
tak (long x, long y, long z)
{
  return y < x ? tak (tak (x - 1, y, z), tak (y - 1, z, x), tak (z - 1, x, y))
               : z;
}

static NOINLINE long
ackermann (long m, long n)
{
  if (m == 0)
    return n + 1;
  return ackermann (m - 1, n == 0 ? 1 : ackermann (m, n - 1));
}

static NOINLINE long
foreign (long n)
{
  long sum = 0;
  for (long i = 0; i < n; i++)
    sum = stacks_foreign (sum);
  return sum;
}

static NOINLINE long
increment (long n)
{
  return n + 1;
}

static NOINLINE long
by_pointer (long n, long (*fn) (long))
{
  long sum = 0;
  for (long i = 0; i < n; i++)
    sum = fn (sum);
  return sum;
}

/* Cairn must not take the variables below to the heap.  */
#ifdef __has_attribute
#if __has_attribute (cairn_noescape)
#define NOESCAPE __attribute__ ((cairn_noescape (1)))
#define NOESCAPE_OUTER __attribute__ ((cairn_noescape (2)))
#endif
#endif
#ifndef NOESCAPE
#define NOESCAPE
#define NOESCAPE_OUTER
#endif

static NOINLINE NOESCAPE void
increment_at (long *p)
{
  ++*p;
}

static NOINLINE long
with_address (long n)
{
  long x = n;
  increment_at (&x);
  return x;
}

static NOINLINE long
addressed (long n)
{
  long sum = 0;
  for (long i = 0; i < n; i++)
    sum = with_address (sum);
  return sum;
}

/* The asm keeps the compiler from making these loops.  */
static NOINLINE long
deep (long n)
{
  if (n == 0)
    return 0;
  long depth = deep (n - 1);
  __asm__ volatile ("" : "+r"(depth));
  return depth + 1;
}

static NOINLINE NOESCAPE_OUTER int
deep_addressed (int n, int *outer)
{
  int mine = *outer + 1;
  if (n == 0)
    return mine;
  return deep_addressed (n - 1, &mine) + mine - mine;
}

/* Calls at a boundary: the callee needs more than a few words.  */
static NOINLINE long
callee (long n)
{
  volatile long words[20];
  words[0] = n;
  words[19] = deep (0);
  return words[0] + words[19];
}

static NOINLINE long
callee_addressed (long n)
{
  long words[20];
  words[0] = n;
  increment_at (words);
  return words[0];
}

static NOINLINE long
calls (long n, long (*fn) (long))
{
  long sum = 0;
  for (long i = 0; i < n; i++)
    sum += fn (i);
  return sum;
}

static double
seconds (void)
{
  struct timespec t;
  clock_gettime (CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

/* How long COUNT calls of FN take with DEPTH small frames in use; the least of
   three times.  */
static NOINLINE double
time_at (long depth, long count, long (*fn) (long))
{
  if (depth > 0)
    {
      double result = time_at (depth - 1, count, fn);
      __asm__ volatile ("");
      return result;
    }
  double least = 1e9;
  for (int i = 0; i < 3; i++)
    {
      double begin = seconds ();
      calls (count, fn);
      double taken = seconds () - begin;
      if (taken < least)
        least = taken;
    }
  return least;
}

static NOINLINE double
time_at_addressed (long depth, long count, long (*fn) (long))
{
  long mine = depth;
  increment_at (&mine);
  if (depth > 0)
    {
      double result = time_at_addressed (depth - 1, count, fn);
      return mine ? result : 0;
    }
  return time_at (0, count, fn);
}

static double
time_of (long depth, long count, int addresses)
{
  return addresses ? time_at_addressed (depth, count, callee_addressed)
                   : time_at (depth, count, callee);
}

/* Do COUNT calls where they are slowest, if WORST, or fastest.  */
static void
boundary (long count, int addresses, int worst)
{
  long found = 0;
  double extreme = 0;
  for (long depth = 0; depth < 500; depth++)
    {
      double taken = time_of (depth, 300, addresses);
      if (depth == 0 || (worst ? taken > extreme : taken < extreme))
        {
          extreme = taken;
          found = depth;
        }
    }
  time_of (found, count / 3, addresses);
}

int
main (int argc, char **argv)
{
  const char *work = argc > 1 ? argv[1] : "";
  long count = argc > 2 ? atol (argv[2]) : 1;
  long rounds = argc > 3 ? atol (argv[3]) : 1;
  long (*volatile pointer) (long) = increment;
  volatile long sum = 0;
  for (long i = 0; i < rounds; i++)
    if (strcmp (work, "fib") == 0)
      sum += fib (32);
    else if (strcmp (work, "tak") == 0)
      sum += tak (18, 12, 6);
    else if (strcmp (work, "ackermann") == 0)
      sum += ackermann (3, 8);
    else if (strcmp (work, "foreign") == 0)
      sum += foreign (count);
    else if (strcmp (work, "foreign-pointer") == 0)
      {
        pointer = stacks_foreign;
        sum += by_pointer (count, pointer);
      }
    else if (strcmp (work, "indirect") == 0)
      sum += by_pointer (count, pointer);
    else if (strcmp (work, "addressed") == 0)
      sum += addressed (count);
    else if (strcmp (work, "deep") == 0)
      sum += deep (count);
    else if (strcmp (work, "deep-addressed") == 0)
      {
        int zero = 0;
        sum += deep_addressed (count, &zero);
      }
    else if (strcmp (work, "boundary") == 0)
      boundary (count, 0, 1);
    else if (strcmp (work, "elsewhere") == 0)
      boundary (count, 0, 0);
    else if (strcmp (work, "boundary-addressed") == 0)
      boundary (count, 1, 1);
    else if (strcmp (work, "elsewhere-addressed") == 0)
      boundary (count, 1, 0);
    else
      {
        fprintf (stderr, "stacks: no such work: %s\n", work);
        return 2;
      }
  return 0;
}
#endif
