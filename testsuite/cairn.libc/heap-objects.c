/* Allocations that look as if they could live in the frame, and must not: each
   function would go wrong, or finds its object in the frame.  */
/* { dg-options "-Wall -Wno-maybe-uninitialized -Wno-alloc-size-larger-than" } */
#define _GNU_SOURCE
#include <cairn.h>
#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include "../lib/check.h"

/* NOINLINE would keep the plugin from knowing the callee.  */
#define KNOWN __attribute__ ((noinline))

struct list { struct list *next; char *text; int n; };

/* -- Mixed sources.  */

static NOINLINE int with_parameter (char *q, int n)
{
  char *p = n ? q : malloc (8);
  p[0] = n;
  int heap = cairn_is_heap (p);
  free (p);
  return heap;
}

static NOINLINE int with_another (int n)
{
  char *p = malloc (16);
  int heap = cairn_is_heap (p);
  if (n > 16)
    p = malloc (n);
  p[0] = n;
  free (p);
  return heap;
}

/* The second free may get the first object or a foreign one: neither free may
   vanish, or the foreign ones pile up.  */
static NOINLINE int with_foreign (FILE *f)
{
  char *line = malloc (24), *other = NULL;
  size_t room = 0;
  int heap = cairn_is_heap (line);
  rewind (f);
  if (getline (&other, &room, f) > 0)
    {
      free (line);
      line = other;
    }
  CHECK (line[0] == 'x');
  free (line);
  return heap;
}

/* Objects that share a free with one that shares a free with another.  */
static NOINLINE int in_a_chain (int n, char *q)
{
  char *a = malloc (16), *b = malloc (17), *c = malloc (18);
  int heap = cairn_is_heap (a) & cairn_is_heap (b) & cairn_is_heap (c);
  a[0] = b[0] = c[0] = n;
  free (n == 1 ? a : b);
  free (n == 2 ? b : c);
  free (n == 3 ? c : q);
  return heap;
}

/* -- Resized.  */

static NOINLINE int grown (int n)
{
  char *p = malloc (10);
  int heap = cairn_is_heap (p);
  strcpy (p, "too short");
  p = realloc (p, opaque_int (4000));
  clobber ();
  CHECK (strcmp (p, "too short") == 0);
  p[3999] = n;
  free (p);
  return heap;
}

static NOINLINE int grown_array (int n)
{
  char *p = calloc (2, 5);
  int heap = cairn_is_heap (p);
  strcpy (p, "too short");
  p = reallocarray (p, opaque_int (40), 100);
  CHECK (strcmp (p, "too short") == 0);
  p[3999] = n;
  free (p);
  return heap;
}

static NOINLINE int grown_by_getline (FILE *f)
{
  size_t room = 16;
  struct { char *line; } s = { malloc (16) };
  int heap = cairn_is_heap (s.line);
  rewind (f);
  CHECK (getline (&s.line, &room, f) == 100 && s.line[98] == 'x');
  return heap;
}

static NOINLINE int measured (void)
{
  char *p = malloc (30);
  size_t nbytes = malloc_usable_size (p);
  memset (p, 1, 30);
  free (p);
  return nbytes >= 30;
}

/* -- Freed or resized by somebody else.  */

static KNOWN void done (char *p) { free (p); }
static NOINLINE int by_callee (int n)
{
  char *p = malloc (16);
  int heap = cairn_is_heap (p);
  p[0] = n;
  done (p);
  return heap;
}

static KNOWN char *longer (char *p) { return realloc (p, opaque_int (5000)); }
static NOINLINE int grown_by_callee (int n)
{
  char *p = malloc (10);
  int heap = cairn_is_heap (p);
  strcpy (p, "too short");
  CHECK (strcmp (longer (p), "too short") == 0);
  return heap;
}

static KNOWN void grow_field (struct list *l)
{
  l->text = realloc (l->text, opaque_int (5000));
  memset (l->text + 2, 'y', 4998);
}
static NOINLINE int field_by_callee (int n)
{
  struct list l = { NULL, malloc (12), n };
  int heap = cairn_is_heap (l.text);
  strcpy (l.text, "x");
  grow_field (&l);
  clobber ();
  CHECK (l.text[0] == 'x' && l.text[4999] == 'y');
  return heap;
}

static KNOWN char grow_value (struct list l)
{
  return *(char *) realloc (l.text, opaque_int (5000));
}
static NOINLINE int by_value (int n)
{
  struct list l = { NULL, malloc (12), n };
  strcpy (l.text, "x");
  return cairn_is_heap (l.text) && grow_value (l) == 'x';
}

