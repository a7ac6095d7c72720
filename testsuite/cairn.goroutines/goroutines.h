/* goroutines.h: what the programs of this folder share.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include <cairn/chan.h>
#include <cairn/go.h>
#include <cairn/sync.h>
#include <stdio.h>
#include <stdlib.h>

#define NOINLINE __attribute__ ((noinline))

#define CHECK(cond)                                                            \
  do                                                                           \
    {                                                                          \
      if (!(cond))                                                             \
        {                                                                      \
          fprintf (stderr, "%s:%d: %s\n", __FILE__, __LINE__, #cond);          \
          abort ();                                                            \
        }                                                                      \
    }                                                                          \
  while (0)

/* How much is to be done: the program's argument.  */
static inline int
amount (int argc, char **argv)
{
  return argc > 1 ? atoi (argv[1]) : 1;
}
