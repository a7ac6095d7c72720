/* .inv.outlive, in the small: graphs that stand for a few lines of C each,
   and what the solver must say of them.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later.  */

#include "escape/graph.h"
#include "escape/solve.h"
#include "escape/tags.h"

#include <stdio.h>

static int failures;
static struct esc_graph g;
static const struct esc_note note = { "assign", NULL };

static void
check (bool ok, const char *test, const char *what)
{
  if (!ok)
    {
      printf ("%s: %s\n", test, what);
      failures++;
    }
}

static struct esc_location *
var (int depth)
{
  return esc_location_create (&g, ESC_VAR, 0, depth, NULL);
}

static struct esc_location *
temp (int depth)
{
  return esc_location_create (&g, ESC_TEMP, 0, depth, NULL);
}

static struct esc_location *
param (int n)
{
  struct esc_location *p = esc_location_create (&g, ESC_PARAM, 0, 0, NULL);
  p->param = n;
  return p;
}

/* A name that holds SRC's address.  */
static struct esc_location *
address (struct esc_location *src)
{
  struct esc_location *t = temp (100);
  esc_flow (&g, t, src, -1, note);
  return t;
}

/* return &x;  */
static void
test_return (void)
{
  esc_graph_init (&g, 1, true);
  struct esc_location *result
      = esc_location_create (&g, ESC_RESULT, 0, 0, NULL);
  struct esc_location *x = var (0), *y = var (0);
  esc_flow (&g, result, address (x), 0, note);
  esc_flow (&g, result, y, 0, note);
  esc_solve (&g);
  check (x->escapes, __func__, "a returned address does not escape");
  check (!y->escapes, __func__, "a returned value escapes");
  check (x->path && x->path->sink == result && x->path->nhops == 2, __func__,
         "the way is not x, temporary, result");
  esc_graph_finish (&g);
}

/* int x; struct { int *p; } s; s.p = &x; q = s.p; *global = q;  */
static void
test_through_variable (void)
{
  esc_graph_init (&g, 1, false);
  struct esc_location *x = var (0), *s = var (0), *q = temp (0);
  esc_flow (&g, s, address (x), 0, note);
  esc_flow (&g, q, s, 0, note);
  esc_flow (&g, &g.heap, q, 0, note);
  esc_solve (&g);
  check (x->escapes, __func__, "x does not escape");
  check (!s->escapes, __func__, "s, whose value is copied, escapes");
  esc_graph_finish (&g);
}

/* A global gets *&p: p's value, not its address.  */
static void
test_address_and_load (void)
{
  esc_graph_init (&g, 1, false);
  struct esc_location *x = var (0), *p = var (0);
  esc_flow (&g, p, address (x), 0, note);
  esc_flow (&g, &g.heap, address (p), 1, note);
  esc_solve (&g);
  check (x->escapes, __func__, "x does not escape");
  check (!p->escapes, __func__, "p escapes");
  esc_graph_finish (&g);
}

/* p = &y; *p = &x; return y;  */
static void
test_store (void)
{
  esc_graph_init (&g, 1, false);
  struct esc_location *result
      = esc_location_create (&g, ESC_RESULT, 0, 0, NULL);
  struct esc_location *x = var (0), *y = var (0), *z = var (0);
  struct esc_location *p = temp (0);
  esc_flow (&g, p, address (y), 0, note);
  esc_store (&g, p, 0, address (x), 0, note);
  esc_store (&g, address (z), 0, address (z), 0, note);
  esc_flow (&g, result, y, 0, note);
  esc_solve (&g);
  check (x->escapes, __func__, "what was stored through p does not escape");
  check (!y->escapes, __func__, "y escapes");
  check (!z->escapes, __func__, "z, which only points to itself, escapes");
  esc_graph_finish (&g);
}

/* A store through a pointer of which nothing is known.  */
static void
test_store_unknown (void)
{
  esc_graph_init (&g, 1, false);
  struct esc_location *x = var (0), *p = temp (0);
  esc_flow (&g, p, &g.unknown, 0, note);
  esc_store (&g, p, 0, address (x), 0, note);
  esc_solve (&g);
  check (x->escapes, __func__, "x does not escape");
  esc_graph_finish (&g);
}

/* out (&global, &x): the pointer itself is the unknown.  */
static void
test_store_in_global (void)
{
  esc_graph_init (&g, 1, false);
  struct esc_location *x = var (0);
  esc_store (&g, &g.unknown, 0, address (x), 0, note);
  esc_solve (&g);
  check (x->escapes, __func__, "x does not escape");
  esc_graph_finish (&g);
}

/* global = &y; **&y = &x: somebody else may have written y.  */
static void
test_store_through_escaped (void)
{
  esc_graph_init (&g, 1, false);
  struct esc_location *x = var (0), *y = var (0), *w = var (0);
  esc_flow (&g, &g.heap, address (y), 0, note);
  esc_flow (&g, y, address (w), 0, note);
  esc_store (&g, y, 0, address (x), 0, note);
  esc_solve (&g);
  check (x->escapes, __func__, "x does not escape");
  check (w->escapes, __func__, "what the escaping y points to does not");
  esc_graph_finish (&g);
}

