/* Asks what a value is that another file, or C++, has made.

   Catches: types of one name in two files that are not the same.  */

#include "../library.h"
#include "kinds.h"

static NOINLINE int
kind (struct any a)
{
  CAIRN_TYPE_SWITCH (a)
  {
    CAIRN_TYPE_CASE (first, p) return *p;
    CAIRN_TYPE_CASE (second, p) return -*p;
  }
  return 0;
}

int
main (void)
{
  struct any a = make_any (1), b = make_any (2);
  clobber ();
  CHECK (kind (a) == 11 && kind (b) == -22);
  CHECK (CAIRN_CALL (a, number) == 11 && CAIRN_CALL (b, number) == 22);
  CHECK (!CAIRN_TYPE_OF (make_any (3)));
  return 0;
}
