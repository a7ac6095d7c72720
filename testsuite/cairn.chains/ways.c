/* Every way that there is out of a function, and ways that run in circles.  */
/* { dg-options "-w" } */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <stdio.h>

struct s { struct s *next; int *p; } *list;
int *global;
void unknown (int *);
void variadic (int, ...);

void store (struct s *s, int *p) { s->p = p; }
void two_deep (struct s *s, int **pp) { store (s, *pp); }
int *id (int *p) { return p; }
int *both (int *p) { global = p; return p; }
int *content_and_result (int **p) { global = *p; return (int *) p; }
void add (struct s *s) { s->next = list; list = s; }
int *copy_through (int **from, int **to) { *to = *from; return *to; }

int *
all (int n)
{
  int x = n, y = n, z, kept;
  struct s s;
  unknown (&x);
  store (list, &y);
  add (&s);
  store (&s, &z);
  variadic (1, &kept);
  return id (&n);
}

int
loop (int n)
{
  int *last = 0, sum = 0;
  for (int i = 0; i < n; i++)
    {
      int t = i;
      if (last)
        sum += *last;
      last = &t;
    }
  return sum;
}

/* p, *p and what they point to go round.  */
void *
circle (int n)
{
  void *p = 0, *q = 0;
  for (int i = 0; i < n; i++)
    {
      void *x = &p;
      p = &q;
      q = x;
      p = *(void **) p;
    }
  return p;
}

void *
ring (struct s *arg)
{
  struct s a, b, *r = &a;
  a.next = &b;
  b.next = &a;
  while (r->next != arg)
    r = r->next->next;
  return r->next;
}

struct s *even (struct s *l, int n);
struct s *odd (struct s *l, int n) { struct s o = { l }; return n ? even (&o, n - 1) : l; }
struct s *even (struct s *l, int n) { struct s e = { l }; return n ? odd (&e, n - 1) : l; }

struct s
by_value (void)
{
  int x;
  struct s r = { 0, &x };
  return r;
}

void
indirect (int *p, void (*f) (int *))
{
  int q;
  f (&q);
  f (p);
  __asm__ ("" :: "r" (&q));
}

void
given (struct s *s, struct s **out)
{
  int x;
  s->p = &x;
  (*out)->p = &x;
  struct s *h = malloc (sizeof *h);
  h->p = &x;
  *out = h;
}

typedef int function (void);

/* A parameter that moves does not also leak.  */
function *
closure (int *p, int n)
{
  int count = 0;
  int inner (void) { return *p + n + count++; }
  return inner;
}

int *
varargs (int n, ...)
{
  va_list ap;
  va_start (ap, n);
  int *p = va_arg (ap, int *);
  va_end (ap);
  return p;
}

int *literal (int n) { return (int[]){ n, n }; }
char *vla (int n) { char v[n]; memset (v, 1, n); return v; }
void buffered (void) { char buffer[BUFSIZ]; setvbuf (stdout, buffer, _IOFBF, BUFSIZ); }

/* One place, two functions.  */
#define TWICE(name, what) int name (int *p) { int x; what; return *p + x; }
#define BOTH TWICE (first, x = *p) TWICE (second, global = p)
BOTH
#define THREE TWICE (third, global = &x) TWICE (fourth, x = 1; x += *&x)
THREE

int *
choose (int *p, int *q, int n)
{
  int x;
  int *r = n ? p : n > 3 ? &x : q;
  while (n--)
    r = n ? r : q;
  return r;
}

/* What a parameter points to is stored there again, by a roundabout way.  */
struct t { int *p; struct t *next; int *other; };

void
rotate (struct t *l)
{
  struct t *first = l;
  while (l->next)
    {
      l = l->next;
      first->p = l->other;
    }
}
