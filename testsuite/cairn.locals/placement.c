/* Cells are allocated where they are needed: on the fast path of a function
   whose slow path lets a local escape there is none.  What was stored in the
   local before, in the frame, goes along.  */
#include "../lib/check.h"

struct record { int *p; long n; char text[24]; };

static struct record *kept;
static long *kept_long;
static NOINLINE void keep (struct record *r) { kept = r; }
static NOINLINE void keep_long (long *p) { kept_long = p; }

/* Stores before the address is handed on.  */
static NOINLINE long stored_before (long n, int slow)
{
  long x = n + 1;
  if (slow)
    keep_long (&x);
  x += n;
  return x;
}

/* Twice, by different ways: the second finds the cell of the first.  */
static NOINLINE long twice (long n, int first, int second)
{
  long x = n;
  if (first)
    keep_long (&x);
  x++;
  if (second)
    keep_long (&x);
  x++;
  return x;
}

/* In a loop: a fresh one for each iteration, only where needed.  */
static NOINLINE int in_loop (int n, long **out)
{
  int nkept = 0;
  for (int i = 0; i < n; i++)
    {
      long x = i;
      if (i % 3 == 0)
        {
          keep_long (&x);
          out[nkept++] = kept_long;
        }
      x += 100;
    }
  return nkept;
}

/* Declared outside of the loop: one for all iterations.  */
static NOINLINE long *outside_loop (int n)
{
  long x = 0;
  long *first = NULL;
  for (int i = 0; i < n; i++)
    {
      x += i;
      if (i % 3 == 2)
        {
          keep_long (&x);
          CHECK (!first || first == kept_long);
          first = kept_long;
        }
    }
  return first;
}

/* A jump back inside the scope, and uses of the whole.  */
static NOINLINE long retried (int n, int slow)
{
  struct record r = { NULL, 7, "text" };
  struct record copy;
again:
  r.n += n;
  if (slow)
    {
      keep (&r);
      slow--;
      goto again;
    }
  copy = r;
  return copy.n + copy.text[0] - 't';
}

/* The local holds the only pointer to something.  */
static NOINLINE int *holder (int n, int slow)
{
  int y = n;
  struct record r = { &y, 1, "" };
  clobber ();
  if (slow)
    keep (&r);
  return r.p;
}

/* Only handed on by the second of two branches, in both orders.  */
static NOINLINE long branches (long n, int which)
{
  long x;
  switch (which)
    {
    case 0:
      x = n;
      break;
    case 1:
      x = 2 * n;
      keep_long (&x);
      break;
    default:
      x = 3 * n;
      keep_long (&x);
      x++;
    }
  return x;
}

/* Recursion on the slow path.  */
static NOINLINE long deep (int n)
{
  long x = n;
  if (n > 0)
    {
      keep_long (&x);
      long *mine = kept_long;
      long sum = deep (n - 1);
      CHECK (*mine == n);
      return sum + x;
    }
  return x;
}

/* Over-aligned and small.  */
static NOINLINE long aligned (long n, int slow)
{
  _Alignas (64) long x = n;
  if (slow)
    {
      keep_long (&x);
      CHECK ((uintptr_t) kept_long % 64 == 0);
    }
  return x;
}

/* What alloca gives is no object of the type that the pointer points to; the
   size is a constant once GCC has looked.  */
static NOINLINE long with_alloca (long n, int slow)
{
  int nbytes = 24;
  char *bytes = __builtin_alloca (nbytes);
  long *x = (long *) bytes;
  long guard = 77;
  x[0] = n;
  x[1] = n + 1;
  x[2] = n + 2;
  if (slow)
    keep_long (x);
  clobber ();
  return guard == 77 ? x[0] + x[1] + x[2] : -1;
}

static NOINLINE long with_vla (long n, int slow)
{
  int count = 3;
  long x[count];
  for (int i = 0; i < count; i++)
    x[i] = n + i;
  if (slow)
    keep_long (x);
  return x[0] + x[1] + x[2];
}

static NOINLINE long is_volatile (long n, int slow)
{
  volatile long x = n;
  if (slow)
    keep_long ((long *) &x);
  return x + 1;
}

int
main (void)
{
  for (int slow = 0; slow < 2; slow++)
    {
      CHECK (stored_before (5, slow) == 11);
      clobber ();
      if (slow)
        CHECK (*kept_long == 11);
      for (int second = 0; second < 2; second++)
        {
          kept_long = NULL;
          CHECK (twice (5, slow, second) == 7);
          clobber ();
          CHECK (slow || second ? *kept_long == 7 : !kept_long);
        }
      CHECK (retried (1, 3 * slow) == (slow ? 11 : 8));
      clobber ();
      if (slow)
        CHECK (kept->n == 11 && strcmp (kept->text, "text") == 0);
      int *p = holder (9, slow);
      clobber ();
      CHECK (*p == 9 && (!slow || *kept->p == 9));
      CHECK (with_alloca (4, slow) == 15 && with_vla (4, slow) == 15);
      CHECK (aligned (3, slow) == 3 && is_volatile (3, slow) == 4);
    }
  long *out[10];
  int n = in_loop (30, out);
  clobber ();
  CHECK (n == 10);
  for (int i = 0; i < n; i++)
    CHECK (*out[i] == 3 * i + 100);
  long *x = outside_loop (10);
  clobber ();
  CHECK (*x == 45);
  for (int which = 0; which < 3; which++)
    {
      CHECK (branches (2, which) == (which == 2 ? 7 : 2 + 2 * which));
      clobber ();
      if (which)
        CHECK (*kept_long == (which == 2 ? 7 : 4));
    }
  CHECK (deep (20) == 210);
  return 0;
}
