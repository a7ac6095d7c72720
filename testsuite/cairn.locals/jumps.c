/* Jumps into and out of scopes: each entry of a block makes its variables
   anew, however it is entered.  */
/* { dg-options "-Wall -Wno-switch-unreachable" } */
#include "../lib/check.h"

static int *p[40];
static int count;

/* A backward goto leaves the scope and enters it again.  */
static NOINLINE void backward (int n)
{
  int i = 0;
 again:
  {
    int k = i;
    p[i] = &k;
  }
  if (++i < n)
    goto again;
}

/* A goto into the middle of a block: k exists, without its initializer.  */
static NOINLINE int *into (int c)
{
  if (c)
    goto inside;
  {
    int k = 1;
    p[count++] = &k;
  inside:
    k = c ? 40 : k + 1;
    return &k;
  }
}

/* Into a loop's body from outside, then round by the loop itself.  */
static NOINLINE int into_loop (int n)
{
  int i = 0;
  goto middle;
  while (i < n)
    {
      int k;
      k = -1;
    middle:
      k = i;
      p[i] = &k;
      i++;
    }
  return i;
}

/* Two blocks deep.  */
static NOINLINE void deep (int n)
{
  int i = 0;
 next:
  if (i == n)
    return;
  goto in;
  {
    int a = 0;
    {
      int b = 0;
    in:
      a = i;
      b = 2 * i;
      p[2 * i] = &a;
      p[2 * i + 1] = &b;
      i++;
      goto next;
    }
  }
}

/* Duff's device: a switch into a loop's body.  */
static NOINLINE int duff (int n)
{
  int done = 0, rounds = (n + 3) / 4;
  switch (n % 4)
    {
    case 0:
      do
        {
          int k;
          k = done;
          p[done++] = &k;
          /* FALLTHRU */
        case 3:
          k = done;
          p[done++] = &k;
          /* FALLTHRU */
        case 2:
          k = done;
          p[done++] = &k;
          /* FALLTHRU */
        case 1:
          k = done;
          p[done++] = &k;
        }
      while (--rounds > 0);
    }
  return done;
}

/* Computed goto: whatever the number of cells, values must be right.  */
static NOINLINE int computed (const unsigned char *code)
{
  static void *const ops[] = { &&push, &&add, &&keep, &&stop };
  int stack[8], *top = stack;
  goto *ops[*code++];
  {
    int k;
  push:
    k = *code++;
    *top++ = k;
    p[count++] = (int *) opaque (&k);
    CHECK (*p[count - 1] == k);
    goto *ops[*code++];
  }
 add:
  top--;
  top[-1] += *top;
  goto *ops[*code++];
  {
    int v;
  keep:
    v = top[-1];
    p[count++] = &v;
    goto *ops[*code++];
  }
 stop:
  return top[-1];
}

/* Out of a scope with a goto, the variable kept.  */
static NOINLINE int *out (int n)
{
  int *q = NULL;
  for (int i = 0; i < n; i++)
    {
      int k = i * 11;
      q = &k;
      if (i == n - 1)
        goto end;
    }
 end:
  clobber ();
  return q;
}

int
main (void)
{
  backward (20);
  clobber ();
  for (int i = 0; i < 20; i++)
    CHECK (*p[i] == i);
  for (int i = 1; i < 20; i++)
    CHECK (p[i] != p[i - 1]);

  count = 0;
  int *a = into (0), *b = into (1);
  clobber ();
  CHECK (*a == 2 && *b == 40 && p[0] == a);

  CHECK (into_loop (10) == 10);
  clobber ();
  for (int i = 0; i < 10; i++)
    CHECK (*p[i] == i);

  deep (10);
  clobber ();
  for (int i = 0; i < 10; i++)
    CHECK (*p[2 * i] == i && *p[2 * i + 1] == 2 * i);

  CHECK (duff (10) == 10);
  clobber ();
  /* One k per iteration of the loop: 2 + 4 + 4.  */
  CHECK (*p[0] == 1 && *p[1] == 1 && p[0] == p[1]);
  CHECK (*p[2] == 5 && p[2] == p[5] && p[2] != p[1]);
  CHECK (*p[6] == 9 && p[6] == p[9] && p[6] != p[2]);

  count = 0;
  static const unsigned char code[] = { 0, 3, 0, 4, 1, 2, 3 };
  CHECK (computed (code) == 7);
  clobber ();
  CHECK (count == 3 && *p[2] == 7);

  int *o = out (6);
  clobber ();
  CHECK (*o == 55);
  return 0;
}
