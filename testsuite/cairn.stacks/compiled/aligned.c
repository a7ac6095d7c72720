/* Locals that are more aligned than the stack: 32, 64 and 4096 bytes.

   Catches: a frame that is aligned where it was, and not where it is; a frame of
   the address stack whose base is not.  */

#include "compiled.h"

#define ALIGNED(n) __attribute__ ((aligned (n)))
#define MISALIGNED(p, n) ((uintptr_t) HIDE ((void *) (p)) & ((n) - 1))

static NOINLINE int
local (int n)
{
  char a[3] ALIGNED (32) = { n, n + 1 };
  char b[5] ALIGNED (64) = { n + 2 };
  CHECK (!MISALIGNED (a, 32) && !MISALIGNED (b, 64));
  if (n > 0)
    CHECK (local (n - 1) == n - 1);
  CHECK (a[0] == (char) n && a[1] == (char) (n + 1) && b[0] == (char) (n + 2));
  return n;
}

static NOINLINE int
page (int n)
{
  int before = n;
  char bytes[5000] ALIGNED (4096);
  int after = n + 1;
  bytes[0] = n;
  bytes[4999] = n;
  CHECK (!MISALIGNED (bytes, 4096));
  CHECK (HIDE (&before) != HIDE (&after));
  if (n > 0)
    CHECK (page (n - 1) == n - 1);
  CHECK (bytes[0] == (char) n && bytes[4999] == (char) n);
  CHECK (before == n && after == n + 1);
  return n;
}

/* Objects without an address may be in the frame itself.  */
static NOINLINE long
volatiles (int n)
{
  volatile long x ALIGNED (64) = n;
  volatile long y ALIGNED (128) = n + 1;
  grow (n);
  long sum = x + y;
  grow (n * 2);
  return sum + x - y;
}

typedef float v8 __attribute__ ((vector_size (32)));
struct record { char c; long l ALIGNED (256); };

static NOINLINE struct record
by_value (struct record r, int n)
{
  CHECK (!MISALIGNED (&r, 256));
  grow (n);
  r.l += r.c;
  return r;
}

static NOINLINE float
vectors (int n)
{
  v8 v = { n, n + 1, n + 2 }, w[3] = { v, v + 1, v + 2 };
  CHECK (!MISALIGNED (&v, 32) && !MISALIGNED (w, 32));
  grow (n * 3);
  v8 sum = v + w[n % 3];
  grow (n);
  w[n % 3] = sum;
  grow_addressed (n, NULL);
  CHECK (((v8 *) HIDE (w))[n % 3][1] == sum[1]);
  return sum[2];
}

/* A parameter, a VLA, a compound literal, a variable of a scope in a loop.  */
typedef int aligned_int ALIGNED (64);

static NOINLINE int
others (aligned_int parameter, int n)
{
  int sum = 0;
  CHECK (!MISALIGNED (&parameter, 64));
  for (int i = 0; i < n; i++)
    {
      aligned_int scoped = i;
      int v[n] ALIGNED (256);
      struct record *r = &(struct record){ 1, i };
      CHECK (!MISALIGNED (&scoped, 64) && !MISALIGNED (v, 256)
	     && !MISALIGNED (r, 256));
      v[i] = i;
      grow (i);
      sum += scoped + v[i] + r->l;
    }
  return sum + parameter;
}

static NOINLINE int
at_depth (int depth)
{
  int mine = depth, *volatile p = &mine;
  if (depth > 0)
    at_depth (depth - 1);
  else
    {
      local (20);
      page (3);
      CHECK (volatiles (30) == 60);
      struct record r = by_value ((struct record){ 3, 4 }, 20);
      CHECK (r.l == 7 && r.c == 3);
      CHECK (vectors (7) == 19);
      CHECK (others (5, 10) == 3 * 45 + 5);
    }
  CHECK (*p == depth);
  return depth;
}

int
main (void)
{
  for (int depth = 0; depth < 70; depth++)
    at_depth (depth);
  local (2000);
  page (200);
  return 0;
}
