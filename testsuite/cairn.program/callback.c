/* A function that keeps what calls through pointers give it.  */
#include "program.h"

static int *seen;

static int
keeps (int *p)
{
  seen = p;
  return *p;
}

int
extra (int *p)
{
  return apply (keeps, p) + *seen;
}