/* The callee returns what it got.  */
static KNOWN char *same (char *p) { return p; }
static NOINLINE int by_result (int n)
{
  char *p = malloc (12);
  int heap = cairn_is_heap (p);
  p[0] = n;
  p = realloc (same (p), opaque_int (5000));
  return heap && p[0] == n;
}

static KNOWN void grow_deep (struct list *l)
{
  if (l->next)
    grow_deep (l->next);
  else
    {
      l->text = realloc (l->text, opaque_int (5000));
      memset (l->text + 2, 'y', 4998);
    }
}
static NOINLINE int deep_by_callee (int n)
{
  struct list a, b, c, d, e, f, g;
  struct list *all[] = { &a, &b, &c, &d, &e, &f, &g };
  for (int i = 0; i < 7; i++)
    {
      all[i]->next = i < 6 ? all[i + 1] : NULL;
      all[i]->text = NULL;
    }
  g.text = malloc (12);
  int heap = cairn_is_heap (g.text);
  strcpy (g.text, "x");
  grow_deep (&a);
  clobber ();
  CHECK (g.text[0] == 'x' && g.text[4999] == 'y');
  return heap;
}

static KNOWN void grow_argument (int n, ...)
{
  va_list ap;
  va_start (ap, n);
  char *p = va_arg (ap, char *);
  CHECK (strcmp (realloc (p, opaque_int (5000)), "x") == 0);
  va_end (ap);
}
static NOINLINE int by_variadic (void)
{
  char *p = malloc (12);
  int heap = cairn_is_heap (p);
  strcpy (p, "x");
  grow_argument (1, p);
  return heap;
}

static NOINLINE int by_nested (int n)
{
  char *p = malloc (12);
  int heap = cairn_is_heap (p);
  void grow (void)
  {
    p = realloc (p, opaque_int (5000));
  }
  strcpy (p, "x");
  grow ();
  return heap && p[0] == 'x' && n;
}

static void release (char **p) { free (*p); }
static NOINLINE int by_cleanup (int n)
{
  __attribute__ ((cleanup (release))) char *p = malloc (12);
  p[0] = n;
  return cairn_is_heap (p);
}

/* The callee may get its own object or its caller's.  */
static KNOWN int recursive (char *outer, int n)
{
  char *p = malloc (12);
  int heap = cairn_is_heap (p);
  strcpy (p, "x");
  if (n)
    heap &= recursive (p, n - 1);
  else
    p = outer;
  p = realloc (p, opaque_int (5000));
  CHECK (p[0] == 'x');
  return heap;
}

/* -- Referred to by the next iteration.  */

static NOINLINE int carried (int n)
{
  struct list *all = NULL;
  int sum = 0;
  for (int i = 0; i < n; i++)
    {
      struct list *l = malloc (sizeof *l);
      l->n = i;
      l->next = all;
      all = l;
    }
  clobber ();
  while (all)
    {
      struct list *l = all;
      sum = sum * 10 + l->n;
      all = l->next;
      free (l);
    }
  return sum == 3210;
}

static NOINLINE int one_behind (int n)
{
  int *last = NULL, sum = 0;
  for (int i = 0; i < n; i++)
    {
      int *p = calloc (1, sizeof *p);
      *p = i;
      sum += last ? *last : 0;
      free (last);
      last = p;
    }
  return sum == 3;
}

static NOINLINE int in_an_array (int n)
{
  char *lines[8], text[16] = "";
  for (int i = 0; i < n; i++)
    {
      lines[i] = malloc (12);
      snprintf (lines[i], 12, "%d", i);
    }
  for (int i = 0; i < n; i++)
    {
      strcat (text, lines[i]);
      free (lines[i]);
    }
  return strcmp (text, "0123") == 0;
}

static NOINLINE int backward_goto (int n)
{
  struct list *all = NULL;
  int sum = 0;
again:;
  struct list *l = malloc (sizeof *l);
  l->n = n;
  l->next = all;
  all = l;
  if (--n)
    goto again;
  for (; all; all = all->next)
    sum = sum * 10 + all->n;
  return sum == 1234;
}

/* A loop with two entries.  */
static NOINLINE int into_loop (int n)
{
  int i = 0, sum = 0;
  int *p, *last = NULL;
  if (n & 1)
    goto middle;
again:
  p = malloc (sizeof *p);
  *p = i;
  if (last)
    sum += *last;
  last = p;
middle:
  if (++i < n)
    goto again;
  return sum == 0 + 1 + 2;
}

