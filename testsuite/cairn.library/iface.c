/* Interfaces: methods, boxes, and asking for the type.

   Catches: a box that is left on the stack although it is kept, or that is
   shared by the iterations of a loop; a box that its original shows in; a type
   switch that does two statements or none, or misunderstands break, continue
   and return.  */

#include "library.h"
#include <cairn/iface.h>
#include <cairn/slice.h>

CAIRN_INTERFACE (shape, double (*area) (const void *self);
                 void (*scale) (void *self, double by);
                 const char *(*name) (const void *self););
CAIRN_INTERFACE (any, );

struct circle
{
  double r;
};
struct square
{
  double side;
  char *label;
};

static double
circle_area (const void *self)
{
  const struct circle *c = self;
  return 3 * c->r * c->r;
}

static void
circle_scale (void *self, double by)
{
  ((struct circle *)self)->r *= by;
}

static double
square_area (const void *self)
{
  const struct square *s = self;
  return s->side * s->side;
}

static void
square_scale (void *self, double by)
{
  ((struct square *)self)->side *= by;
}

static const char *
square_name (const void *self)
{
  return ((const struct square *)self)->label;
}

CAIRN_TYPE (circle, struct circle);
CAIRN_TYPE (square, struct square);
CAIRN_TYPE (number, int);
CAIRN_TYPE (text, const char *);
CAIRN_IMPLEMENT (shape, circle, .area = circle_area, .scale = circle_scale);
CAIRN_IMPLEMENT (shape, square, .area = square_area, .scale = square_scale,
                 .name = square_name);
CAIRN_IMPLEMENT (any, circle, );
CAIRN_IMPLEMENT (any, number, );
CAIRN_IMPLEMENT (any, text, );
CAIRN_SLICE (shapes, struct shape);
CAIRN_SLICE (anys, struct any);

static NOINLINE struct shape
box_of (double r)
{
  struct circle c = { r };
  struct shape s = CAIRN_BOX (shape, circle, c);
  c.r = -1;
  return s;
}

static NOINLINE void
test_boxes (void)
{
  struct shapes all = { 0 };
  for (int i = 0; i < 20; i++)
    if (i % 2)
      CAIRN_SLICE_APPEND (&all, box_of (i));
    else
      CAIRN_SLICE_APPEND (
          &all, CAIRN_BOX (shape, square, (struct square){ i, digits (i) }));
  clobber ();
  for (int i = 0; i < 20; i++)
    {
      struct shape s = CAIRN_SLICE_AT (all, i);
      CHECK (CAIRN_CALL (s, area) == (i % 2 ? 3 : 1) * i * i);
      CAIRN_CALL (s, scale, 2);
    }
  for (int i = 0; i < 20; i += 2)
    {
      struct shape s = CAIRN_SLICE_AT (all, i);
      CHECK (CAIRN_MUST_AS (square, s)->side == 2 * i);
      CHECK (atoi (CAIRN_CALL (s, name)) == i);
    }
}

/* A pointer refers to the original, a box does not.  */
static NOINLINE void
test_pointer (void)
{
  struct circle c = { 1 };
  struct shape refers = CAIRN_IFACE (shape, circle, &c);
  struct shape boxed = CAIRN_BOX (shape, circle, c);
  CAIRN_CALL (refers, scale, 5);
  CHECK (c.r == 5);
  CAIRN_CALL (boxed, scale, 7);
  CHECK (c.r == 5 && CAIRN_CALL (boxed, area) == 3 * 7 * 7);
}

static int nswitches;

static struct any
counted (struct any a)
{
  nswitches++;
  return a;
}

static NOINLINE int
kind (struct any a)
{
  int n = 0;
  CAIRN_TYPE_SWITCH (counted (a))
  {
    CAIRN_TYPE_CASE (number, p)
    {
      n += *p;
      if (*p == 5)
        break;
      if (*p == 6)
        return -6;
      if (*p == 7)
        continue;
      n += 1000;
    }
    CAIRN_TYPE_CASE (text, p) n += atoi (*p);
    CAIRN_TYPE_CASE (number, p) n += 100000 + *p;
    CAIRN_TYPE_DEFAULT n += 77;
  }
  return n;
}

static NOINLINE void
test_switch (void)
{
  struct anys all = { 0 };
  for (int i = 0; i < 10; i++)
    CAIRN_SLICE_APPEND (&all, CAIRN_BOX (any, number, i));
  CAIRN_SLICE_APPEND (&all, CAIRN_BOX (any, text, "1234"));
  CAIRN_SLICE_APPEND (&all, CAIRN_BOX (any, circle, (struct circle){ 3 }));
  CAIRN_SLICE_APPEND (&all, (struct any){ 0 });
  clobber ();
  for (int i = 0; i < 10; i++)
    CHECK (kind (CAIRN_SLICE_AT (all, i))
           == (i == 5 || i == 7 ? i
               : i == 6         ? -6
                                : 1000 + i));
  CHECK (kind (CAIRN_SLICE_AT (all, 10)) == 1234);
  CHECK (kind (CAIRN_SLICE_AT (all, 11)) == 77);
  CHECK (kind (CAIRN_SLICE_AT (all, 12)) == 77);
  CHECK (nswitches == 13);
  CHECK (CAIRN_AS (number, CAIRN_SLICE_AT (all, 4))
         && *CAIRN_AS (number, CAIRN_SLICE_AT (all, 4)) == 4);
  CHECK (!CAIRN_AS (text, CAIRN_SLICE_AT (all, 4)));
  CHECK (!CAIRN_AS (text, CAIRN_SLICE_AT (all, 12)));
  CHECK (strcmp (CAIRN_TYPE_OF (CAIRN_SLICE_AT (all, 11)), "circle") == 0);
  CHECK (!CAIRN_TYPE_OF (CAIRN_SLICE_AT (all, 12)));
}

static void
wrong_call (void)
{
  struct shape none = { 0 };
  CAIRN_CALL (none, area);
}

static void
wrong_method (void)
{
  struct shape s = CAIRN_BOX (shape, circle, (struct circle){ 1 });
  CAIRN_CALL (s, name);
}

static void
wrong_type (void)
{
  struct any a = CAIRN_BOX (any, number, 3);
  CAIRN_MUST_AS (circle, a)->r = 1;
}

static void
wrong_none (void)
{
  struct any a = { 0 };
  CAIRN_MUST_AS (circle, a)->r = 1;
}

static void
test_misuse (void)
{
  CHECK_ENDS (wrong_call, ": method area of an interface without a value");
  CHECK_ENDS (wrong_method,
              ": type circle has no method name in this interface");
  CHECK_ENDS (wrong_type,
              ": the interface's value is of type number, not circle");
  CHECK_ENDS (wrong_none,
              ": the interface has no value, not one of type circle");
}

int
main (void)
{
  for (int i = 0; i < rounds (200); i++)
    test_boxes ();
  test_pointer ();
  test_switch ();
  test_misuse ();
  return 0;
}
