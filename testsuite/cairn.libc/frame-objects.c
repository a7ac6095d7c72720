/* Allocations that live in the frame: nothing is allocated, and all the rest
   is as if it were.  */
/* { dg-options "-Wall -Wno-use-after-free" } */
#include <cairn.h>
#include "../lib/check.h"

/* NOINLINE would keep the plugin from knowing the callee.  */
#define KNOWN __attribute__ ((noinline))

struct list { struct list *next; int n; char text[8]; };

/* With stress=moveall the frame is on the heap.  */
static NOINLINE int frame_on_heap (void)
{
  int x = opaque_int (1);
  return cairn_is_heap (&x);
}

static uint64_t allocations (void)
{
  struct cairn_mem_stats stats;
  cairn_mem_stats (&stats);
  return stats.mallocs;
}

static NOINLINE int pair (int n)
{
  struct list *p = malloc (sizeof *p);
  if (!p)
    return -1;
  p->n = n;
  n = p->n;
  free (p);
  return n;
}

static NOINLINE int without_free (int n)
{
  int *p = malloc (sizeof *p);
  *p = n;
  clobber ();
  return *p;
}

/* Both are zeroed, each time anew.  */
static NOINLINE int zeroed (int n)
{
  int sum = 0;
  for (int i = 0; i < n; i++)
    {
      int *p = calloc (4, sizeof *p), *q = malloc (8 * sizeof *q);
      for (int k = 0; k < 8; k++)
        {
          sum += p[k / 2] + q[k];
          q[k] = p[k / 2] = i + 1;
          p[k / 2] = k % 2 ? i : 0;
        }
      free (q);
      free (p);
    }
  return sum;
}

static NOINLINE int from_realloc (int n)
{
  char *p = realloc (NULL, 10);
  p[9] = n;
  n = p[9];
  free (p);
  return n;
}

/* Objects that point to each other.  */
static NOINLINE int linked (int n)
{
  int sum = 0;
  for (int i = 0; i < n; i++)
    {
      struct list *a = malloc (sizeof *a), *b = calloc (1, sizeof *b);
      a->next = b;
      b->next = a;
      a->n = i;
      b->n = 1;
      sum += a->next->n + b->next->n;
      free (a->next);
      free (a);
    }
  return sum;
}

/* A free of several, each of which lives in the frame.  */
static NOINLINE int either (int n)
{
  char *p = malloc (16), *q = calloc (2, 12);
  char *r = n & 1 ? p : q;
  strcpy (r, "either");
  n = strlen (r) + (r == p);
  free (r);
  free (r == p ? q : p);
  return n;
}

static NOINLINE int conditional (int n)
{
  int *p = NULL;
  if (n > 2)
    p = malloc (sizeof *p);
  if (p)
    *p = n;
  n = p ? *p : 0;
  if (n != 5)
    free (p);
  return n;
}

/* Passed on, but not kept; read after free and freed twice.  */
static KNOWN int look (const struct list *l) { return l->n + l->text[0]; }
static NOINLINE int passed (int n)
{
  struct list *p = malloc (sizeof *p);
  p->n = n;
  snprintf (p->text, sizeof p->text, "%d", 7);
  free (p);
  n = look (p);
  free (p);
  return n;
}

/* Each activation has its own.  */
static KNOWN int recursive (int n, int *outer)
{
  int *p = malloc (sizeof *p);
  *p = n;
  int sum = n ? recursive (n - 1, p) : 0;
  sum += *p + (outer ? *outer : 0);
  free (p);
  return sum;
}

/* As aligned as malloc's.  */
static NOINLINE int aligned (char c)
{
  char *a = malloc (17), *b = malloc (1), *d = malloc (100);
  a[0] = b[0] = d[0] = c;
  return opaque_int ((int) (uintptr_t) a | (int) (uintptr_t) d) % 16 == 0
         && a[0] + b[0] + d[0] == 3 * c;
}

/* What only a block in the frame points to is reachable.  */
static NOINLINE int keeps (int n)
{
  char **p = malloc (2 * sizeof *p);
  p[1] = malloc (opaque_int (100));
  memset (p[1], n, 100);
  clobber ();
  cairn_gc ();
  clobber ();
  n = p[1][99];
  free (p[1]);
  free (p);
  return n;
}

/* The frees of it on all ways, one of them in a loop.  */
static NOINLINE int jumps (int n)
{
  char *p = malloc (40);
  int i = 0;
  p[0] = 0;
again:
  p[0] += ++i;
  if (i < n)
    goto again;
  if (p[0] == 3)
    goto out;
  switch (p[0])
    {
    case 1:
      free (p);
      return 1;
    default:
      i = p[0];
    }
out:
  free (p);
  return i;
}

static NOINLINE int all (void)
{
  CHECK (pair (3) == 3);
  CHECK (zeroed (5) == 0);
  CHECK (from_realloc (9) == 9);
  CHECK (linked (4) == 6 + 4);
  CHECK (either (1) == 7 && either (2) == 6);
  CHECK (conditional (2) == 0 && conditional (5) == 5 && conditional (6) == 6);
  CHECK (passed (3) == 3 + '7');
  CHECK (recursive (5, NULL) == 15 + 15);
  CHECK (aligned (5));
  CHECK (jumps (1) == 1 && jumps (2) == 2 && jumps (4) == 10);
  return 0;
}

int
main (void)
{
  all ();
  uint64_t before = allocations ();
  all ();
  if (!frame_on_heap ())
    CHECK (allocations () == before);
  CHECK (without_free (4) == 4);
  CHECK (keeps (77) == 77);
  return 0;
}
