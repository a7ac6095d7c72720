/* What is reported of interfaces: boxing a value escapes only where the interface
   outlives the function, and methods that are in the file are looked into.  */

#include <cairn/iface.h>

CAIRN_INTERFACE (shape, double (*area) (const void *self););

struct circle
{
  double r;
};

static double
area (const void *self) /* { dg-escape "self does not escape" } */
{
  return 3 * ((const struct circle *)self)->r;
}

CAIRN_TYPE (circle, struct circle);
CAIRN_IMPLEMENT (shape, circle, .area = area);

double
stays (double r)
{
  struct circle c = { r };
  struct shape s = CAIRN_IFACE (shape, circle, &c);
  struct shape t = CAIRN_BOX (shape, circle, c);
  return CAIRN_CALL (s, area) + CAIRN_CALL (t, area);
}

struct shape
leaves (double r)
{
  struct circle c = { r };
  return CAIRN_BOX (shape, circle, c); /* { dg-escape "(array){...} escapes to heap" } */
}

struct shape
refers (double r)
{
  struct circle c = { r }; /* { dg-escape "moved to heap: c" } */
  return CAIRN_IFACE (shape, circle, &c);
}

double *
asks (struct shape s) /* { dg-escape "leaking param: s to result level=0" } */
{
  struct circle *c = CAIRN_AS (circle, s);
  return c ? &c->r : NULL;
}
