/* Parameters: in registers, on the stack, small, large, changed later.  */
#include "../lib/check.h"

struct big { long v[9]; };
struct small { char c; short s; };

static int *saved;

static NOINLINE int *in_register (int a) { return &a; }
static NOINLINE int *on_stack (int a, int b, int c, int d, int e, int f, int g,
                               int h)
{
  (void) a; (void) b; (void) c; (void) d; (void) e; (void) f; (void) g;
  return &h;
}
static NOINLINE char *of_char (char c) { return &c; }
static NOINLINE short *of_short (short s) { return &s; }
static NOINLINE float *of_float (float f) { return &f; }
static NOINLINE long double *of_long_double (long double d) { return &d; }
static NOINLINE struct big *of_big (struct big b) { return &b; }
static NOINLINE struct small *of_small (struct small s) { return &s; }
static NOINLINE long *of_member (struct big b) { return &b.v[5]; }
static NOINLINE int **of_pointer (int *p) { return &p; }
static NOINLINE const char ***of_array (const char *a[4]) { return (const char ***) &a; }
static NOINLINE void saves (int a) { saved = &a; }
static NOINLINE int *changed (int a)
{
  int *p = &a;
  a += 5;
  *p *= 2;
  return p;
}
static NOINLINE int *swapped (int a, int b)
{
  int *p = &a, *q = &b;
  int t = *p;
  *p = *q;
  *q = t;
  return opaque_int (1) ? q : p;
}
static NOINLINE int *old_style ();
static NOINLINE int *
old_style (a, c)
     int a;
     char c;
{
  a += c;
  return &a;
}
static NOINLINE int only_read (const int a)
{
  const int *p = &a;
  return *(const int *) opaque ((void *) p);
}
static NOINLINE int *sometimes (int a, int c)
{
  if (c)
    return &a;
  return NULL;
}

int
main (void)
{
  struct big b = { { 1, 2, 3, 4, 5, 6, 7, 8, 9 } };
  const char *words[4] = { "a", "b", "c", "d" };
  int one = 1;
  int *r = in_register (10), *s = on_stack (1, 2, 3, 4, 5, 6, 7, 80);
  char *c = of_char ('x');
  short *h = of_short (-7);
  float *f = of_float (0.5f);
  long double *d = of_long_double (8.5L);
  struct big *g = of_big (b);
  struct small *m = of_small ((struct small){ 'm', 300 });
  long *e = of_member (b);
  int **pp = of_pointer (&one);
  const char ***a = of_array (words);
  saves (99);
  int *ch = changed (3), *sw = swapped (1, 2), *o = old_style (40, (char) 2);
  int *so = sometimes (5, 1);
  b.v[5] = 0;
  clobber ();
  CHECK (*r == 10 && *s == 80 && *c == 'x' && *h == -7);
  CHECK (*f == 0.5f && *d == 8.5L);
  for (int i = 0; i < 9; i++)
    CHECK (g->v[i] == i + 1);
  CHECK (m->c == 'm' && m->s == 300);
  CHECK (*e == 6);
  CHECK (*pp == &one && strcmp ((*a)[3], "d") == 0);
  CHECK (*saved == 99);
  CHECK (*ch == 16);
  CHECK (*sw == 1);
  CHECK (*o == 42);
  CHECK (*so == 5 && sometimes (1, 0) == NULL);
  CHECK (only_read (12) == 12);
  return 0;
}
