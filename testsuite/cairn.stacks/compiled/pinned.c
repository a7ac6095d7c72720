/* What cannot move is pinned, and right: builtins that look at frames, jumps into
   them, structures of variable size by value, contexts.

   Catches: a frame that moves though its addresses are known; a pinned function
   that is not on the system stack, or that is called with its arguments lost.  */

#include <ucontext.h>
#include "compiled.h"

static NOINLINE void *
frame (int n)
{
  char *here = __builtin_frame_address (0);
  char *volatile kept = here;
  grow (n);
  CHECK (__builtin_frame_address (0) == kept);
  return here ? HIDE (&n) : NULL;
}

static NOINLINE void *
callers_frame (int n)
{
  void *mine = __builtin_frame_address (0);
  grow (n);
  return __builtin_frame_address (1) == mine ? NULL : mine;
}

static NOINLINE int
return_address (int n)
{
  char *back = __builtin_return_address (0);
  grow (n);
  CHECK (back == __builtin_return_address (0));
  back = __builtin_extract_return_addr (back);
  /* Not a function of the runtime: behind main's call, or about.  */
  char *volatile here = (char *) frame;
  return back > here - 1000000 && back < here + 1000000;
}

static NOINLINE int
callers_return_address (int n)
{
  void *volatile back = __builtin_return_address (1);
  grow (n);
  return back == __builtin_return_address (1);
}

static NOINLINE double
applied (int a, double b, long c, long d, long e, long f, long g, long h, long i)
{
  CHECK (a == 1 && c == 3 && d == 4 && e == 5 && f == 6 && g == 7 && h == 8
	 && i == 9);
  grow (100);
  return b;
}

static NOINLINE double
apply (int a, double b, long c, long d, long e, long f, long g, long h, long i)
{
  (void) a, (void) b, (void) c, (void) d, (void) e, (void) f, (void) g;
  (void) h, (void) i;
  void *arguments = __builtin_apply_args ();
  void *result = __builtin_apply ((void (*) ()) applied, arguments, 128);
  __builtin_return (result);
}

static NOINLINE void
jump (void *buffer, int n)
{
  grow (n);
  if (n > 0)
    jump (buffer, n - 1);
  __builtin_longjmp (buffer, 1);
}

static NOINLINE int
builtin_setjmp (int n)
{
  void *buffer[5];
  int mine = n, *volatile p = &mine;
  volatile int x = 1;
  if (__builtin_setjmp (buffer) == 0)
    {
      x = 2;
      jump (buffer, n);
    }
  grow (n);
  CHECK (*p == n);
  return x;
}

static NOINLINE int
variable_size (int n)
{
  struct s { int a[n]; char c; } s, t;
  __attribute__ ((noinline)) struct s change (struct s x, int k)
  {
    grow (k);
    x.a[n - 1] += k;
    x.c = k;
    return x;
  }
  memset (&s, 0, sizeof s);
  s.a[n - 1] = 10;
  t = change (s, 5);
  grow (n);
  return t.a[n - 1] + t.c + s.c;
}

static NOINLINE int
nonlocal (int n)
{
  __label__ out, again;
  int mine = n, rounds = 0;
  __attribute__ ((noinline)) void leave (int k)
  {
    int own = k;
    grow_addressed (5, NULL);
    mine++;
    if (k > 0)
      leave (k - 1);
    CHECK (HIDE (&own));
    if (mine < 3 * n)
      goto again;
    goto out;
  }
again:
  rounds++;
  leave (n);
  return -1;
out:
  grow (50);
  return mine == n + rounds * (n + 1);
}

static ucontext_t main_context, other_context;
static int nswitches;

static void
other (void)
{
  int mine = 1;
  for (;;)
    {
      grow_addressed (20, NULL);
      nswitches += *(int *) HIDE (&mine);
      swapcontext (&other_context, &main_context);
    }
}

static NOINLINE int
contexts (int n)
{
  static char stack[100000];
  int mine = n;
  getcontext (&other_context);
  other_context.uc_stack.ss_sp = stack;
  other_context.uc_stack.ss_size = sizeof stack;
  other_context.uc_link = NULL;
  makecontext (&other_context, other, 0);
  for (int i = 0; i < n; i++)
    {
      swapcontext (&main_context, &other_context);
      grow (i);
      CHECK (*(int *) HIDE (&mine) == n);
    }
  return nswitches;
}

static NOINLINE __attribute__ ((optimize ("no-omit-frame-pointer"))) int
unwound (int n, int depth)
{
  if (depth > 0)
    return unwound (n, depth - 1) + 1;
  grow (n);
  CHECK (frame (n) != NULL);
  CHECK (callers_frame (n) != NULL);
  CHECK (return_address (n) == 1);
  CHECK (callers_return_address (n) == 1);
  CHECK (apply (1, 2.5, 3, 4, 5, 6, 7, 8, 9) == 2.5);
  double (*volatile pointer) (int, double, long, long, long, long, long, long, long)
    = apply;
  CHECK (pointer (1, 2.5, 3, 4, 5, 6, 7, 8, 9) == 2.5);
  CHECK (builtin_setjmp (n) == 2);
  CHECK (variable_size (n + 1) == 20);
  CHECK (nonlocal (n + 1) == 1);
  return 0;
}

int
main (void)
{
  for (int n = 0; n < 200; n = n * 3 + 1)
    CHECK (unwound (n, n) == n);
  CHECK (contexts (100) == 100);
  return 0;
}
