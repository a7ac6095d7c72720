/* Indirect calls: which functions they reach, where that is known.  Every
   case has a function type of its own (in its integers: pointers are all
   alike), for a family is all functions of a type.  */

#include "indirect.h"

/* A private structure whose field holds only functions of this file.  */
struct getter
{
  int (*get) (struct getter *, int *);
  int value;
};

static int
get_value (struct getter *g, int *out) /* { dg-escape "out does not escape" } */
  /* { dg-escape "g does not escape" -1 } */
{
  *out = g->value;
  return 0;
}

static int
get_zero (struct getter *g, int *out) /* { dg-escape "out does not escape" } */
  /* { dg-escape "g does not escape" -1 } */
{
  *out = 0;
  return 0;
}

void
set_getter (struct getter *g, int which) /* { dg-escape "g does not escape" } */
{
  g->get = which ? get_value : get_zero;
}

int
closed (struct getter *g) /* { dg-escape "g does not escape" } */
{
  int n;
  g->get (g, &n);
  return n;
}

/* One of the functions keeps its argument.  */
struct keeper
{
  void (*fn) (struct keeper *, char *, int);
};
char *kept;

static void
keeps (struct keeper *k, char *p, int i) /* { dg-escape "leaking param: p" } */
  /* { dg-escape "k does not escape" -1 } */
{
  kept = p;
}

static void
keeps_not (struct keeper *k, char *p, int i) /* { dg-escape "p does not escape" } */
  /* { dg-escape "k does not escape" -1 } */
{
  *p = 1;
}

void
set_keeper (struct keeper *k, int which) /* { dg-escape "k does not escape" } */
{
  k->fn = which ? keeps : keeps_not;
}

void
joined (struct keeper *k) /* { dg-escape "k does not escape" } */
{
  char c; /* { dg-escape "moved to heap: c" } */
  k->fn (k, &c, 1);
}

/* A function from elsewhere is stored.  */
struct open
{
  void (*fn) (struct open *, long *);
};

static void
open_one (struct open *o, long *p) /* { dg-escape "p does not escape" } */
  /* { dg-escape "o does not escape" -1 } */
{
  *p = 0;
}

void
set_open (struct open *o, void (*fn) (struct open *, long *))
  /* { dg-escape "o does not escape" -1 } */
  /* { dg-escape "leaking param: fn" -2 } */
{
  o->fn = fn ? fn : open_one;
}

void
opened (struct open *o) /* { dg-escape "leaking param: o" } */
{
  long n; /* { dg-escape "moved to heap: n" } */
  o->fn (o, &n);
}

/* A structure from a header.  */
static void
header_one (struct in_header *h, short *p, char c) /* { dg-escape "p does not escape" } */
  /* { dg-escape "h does not escape" -1 } */
{
  *p = 0;
}

void
set_header (struct in_header *h) /* { dg-escape "h does not escape" } */
{
  h->fn = header_one;
}

void
from_header (struct in_header *h) /* { dg-escape "leaking param: h" } */
{
  short s; /* { dg-escape "moved to heap: s" } */
  h->fn (h, &s, 1);
}

/* What a declaration of another file's function leads to is public...  */
struct published
{
  void (*fn) (struct published *, float *, double);
};
extern void elsewhere (struct published *);

static void
published_one (struct published *x, float *p, double d)
  /* { dg-escape "p does not escape" -1 } */
  /* { dg-escape "x does not escape" -2 } */
{
  *p = 0;
}

void
set_published (struct published *x) /* { dg-escape "x does not escape" } */
{
  x->fn = published_one;
}

void
from_published (struct published *x) /* { dg-escape "leaking param: x" } */
{
  float f; /* { dg-escape "moved to heap: f" } */
  x->fn (x, &f, 1);
}

/* ... what it leads to as an incomplete type is not.  */
struct opaque;
extern void elsewhere_opaque (struct opaque *);
struct opaque
{
  void (*fn) (struct opaque *, double *, long, char);
};

static void
opaque_one (struct opaque *x, double *p, long l, char c) /* { dg-escape "p does not escape" } */
  /* { dg-escape "x does not escape" -1 } */
{
  *p = 0;
}

void
set_opaque (struct opaque *x) /* { dg-escape "x does not escape" } */
{
  x->fn = opaque_one;
}

void
from_opaque (struct opaque *x) /* { dg-escape "x does not escape" } */
{
  double d;
  x->fn (x, &d, 1, 2);
}

