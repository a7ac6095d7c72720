/* real.c: the C library's own versions of functions that we stand in for.

@C@
*/

#define _GNU_SOURCE
#include "os/real.h"

void *
cairni_real_find (const char *name)
{
  void *fn = dlsym (RTLD_NEXT, name);
  if (!fn)
    cairni_fatal ("the C library has no %s", name);
  return fn;
}
