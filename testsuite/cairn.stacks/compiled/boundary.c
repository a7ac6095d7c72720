/* Calls in a loop at every place of the stack and of the address stack, so also
   exactly at their boundaries.
   { dg-options "-Wall" }

   Catches: a stack that shrinks as soon as it may, or a chunk that is given back
   at each return, so that a loop at a boundary takes microseconds a call (the
   program would not end); a boundary that is off by a word.  */

#include "compiled.h"

static int ncalls;

static NOINLINE long
callee (long n)
{
  volatile long words[30];
  words[0] = n;
  words[29] = grow (0);
  return words[0] + words[29];
}

static LOOKS long
callee_addressed (long n)
{
  long words[30];
  words[29] = n;
  grow (0);
  return *(long *) HIDE (&words[29]);
}

static NOINLINE long
loop (long n)
{
  long sum = 0;
  for (long i = 0; i < n; i++)
    sum += callee (1);
  return sum;
}

static NOINLINE long
loop_addressed (long n)
{
  long sum = 0;
  for (long i = 0; i < n; i++)
    sum += callee_addressed (1);
  return sum;
}

/* Frames of 16 bytes and a bit more.  */
static NOINLINE int
at_depth (int depth)
{
  if (depth > 0)
    {
      int result = at_depth (depth - 1);
      __asm__ volatile ("");
      return result;
    }
  CHECK (loop (ncalls) == ncalls);
  return 1;
}

static NOINLINE int
at_depth_addressed (int depth)
{
  char mine[16];
  CHECK (HIDE (mine));
  if (depth > 0)
    {
      int result = at_depth_addressed (depth - 1);
      __asm__ volatile ("");
      return result;
    }
  CHECK (loop_addressed (ncalls) == ncalls);
  return 1;
}

int
main (void)
{
  ncalls = stressed () ? 20 : 2000;
  int step = stressed () ? 29 : 1;
  for (int depth = 0; depth < 520; depth += step)
    at_depth (depth);
  for (int depth = 0; depth < 520; depth += step)
    at_depth_addressed (depth);
  return 0;
}