/* The address of the field is handed on.  */
struct addressed
{
  void (*fn) (unsigned *, int);
};
extern void anywhere (void *);

static void
addressed_one (unsigned *p, int i) /* { dg-escape "p does not escape" } */
{
  *p = 0;
}

void
set_addressed (struct addressed *x) /* { dg-escape "leaking param: x" } */
{
  x->fn = addressed_one;
  anywhere (&x->fn);
}

void
from_addressed (struct addressed *x) /* { dg-escape "x does not escape" } */
{
  unsigned u; /* { dg-escape "moved to heap: u" } */
  x->fn (&u, 1);
}

/* A function of another type.  */
struct cast
{
  void (*fn) (unsigned char *, short);
};

static void
cast_one (long l, int i)
{
  kept = (char *) l;
}

static void
cast_two (unsigned char *p, short i) /* { dg-escape "p does not escape" } */
{
  *p = 0;
}

void
set_cast (struct cast *x, int which) /* { dg-escape "x does not escape" } */
{
  x->fn = cast_two;
  if (which)
    x->fn = (void (*) (unsigned char *, short)) cast_one;
}

void
from_cast (struct cast *x) /* { dg-escape "x does not escape" } */
{
  unsigned char c; /* { dg-escape "moved to heap: c" } */
  x->fn (&c, 1);
}

/* A union: another member may have been stored.  */
union either
{
  void (*fn) (unsigned short *);
  void *data;
};

static void
either_one (unsigned short *p) /* { dg-escape "p does not escape" } */
{
  *p = 0;
}

void
set_either (union either *x) /* { dg-escape "x does not escape" } */
{
  x->fn = either_one;
}

void
from_either (union either *x) /* { dg-escape "x does not escape" } */
{
  unsigned short s; /* { dg-escape "moved to heap: s" } */
  x->fn (&s);
}

/* Local pointers, constant tables, parameters, results.  */
static void
first (signed char *p) /* { dg-escape "p does not escape" } */
{
  *p = 1;
}

static void
second (signed char *p) /* { dg-escape "p does not escape" } */
{
  *p = 2;
}

int
local_pointer (int which)
{
  signed char c;
  void (*fn) (signed char *) = which ? first : second;
  fn (&c);
  return c;
}

static void (*const table[]) (signed char *) = { first, second };

int
from_table (int i)
{
  signed char c;
  table[i] (&c);
  return c;
}

static int
calls (void (*fn) (signed char *)) /* { dg-escape "fn does not escape" } */
{
  signed char c;
  fn (&c);
  return c;
}

int
parameter (void)
{
  return calls (first) + calls (second);
}

static void
(*chosen (int which)) (signed char *)
{
  return which ? first : 0;
}

int
result (int which)
{
  signed char c;
  chosen (which) (&c);
  return c;
}

/* The parameter of a function that others can call.  */
int
calls_any (void (*fn) (signed char *)) /* { dg-escape "fn does not escape" } */
{
  signed char c; /* { dg-escape "moved to heap: c" } */
  fn (&c);
  return c;
}

/* A static variable; a recursion through a pointer.  */
static int (*walker) (int *, int);

static int
walk (int *sum, int n) /* { dg-escape "sum does not escape" } */
{
  int here = n;
  if (n > 0)
    walker (&here, n - 1);
  *sum += here;
  return 0;
}

int
recursion (int n)
{
  int sum = 0;
  walker = walk;
  walker (&sum, n);
  return sum;
}

/* A table that another file may replace.  */
__attribute__ ((weak)) void (*const replaceable[]) (signed char *)
  = { first, second };

int
from_replaceable (int i)
{
  signed char c; /* { dg-escape "moved to heap: c" } */
  replaceable[i] (&c);
  return c;
}

/* As POSIX has the results of dlsym stored.  */
extern void *found (void);
struct loaded
{
  void (*fn) (short *, char, char);
};

static void
loaded_one (short *p, char c, char d) /* { dg-escape "p does not escape" } */
{
  *p = c + d;
}

void
set_loaded (struct loaded *x) /* { dg-escape "x does not escape" } */
{
  x->fn = loaded_one;
  *(void **) &x->fn = found ();
}

void
from_loaded (struct loaded *x) /* { dg-escape "x does not escape" } */
{
  short s; /* { dg-escape "moved to heap: s" } */
  x->fn (&s, 1, 2);
}