/* p = &a; loop: p = *p; *p = &x, with a -> b -> c: x may be stored in any.  */
static void
test_list (void)
{
  esc_graph_init (&g, 1, false);
  struct esc_location *result
      = esc_location_create (&g, ESC_RESULT, 0, 0, NULL);
  struct esc_location *x = var (0), *a = var (0), *b = var (0), *c = var (0);
  struct esc_location *p = temp (0);
  esc_flow (&g, a, address (b), 0, note);
  esc_flow (&g, b, address (c), 0, note);
  esc_flow (&g, p, address (a), 0, note);
  esc_flow (&g, p, p, 1, note);
  esc_store (&g, p, 0, address (x), 0, note);
  esc_flow (&g, result, c, 0, note);
  esc_solve (&g);
  check (x->escapes, __func__, "x does not escape");
  esc_graph_finish (&g);
}

/* for (...) { int k; p = &k; } with P declared outside; M inside.  */
static void
test_loop (void)
{
  esc_graph_init (&g, 1, false);
  struct esc_location *k = var (1), *m = var (1), *n = var (0);
  struct esc_location *p = temp (0), *q = temp (1);
  esc_flow (&g, p, address (k), 0, note);
  esc_flow (&g, q, address (m), 0, note);
  esc_flow (&g, p, address (n), 0, note);
  esc_solve (&g);
  check (k->escapes, __func__, "k outlives its iteration");
  check (!m->escapes, __func__, "m does not");
  check (!n->escapes, __func__, "n is declared outside");
  esc_graph_finish (&g);
}

/* Bytes of a pointer on their way to unknown memory.  */
static void
test_bytes (void)
{
  esc_graph_init (&g, 1, false);
  struct esc_location *x = var (0), *p = var (0), *s = param (0);
  struct esc_location *c = temp (0), *d = temp (0), *out = temp (0);
  c->bytes = d->bytes = true;
  esc_flow (&g, p, address (x), 0, note);
  esc_flow (&g, c, address (p), 1, note);
  esc_flow (&g, d, s, 1, note);
  esc_flow (&g, out, &g.unknown, 0, note);
  esc_store (&g, out, 0, c, 0, note);
  esc_store (&g, out, 0, d, 0, note);
  esc_solve (&g);
  check (x->escapes, __func__, "x, copied byte by byte, does not escape");
  check (s->leaks.heap < 0, __func__, "a copied string is said to leak");
  check (s->leaks.byte_heap == 1, __func__, "the copy is not in the tag");
  esc_graph_finish (&g);
}

/* Tags: f (o, p, q, r) { *o = p; global = *q; return r; }, called with
   locals.  */
static void
test_tags (void)
{
  struct esc_location *params[4];
  struct esc_tags *tags;

  esc_graph_init (&g, 1, false);
  struct esc_location *result
      = esc_location_create (&g, ESC_RESULT, 0, 0, NULL);
  for (int i = 0; i < 4; i++)
    params[i] = param (i);
  esc_store (&g, params[0], 0, params[1], 0, note);
  esc_flow (&g, &g.heap, params[2], 1, note);
  esc_flow (&g, result, params[3], 0, note);
  esc_solve (&g);
  tags = esc_tags_extract (&g, 0, params, 4);
  esc_graph_finish (&g);
  check (tags->params[0].written == 1, __func__, "*o is written");
  check (tags->params[0].leaks.heap < 0, __func__, "o does not leak");
  check (tags->params[1].ncontents == 1 && tags->params[1].leaks.heap < 0,
         __func__, "p leaks to the content of o only");
  check (tags->params[2].leaks.heap == 1, __func__, "q's content leaks");
  check (tags->params[3].leaks.result == 0, __func__, "r is returned");

  /* int *o; f (&o, &x, &y, &z) with y -> w; return o or not.  */
  for (int returned = 0; returned < 2; returned++)
    {
      esc_graph_init (&g, 1, false);
      result = esc_location_create (&g, ESC_RESULT, 0, 0, NULL);
      struct esc_location *o = var (0), *x = var (0), *y = var (0);
      struct esc_location *z = var (0), *w = var (0), *r = temp (0);
      struct esc_location *args[4]
          = { address (o), address (x), address (y), address (z) };
      esc_flow (&g, y, address (w), 0, note);
      esc_tags_apply (&g, tags, args, r, note);
      if (returned)
        esc_flow (&g, result, o, 0, note);
      esc_solve (&g);
      check (x->escapes == returned, __func__, "x goes where o goes");
      check (!o->escapes && !y->escapes && !z->escapes, __func__,
             "o, y or z escapes");
      check (w->escapes, __func__, "what y points to leaks");
      esc_graph_finish (&g);
    }
  esc_tags_free (tags);
}

/* Whether R may release L.  */
static bool
releases (const struct esc_release *r, const struct esc_location *l)
{
  for (size_t i = 0; i < r->npointees; i++)
    if (r->pointees[i] == l)
      return true;
  return false;
}

static struct esc_location *
object (void)
{
  return esc_location_create (&g, ESC_OBJECT, 0, 0, NULL);
}

