/* small.c: allocate and drop COUNT objects of NBYTES bytes.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

     small NBYTES COUNT

   With -DFREE, for the peers without a collector, the object is freed.  */

#include <stdio.h>
#include <stdlib.h>

static void *volatile last;

int
main (int argc, char **argv)
{
  size_t nbytes = argc > 1 ? strtoul (argv[1], NULL, 10) : 16;
  unsigned long count = argc > 2 ? strtoul (argv[2], NULL, 10) : 1000000;
  for (unsigned long i = 0; i < count; i++)
    {
      char *p = malloc (nbytes);
      if (!p)
        return 1;
      p[0] = (char) i;
      last = p;
#ifdef FREE
      free (p);
#endif
    }
  return 0;
}
