/* real.c: the C library's own versions of functions that we stand in for.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

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
