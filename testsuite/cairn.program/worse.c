/* uses.c, changed: use keeps its argument now.  */
#define use use_before
#include "uses.c"
#undef use

int *also;

void
use (int *p)
{
  also = p;
}
