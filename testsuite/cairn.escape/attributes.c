/* Attributes of functions without a body, and of function types.  */
#include <stdlib.h>
#include "cairn.h"

struct node { struct node *next; int *p; };

extern int looks (int *p, int *q) CAIRN_NOESCAPE (1);
extern int looks_all (int *p, struct node *n, ...) CAIRN_NOESCAPE ();
extern int looks_not_all (int *p, int *q) CAIRN_NOESCAPE () CAIRN_ESCAPES (2);
extern int *gives_back (int *p, int *q) CAIRN_RETURNS (1);
extern int *gives_back_either (int *p, int *q) CAIRN_RETURNS (1, 2);
extern void stores (struct node *n, int *p) CAIRN_STORES (1, 2);
extern void stores_content (struct node *n, int **p) CAIRN_STORES (1, 2);

int
looked_at (void)
{
  int x = 1;
  int y = 2; /* { dg-escape "moved to heap: y" } */
  return looks (&x, &y);
}

int
all_looked_at (void)
{
  int x = 1, y = 2;
  struct node n = { 0, &y };
  return looks_all (&x, &n, &y);
}

int
all_but_one (void)
{
  int x = 1;
  int y = 2; /* { dg-escape "moved to heap: y" } */
  return looks_not_all (&x, &y);
}

int
given_back_here (void)
{
  int x = 1;
  int y = 2; /* { dg-escape "moved to heap: y" } */
  return *gives_back (&x, &y);
}

int *
given_back (void)
{
  int x = 1; /* { dg-escape "moved to heap: x" } */
  int y = 2; /* { dg-escape "moved to heap: y" } */
  int z = 3;
  if (looks_all (&z, 0))
    return gives_back_either (&x, &y);
  return 0;
}

int
stored_here (void)
{
  struct node n = { 0, 0 };
  int x = 1;
  stores (&n, &x);
  return *n.p;
}

struct node
stored (void)
{
  struct node n = { 0, 0 };
  int x = 1; /* { dg-escape "moved to heap: x" } */
  stores (&n, &x);
  return n;
}

/* The content of what is stored comes along.  */
int *
stored_content (void)
{
  struct node n = { 0, 0 };
  int x = 1; /* { dg-escape "moved to heap: x" } */
  int *p = &x; /* { dg-escape "moved to heap: p" } */
  stores_content (&n, &p);
  return n.p;
}

/* What a function that only looks leaves in memory comes from elsewhere, and
   what is stored through that leaks.  */
extern void finds (int ***p) CAIRN_NOESCAPE ();
void
found (void)
{
  int **p = 0;
  int x = 1; /* { dg-escape "moved to heap: x" } */
  finds (&p);
  *p = &x;
}

/* Pointers to functions.  */
typedef int visitor (int *p, int *q) CAIRN_NOESCAPE (1);

int
through_pointer (visitor *v) /* { dg-escape "v does not escape" } */
{
  int x = 1;
  int y = 2; /* { dg-escape "moved to heap: y" } */
  return v (&x, &y);
}

struct operations
{
  int (*read) (struct node *n) CAIRN_NOESCAPE ();
  int (*keep) (struct node *n);
};

void
set_keep (struct operations *o, /* { dg-escape "o does not escape" } */
          int (*keep) (struct node *)) /* { dg-escape "leaking param: keep" } */
{
  o->keep = keep;
}

int
through_field (const struct operations *o) /* { dg-escape "o does not escape" } */
{
  struct node n = { 0, 0 };
  struct node m = { 0, 0 }; /* { dg-escape "moved to heap: m" } */
  return o->read (&n) + o->keep (&m);
}

int
sorts (int (*compare) (const void *, const void *) /* { dg-escape "compare does not escape" } */
         CAIRN_NOESCAPE (),
       int (*unknown) (const void *, const void *)) /* { dg-escape "unknown does not escape" } */
{
  int a[] = { 1, 2 };
  int b[] = { 1, 2 }; /* { dg-escape "moved to heap: b" } */
  qsort (a, 2, sizeof *a, compare);
  qsort (b, 2, sizeof *b, unknown);
  return *a + *b;
}

extern int by_value (const void *, const void *) CAIRN_NOESCAPE ();
extern int by_magic (const void *, const void *);

int
sorts_with_declared (void)
{
  int a[] = { 1, 2 };
  int b[] = { 1, 2 }; /* { dg-escape "moved to heap: b" } */
  qsort (a, 2, sizeof *a, by_value);
  qsort (b, 2, sizeof *b, by_magic);
  return *a + *b;
}

/* Either may be called.  */
int
one_of_two (int (*looks) (int *p) CAIRN_NOESCAPE (), /* { dg-escape "looks does not escape" } */
            int (*keeps) (int *p), /* { dg-escape "keeps does not escape" } */
            int n)
{
  int x = 1; /* { dg-escape "moved to heap: x" } */
  int a[] = { 1, 2 }; /* { dg-escape "moved to heap: a" } */
  qsort (a, 2, sizeof *a, n ? by_value : by_magic);
  return (n ? looks : keeps) (&x) + *a;
}

int
one_of_two_variables (int n)
{
  int x = 1; /* { dg-escape "moved to heap: x" } */
  int y = 2;
  __auto_type f = n ? by_value : by_magic;
  __auto_type g = by_value;
  visitor *v = looks;
  return f (&x, &x) + g (&y, &y) + v (&y, 0);
}

/* The body wins.  */
int *kept;

void looks_really (int *p) CAIRN_ESCAPES (1);
void
looks_really (int *p) /* { dg-escape "p does not escape" } */
{
  *p = 1;
}

int
body (void)
{
  int x = 1;
  looks_really (&x);
  return x;
}

int *liar (int *p, int *q, struct node *n, int *r, struct node *self)
  CAIRN_NOESCAPE () CAIRN_RETURNS (2);
int *
liar (int *p,         /* { dg-message "parameter .p. of .liar. is declared .cairn_noescape. but leaks" } */
                      /* { dg-escape "leaking param: p" -1 } */
      int *q,         /* { dg-escape "leaking param: q to result level=0" } */
      struct node *n, /* { dg-escape "n does not escape" } */
      int *r,         /* { dg-message "parameter .r. of .liar. is declared .cairn_noescape. but is stored in the memory of a parameter" } */
                      /* { dg-escape "leaking param: r" -1 } */
      struct node *self) /* { dg-message "parameter .self. of .liar. is declared .cairn_noescape. but its content is returned" } */
                      /* { dg-escape "leaking param: self to result level=1" -1 } */
{
  kept = p;
  n->p = r;
  return *p ? q : self->p;
}

void honest (struct node *n, int *p) CAIRN_STORES (1, 2);
void
honest (struct node *n, /* { dg-escape "n does not escape" } */
        int *p)         /* { dg-escape "leaking param: p" } */
{
  n->p = p;
}

void deep (struct node *n, int *p) CAIRN_STORES (1, 2);
void
deep (struct node *n, /* { dg-escape "n does not escape" } */
      int *p)         /* { dg-message "parameter .+p.+ of .+deep.+ is declared .+cairn_stores.+ but is stored" } */
                      /* { dg-escape "leaking param: p" -1 } */
{
  n->next->p = p;
}