/* An inner loop made by goto, in a scope of its own.  */
static NOINLINE int inner_goto (int n)
{
  int sum = 0;
  for (int i = 0; i < n; i++)
    {
      int *first = NULL;
    again:;
      int *p = malloc (sizeof *p);
      *p = first ? 1 : 10;
      if (first)
        {
          sum += *first + *p;
          continue;
        }
      first = p;
      goto again;
    }
  return sum == 11 * n;
}

static NOINLINE int computed_goto (int n)
{
  static void *labels[] = { &&again, &&end };
  int *last = NULL, sum = 0;
again:;
  int *p = malloc (sizeof *p);
  *p = n;
  sum += last ? *last : 0;
  last = p;
  goto *labels[--n == 0];
end:
  return sum == 4 + 3 + 2;
}

/* -- Kept.  */

static char *kept;
static NOINLINE int in_static (int n)
{
  char *p = malloc (20);
  strcpy (p, "kept");
  if (n)
    kept = p;
  return cairn_is_heap (p);
}

static NOINLINE struct list in_result (void)
{
  struct list l = { NULL, malloc (20), 1 };
  strcpy (l.text, "result");
  return l;
}

static NOINLINE void in_parameter (struct list *l)
{
  l->text = malloc (20);
  strcpy (l->text, "out");
}

static NOINLINE uintptr_t as_number (void)
{
  char *p = malloc (20);
  strcpy (p, "number");
  return (uintptr_t) p;
}

/* -- Reached again after setjmp.  */

static jmp_buf buffer;
static KNOWN void back (void) { longjmp (buffer, 1); }
static NOINLINE int jumped (void)
{
  volatile int round = 0;
  int *volatile first = NULL, *volatile second = NULL;
  setjmp (buffer);
  int *p = malloc (sizeof *p);
  *p = round;
  if (round++ == 0)
    {
      first = p;
      back ();
    }
  second = p;
  return *first == 0 && *second == 1;
}

/* -- Too large.  */

static KNOWN int deep_recursion (int n)
{
  char *p = malloc (1000);
  p[0] = n;
  n = n ? deep_recursion (n - 1) : 0;
  n += cairn_is_heap (p);
  free (p);
  return n;
}

static NOINLINE int large (int n)
{
  char *p = malloc (100000), *q = calloc (1000, 1000);
  p[99999] = q[999999] = n;
  n = cairn_is_heap (p) & cairn_is_heap (q);
  free (p);
  free (q);
  return n;
}

static NOINLINE int overflowing (void)
{
  char *p = calloc ((size_t) 1 << 33, (size_t) 1 << 31);
  free (p);
  return p == NULL;
}

int
main (void)
{
  char text[200];
  memset (text, 'x', sizeof text);
  text[99] = '\n';
  FILE *f = fmemopen (text, 100, "r");
  CHECK (f != NULL);

  CHECK (with_parameter (opaque (malloc (20)), 0));
  CHECK (with_another (3) && with_another (1000));
  struct cairn_mem_stats before, after;
  CHECK (with_foreign (f));
  cairn_mem_stats (&before);
  for (int i = 0; i < 2000; i++)
    with_foreign (f);
  cairn_mem_stats (&after);
  CHECK (after.manual_inuse < before.manual_inuse + 100000);
  for (int i = 1; i < 5; i++)
    CHECK (in_a_chain (i, opaque (malloc (5))));

  CHECK (grown (1) && grown_array (1) && grown_by_getline (f) && measured ());
  CHECK (by_callee (1) && grown_by_callee (1) && field_by_callee (1));
  CHECK (by_value (1) && by_result (1));
  CHECK (deep_by_callee (1) && by_variadic () && by_nested (1));
  CHECK (by_cleanup (1));
  CHECK (recursive (opaque (strdup ("x")), 3));

  CHECK (carried (4) && one_behind (4) && in_an_array (4));
  CHECK (backward_goto (4) && into_loop (4) && inner_goto (4));
  CHECK (computed_goto (4));

  CHECK (in_static (1));
  struct list result = in_result (), out;
  in_parameter (&out);
  uintptr_t number = as_number ();
  clobber ();
  CHECK (strcmp (kept, "kept") == 0 && strcmp (result.text, "result") == 0);
  CHECK (strcmp (out.text, "out") == 0);
  CHECK (strcmp ((char *) number, "number") == 0);

  CHECK (jumped ());
  CHECK (deep_recursion (200) == 201 && large (1));
  CHECK (overflowing ());
  return 0;
}