/* free (c ? a : b); free (unknown ? c : ...); global = d; free (d);  */
static void
test_release (void)
{
  esc_graph_init (&g, 1, false);
  struct esc_location *a = object (), *b = object (), *c = object ();
  struct esc_location *d = object (), *e = object ();
  struct esc_location *p = temp (0), *q = temp (0), *r = temp (0);
  esc_flow (&g, p, address (a), 0, note);
  esc_flow (&g, p, address (b), 0, note);
  esc_flow (&g, q, address (c), 0, note);
  esc_flow (&g, q, &g.unknown, 0, note);
  esc_flow (&g, &g.heap, address (d), 0, note);
  esc_flow (&g, r, address (d), 0, note);
  esc_flow (&g, r, address (e), 0, note);
  esc_release (&g, p, 0, false, note);
  const struct esc_release *ab = g.releases;
  esc_release (&g, q, 0, false, note);
  const struct esc_release *cx = g.releases;
  esc_release (&g, r, 0, false, note);
  const struct esc_release *de = g.releases;
  esc_solve (&g);
  check (releases (ab, a) && releases (ab, b) && ab->npointees == 2
           && !ab->open, __func__, "a or b is released, and nothing else");
  check (releases (cx, c) && cx->open, __func__, "c or anything is");
  check (!releases (de, d) && releases (de, e) && de->open, __func__,
         "d, which escapes, is open");
  esc_graph_finish (&g);
}

/* A list of objects, each pointing to the next: whatever the count of loads
   is, what is released is found.  */
static void
test_release_deep (void)
{
  for (int n = 1; n < 10; n++)
    {
      esc_graph_init (&g, 1, false);
      struct esc_location *objects[10], *p = NULL;
      for (int i = 0; i <= n; i++)
        {
          objects[i] = object ();
          if (i)
            esc_flow (&g, objects[i - 1], address (objects[i]), 0, note);
        }
      p = address (objects[0]);
      for (int i = 0; i < n; i++)
        {
          struct esc_location *t = temp (0);
          esc_flow (&g, t, p, 1, note);
          p = t;
        }
      esc_release (&g, p, 0, false, note);
      esc_solve (&g);
      check (releases (g.releases, objects[n]), __func__,
             "the last of a list is not found");
      check (n >= ESC_MAX_DEREFS
               || (g.releases->npointees == 1 && !g.releases->open),
             __func__, "another one of a short list is");
      esc_graph_finish (&g);
    }
}

/* f (p, q, r) { free (p); free (q->x); while (r) free (r), r = r->next; },
   called with locals.  */
static void
test_release_tags (void)
{
  struct esc_location *params[3];
  struct esc_tags *tags;

  esc_graph_init (&g, 1, false);
  for (int i = 0; i < 3; i++)
    params[i] = param (i);
  struct esc_location *x = temp (0), *l = temp (0);
  esc_flow (&g, x, params[1], 1, note);
  esc_flow (&g, l, params[2], 0, note);
  esc_flow (&g, l, l, 1, note);
  esc_release (&g, params[0], 0, false, note);
  esc_release (&g, x, 0, false, note);
  esc_release (&g, l, 0, false, note);
  esc_solve (&g);
  tags = esc_tags_extract (&g, 0, params, 3);
  esc_graph_finish (&g);
  check (tags->params[0].released == 1, __func__, "p");
  check (tags->params[1].released == 2, __func__, "q->x");
  check (tags->params[2].released == (2u << ESC_MAX_DEREFS) - 1, __func__,
         "r and all behind it");

  esc_graph_init (&g, 1, false);
  struct esc_location *p = object (), *q = object (), *qx = object ();
  struct esc_location *r[8];
  struct esc_location *args[3];
  for (int i = 0; i < 8; i++)
    {
      r[i] = object ();
      if (i)
        esc_flow (&g, r[i - 1], address (r[i]), 0, note);
    }
  esc_flow (&g, p, address (object ()), 0, note);
  esc_flow (&g, q, address (qx), 0, note);
  args[0] = address (p);
  args[1] = address (q);
  args[2] = address (r[0]);
  esc_tags_apply (&g, tags, args, NULL, note);
  esc_solve (&g);
  unsigned found = 0, others = 0;
  for (const struct esc_release *i = g.releases; i; i = i->next)
    {
      found |= releases (i, p) | releases (i, qx) << 1;
      for (int k = 0; k < 8; k++)
        found |= releases (i, r[k]) << (2 + k);
      others |= releases (i, q);
    }
  check (found == 0x3ff, __func__, "what the callee frees is not found");
  check (!others, __func__, "what the callee only looks at is");
  esc_graph_finish (&g);
  esc_tags_free (tags);
}

int
main (void)
{
  test_release ();
  test_release_deep ();
  test_release_tags ();
  test_return ();
  test_through_variable ();
  test_address_and_load ();
  test_store ();
  test_store_unknown ();
  test_store_in_global ();
  test_store_through_escaped ();
  test_list ();
  test_loop ();
  test_bytes ();
  test_tags ();
  return failures != 0;
}
