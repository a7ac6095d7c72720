/* Endless recursion ends with a clear message, and status 2.
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
endless (int n)
{
  int result = endless (n + 1);
  __asm__ volatile ("" : "+r"(result));
  return result + 1;
}

int
main (void)
{
  if (stressed () || !FULL)
    cairn_set_max_stack (50000);
  return endless (0) + 1;
}
