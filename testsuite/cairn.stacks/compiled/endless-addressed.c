/* Endless recursion that uses the address stack ends the same way.
   { cairn-ends 2 "^cairn: stack exceeds [0-9]+-byte limit\ncairn: in endless, [0-9]+ frames deep:\n  endless .*frames elided.*  main " }

   Catches: a fault without a word; a message that takes minutes to find the depth.  */

#include <cairn.h>
#include "compiled.h"

/* Once is enough for all that is allowed.  */
#if defined __OPTIMIZE__ && !defined __AVX2__
#define FULL 1
#else
#define FULL 0
#endif

static LOOKS int
endless (int *outer)
{
  int mine = *outer + 1;
  int result = endless (&mine);
  return result + mine;
}

int
main (void)
{
  if (stressed () || !FULL)
    cairn_set_max_stack (50000);
  int zero = 0;
  return endless (&zero) + 1;
}
