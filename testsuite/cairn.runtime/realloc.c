/* { dg-do run } */
/* Chains of realloc over both kinds, both allocators: contents stay, the
   new part of a collected object is usable, free of anything is harmless.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "rt-check.h"

#include <malloc.h>

static void
check_fill (const unsigned char *p, size_t n)
{
  for (size_t i = 0; i < n; i++)
    CHECK (p[i] == (unsigned char)(i * 7));
}

static void
fill (unsigned char *p, size_t from, size_t to)
{
  for (size_t i = from; i < to; i++)
    p[i] = i * 7;
}

int
main (void)
{
  for (int way = 0; way < 4; way++)
    {
      unsigned char *p = NULL;
      size_t has = 0;
      unsigned long state = way;
      for (int i = 0; i < 3000; i++)
        {
          state = state * 6364136223846793005ul + 1442695040888963407ul;
          size_t nbytes = (state >> 33) % (i % 10 ? 2000 : 100000) + 1;
          int collected = way == 0 ? 0 : way == 1 ? 1 : (state >> 60) & 1;
          p = collected ? cairn_rt_realloc (p, nbytes, NULL)
                        : realloc (p, nbytes);
          CHECK (p && malloc_usable_size (p) >= nbytes);
          check_fill (p, has < nbytes ? has : nbytes);
          fill (p, has < nbytes ? has : nbytes, nbytes);
          has = nbytes;
        }
      if (way & 1)
        free (p);
      else
        cairn_rt_free (p);
    }
  /* Foreign free of a collected object changes nothing.  */
  unsigned long *volatile p = new_object ();
  free (p);
  cairn_rt_free (p);
  for (int i = 0; i < 1000; i++)
    memset (cairn_rt_malloc (40, NULL), 1, 40);
  CHECK (*p == PATTERN);
  CHECK (realloc (p, 0) == NULL);
  static long static_data[2];
  void *volatile not_ours = static_data;
  cairn_rt_free (not_ours);
  free (not_ours);
  return 0;
}
