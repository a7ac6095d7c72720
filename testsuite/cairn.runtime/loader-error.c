/* { dg-do run } */
/* { dg-options "-ldl" } */
/* The text of dlerror stays while the heap grows so large that the runtime starts
   threads of its own.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "rt-check.h"

#include <dlfcn.h>

static void **list;

int
main (void)
{
  CHECK (!dlopen ("no-such-library.so", RTLD_NOW));
  const char *message = dlerror ();
  for (int i = 0; i < 400000; i++)
    {
      void **next = cairn_malloc (40);
      *next = list;
      list = next;
    }
  CHECK (strstr (message, "no-such-library.so"));
  return 0;
}
