/* Captured variables of blocks that jumps enter, and nested functions that
   jump.  */
/* { dg-options "-Wall -Wextra -Wno-trampolines -Wno-infinite-recursion" } */
#include "../lib/check.h"

#define N 6
typedef int function (void);
static function *get[N], *more[N];

static NOINLINE void goto_loop (int n)
{
  int i = 0;
again:
  {
    int k = i;
    int read (void) { return k; }
    int add (void) { return ++k; }
    get[i] = read;
    more[i] = add;
    if (++i < n)
      goto again;
  }
}
/* Back to a place in the block: the same variable.  */
static NOINLINE void goto_inside (int n)
{
  for (int i = 0; i < n; i++)
    {
      int k = 0;
      int read (void) { return k; }
    again:
      get[i] = read;
      if (++k < 3 + i)
        goto again;
    }
}
/* Into the block.  */
static NOINLINE void goto_into (int n)
{
  int i = 0;
  goto inside;
  for (; i < n; i++)
    {
      int k;
      int read (void) { return k; }
      k = 100 * i;
      {
        int l;
        int read_both (void) { return k + l; }
      inside:
        k = i;
        l = 10 * i;
        more[i] = read_both;
      }
      get[i] = read;
    }
}
static NOINLINE void switches (int n)
{
  for (int i = 0; i < n; i++)
    switch (i)
      {
        int k;
        int read (void) { return k; }
      case 0:
        k = 10;
        get[i] = read;
        break;
      case 1:
        k = 20;
        get[i] = read;
        /* FALLTHROUGH */
      case 2:
      case 3:
        {
          int l = i;
          int read_l (void) { return l; }
          k = 30 + i;
          get[i] = read;
          more[i] = read_l;
          break;
      default:
          l = 1000 + i;
          more[i] = read_l;
          k = 40;
        }
        get[i] = read;
      }
}
static NOINLINE void computed_goto (int n)
{
  static void *const labels[] = { &&first, &&second };
  int i = 0;
next:
  if (i == n)
    return;
  goto *labels[i % 2];
  {
    int k;
    int read (void) { return k; }
  first:
    k = 1;
    get[i++] = read;
    goto next;
  second:
    k = 2;
    get[i++] = read;
    goto next;
  }
}
/* A nested function that leaves, and closures that stay.  */
static NOINLINE function *leave (int n)
{
  __label__ out;
  int k = n;
  int read (void)
  {
    if (k < 0)
      goto out;
    return k++;
  }
  if (n < 0)
    read ();
  return read;
out:
  k = -2 * k;
  return read;
}
static NOINLINE void leave_loop (int n)
{
  __label__ out;
  int jumps = 0;
  for (int i = 0; i < n; i++)
    {
      {
        int k = i;
        int read (void) { return k + jumps; }
        int change (int to)
        {
          k = to;
          if (to > 20)
            goto out;
          return to;
        }
        int (*volatile by_address) (int) = change;
        get[i] = more[i] = read;
        by_address (10 + i);
        clobber ();
        by_address (20 + i);
        continue;
      }
    out:
      jumps++;
    }
}
/* The stack pointer at the time of the jump.  */
static NOINLINE int leave_alloca (int n)
{
  __label__ out;
  int sum = 0;
  int add (const void *p, const void *q)
  {
    sum += *(const char *) p + *(const char *) q;
    if (sum > 20)
      goto out;
    return 0;
  }
  char *bytes = __builtin_alloca (n), other[n];
  memset (bytes, 3, n);
  memset (other, 4, n);
  qsort (bytes, n, 1, add);
  return -1;
out:
  clobber ();
  for (int i = 0; i < n; i++)
    CHECK (bytes[i] == 3 && other[i] == 4);
  return sum;
}
/* Out through two functions.  */
static NOINLINE function *leave_two (int n)
{
  __label__ out;
  int k = n;
  function *result = NULL;
  int middle (int depth)
  {
    int l = depth;
    int inner (void)
    {
      k += l;
      if (depth == 3)
        goto out;
      return k;
    }
    function *volatile by_address = inner;
    result = inner;
    return by_address () + middle (depth + 1);
  }
  middle (1);
  return NULL;
out:
  return result;
}

int
main (void)
{
  goto_loop (N);
  clobber ();
  for (int i = 0; i < N; i++)
    CHECK (get[i] () == i && more[i] () == i + 1 && get[i] () == i + 1);
  goto_inside (N);
  clobber ();
  for (int i = 0; i < N; i++)
    CHECK (get[i] () == 3 + i);
  goto_into (N);
  clobber ();
  for (int i = 0; i < N; i++)
    CHECK (get[i] () == i && more[i] () == 11 * i);
  switches (N);
  clobber ();
  CHECK (get[0] () == 10 && get[1] () == 31 && get[2] () == 32
         && get[3] () == 33 && get[4] () == 40 && get[5] () == 40);
  CHECK (more[1] () == 1 && more[2] () == 2 && more[3] () == 3
         && more[4] () == 1004 && more[5] () == 1005);
  computed_goto (N);
  clobber ();
  for (int i = 0; i < N; i++)
    CHECK (get[i] () == 1 + i % 2 || get[i] () == 1 + (N - 1) % 2);
  function *five = leave (5), *six = leave (-3);
  clobber ();
  CHECK (five () == 5 && six () == 6 && five () == 6 && six () == 7);
  leave_loop (N);
  clobber ();
  CHECK (get[0] () == 20 + N - 1 && more[0] () == 20 + N - 1);
  for (int i = 1; i < N; i++)
    CHECK (get[i] () == 20 + i + N - 1 && more[i] () == 20 + i + N - 1);
  CHECK (leave_alloca (opaque_int (40)) > 20);
  function *two = leave_two (10);
  clobber ();
  CHECK (two != NULL);
  return 0;
}
