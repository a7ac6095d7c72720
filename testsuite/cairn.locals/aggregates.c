/* Structs and unions: whole, by member, nested, copied, assigned whole.  */
#include "../lib/check.h"

struct point { int x, y; };
struct line { struct point from, to; const char *name; };
union number { int i; float f; struct point *p; long words[3]; };
struct packed { char c; int *p; } __attribute__ ((packed));
struct flexible { int n; int items[]; };

static NOINLINE struct line *whole (int n)
{
  struct line l = { { n, n + 1 }, { n + 2, n + 3 }, "line" };
  return &l;
}
static NOINLINE int *member (int n)
{
  struct line l = { { n, n + 1 }, { n + 2, n + 3 }, "line" };
  return &l.to.y;
}
static NOINLINE struct point *inner (int n)
{
  struct line l;
  memset (&l, 0, sizeof l);
  l.to = (struct point){ n, -n };
  struct line copy = l;
  return &copy.to;
}
static NOINLINE struct point *assigned (struct point by_value)
{
  struct point a, b;
  a = by_value;
  b = a;
  b.x++;
  return &b;
}
static NOINLINE union number *of_union (struct point *p)
{
  union number u;
  u.p = p;
  return &u;
}
static NOINLINE int *through_union (void)
{
  int x = 77;
  union number u;
  u.p = (void *) &x;
  return (int *) u.words[0];
}
static NOINLINE struct packed *of_packed (int n)
{
  int x = n;
  struct packed s = { 'p', &x };
  return &s;
}
static NOINLINE struct point **pointer_to_pointer (int n)
{
  struct point a = { n, n };
  struct point *p = &a;
  return &p;
}
static NOINLINE const char *
string_in_array (void)
{
  char text[] = "written by hand";
  return text + 8;
}

int
main (void)
{
  struct line *l = whole (1);
  int *m = member (10);
  struct point *i = inner (20), *a = assigned ((struct point){ 30, 31 });
  struct point *there = inner (40);
  union number *u = of_union (there);
  int *t = through_union ();
  struct packed *s = of_packed (50);
  struct point **pp = pointer_to_pointer (60);
  const char *text = string_in_array ();
  clobber ();
  CHECK (l->from.x == 1 && l->from.y == 2 && l->to.x == 3 && l->to.y == 4);
  CHECK (strcmp (l->name, "line") == 0);
  CHECK (*m == 13);
  CHECK (i->x == 20 && i->y == -20 && a->x == 31 && a->y == 31);
  CHECK (u->p == there && u->p->y == -40);
  CHECK (*t == 77);
  CHECK (s->c == 'p' && *s->p == 50);
  CHECK ((*pp)->x == 60 && (*pp)->y == 60);
  CHECK (strcmp (text, "by hand") == 0);
  return 0;
}
