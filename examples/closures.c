/* Closures.  A variable declared in a loop's body is a new one each time
   round; the one declared outside is shared; and a nested function may
   outlive the function it is written in.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include <stdio.h>

enum { N = 5 };

static void
collect (int **fresh, int **shared)
{
  int total = 0;
  for (int i = 0; i < N; i++)
    {
      int square = i * i;
      total += square;
      fresh[i] = &square;
      shared[i] = &total;
    }
}

/* A counter is two functions that share one variable.  */
struct counter
{
  int (*next) (void);
  void (*reset) (void);
};

static struct counter
new_counter (int from, int step)
{
  int value = from;
  int
  next (void)
  {
    int current = value;
    value += step;
    return current;
  }
  void
  reset (void)
  {
    value = from;
  }
  return (struct counter){ next, reset };
}

int
main (void)
{
  int *fresh[N], *shared[N];
  collect (fresh, shared);
  for (int i = 0; i < N; i++)
    printf ("fresh %2d   shared %2d\n", *fresh[i], *shared[i]);

  struct counter ones = new_counter (1, 1), tens = new_counter (10, 10);
  for (int i = 0; i < 3; i++)
    printf ("%d %d\n", ones.next (), tens.next ());
  ones.reset ();
  printf ("%d %d\n", ones.next (), tens.next ());
  return 0;
}
