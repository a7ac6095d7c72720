/* A recursion of 10 million frames, with 8 MB of system stack, twice.

   Catches: a stack that cannot grow as far as the limit; growth that copies too
   often to be done in time.  */

#include "compiled.h"

int
main (void)
{
  int frames = stressed () ? 3000 : 10000000;
  for (int i = 0; i < 2; i++)
    CHECK (grow (frames) == frames);
  return 0;
}
