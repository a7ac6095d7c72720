/* The ways to write `return &x', which the front end treats differently.  */
#include "../lib/check.h"

static NOINLINE int *plain (int n) { int x = n; return &x; }
static NOINLINE int *conditional (int c, int n) { int x = n; return c ? &x : 0; }
static NOINLINE int *either (int c, int n)
{
  int x = n, y = n + 1;
  return c ? &x : &y;
}
static NOINLINE int *statement_expression (int n) { return ({ int x = n; &x; }); }
static NOINLINE int *comma (int n) { int x = n; return (clobber (), &x); }
static NOINLINE int *parentheses (int n) { int x = n; return (((&x))); }
static NOINLINE int *cast (int n) { int x = n; return (int *) (void *) (char *) &x; }
static NOINLINE int *decayed (int n) { int a[4] = { n, n, n, n }; return a; }
static NOINLINE int *element (int n) { int a[4] = { 0, 0, n, 0 }; return &a[2]; }
static NOINLINE int *offset (int n) { int a[4] = { 0, n, 0, 0 }; return a + 1; }
static NOINLINE int *variable (int n) { int x = n; int *p = &x; return p; }
static NOINLINE int *assignment (int n) { int x = n; int *p; return p = &x; }
static NOINLINE int *deref (int n) { int x = n; return &*&x; }
static NOINLINE int *param (int n) { return &n; }
static NOINLINE int *in_block (int n) { { int x = n; return &x; } }
static NOINLINE int *two_returns (int c, int n)
{
  int x = n;
  if (c)
    return &x;
  x++;
  return &x;
}
static NOINLINE void *to_void (int n) { int x = n; return &x; }
static NOINLINE const int *to_const (int n) { int x = n; return &x; }
/* What the programmer wrote himself stays what it says.  */
static NOINLINE int *own_null (int n)
{
  int x = n;
  return ((void) &x, (int *) 0);
}
static NOINLINE int own_comma_value (int n)
{
  int x = n;
  return *(clobber (), &x);
}
static inline int *inlined (int n) { int x = n; return &x; }

int
main (void)
{
  int *p[] = {
    plain (0), conditional (1, 1), either (1, 2), either (0, 2),
    statement_expression (4), comma (5), parentheses (6), cast (7),
    decayed (8), element (9), offset (10), variable (11), assignment (12),
    deref (13), param (14), in_block (15), two_returns (1, 16),
    two_returns (0, 16), to_void (18), (int *) to_const (19), inlined (20),
  };
  clobber ();
  for (int i = 0; i < (int) (sizeof p / sizeof *p); i++)
    {
      CHECK (p[i] != NULL);
      CHECK (*p[i] == i);
    }
  CHECK (conditional (0, 1) == NULL);
  CHECK (own_null (1) == NULL);
  CHECK (own_comma_value (3) == 3);
  return 0;
}
