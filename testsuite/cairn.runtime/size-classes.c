/* { dg-do run } */
/* .inv.object.past, .inv.object.zero: every size is aligned, zeroed, has a byte
   to spare and wastes little; size 0 has one address.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "rt-check.h"

#include <malloc.h>

static void
check_size (size_t nbytes)
{
  unsigned char *p = cairn_rt_malloc (nbytes, NULL);
  size_t usable = malloc_usable_size (p);
  CHECK (p && ((uintptr_t)p & (nbytes >= 16 ? 15 : 7)) == 0);
  /* The slot is USABLE + 1.  */
  CHECK (usable >= nbytes);
  if (nbytes >= 128)
    CHECK (usable + 1 <= nbytes + 1 + (nbytes + 1) / 5 + 16
           || (nbytes > 32000 && usable < nbytes + 8192 + 1));
  for (size_t i = 0; i < usable; i++)
    CHECK (p[i] == 0);
  memset (p, 0xff, usable);
  unsigned char *m = malloc (nbytes);
  CHECK (m && ((uintptr_t)m & (nbytes >= 16 ? 15 : 7)) == 0);
  CHECK (malloc_usable_size (m) >= nbytes);
  memset (m, 0xff, nbytes);
  free (m);
}

int
main (void)
{
  for (int round = 0; round < 2; round++)
    for (size_t nbytes = 1; nbytes < 70000; nbytes += 1 + nbytes / 50)
      check_size (nbytes);
  for (size_t align = 8; align <= (size_t)4 << 20; align *= 2)
    for (size_t nbytes = 1; nbytes < 100000; nbytes = nbytes * 3 + 1)
      {
        void *m = NULL;
        CHECK (posix_memalign (&m, align, nbytes) == 0);
        CHECK ((uintptr_t)m % align == 0);
        memset (m, 1, nbytes);
        char *c = cairn_rt_aligned_alloc (align, nbytes, NULL);
        CHECK ((uintptr_t)c % align == 0 && c[0] == 0 && c[nbytes - 1] == 0);
        memset (c, 1, nbytes);
        free (m);
      }
  CHECK (cairn_rt_malloc (0, NULL) == cairn_rt_malloc (0, NULL));
  CHECK (cairn_rt_malloc (0, NULL) != NULL);
  free (cairn_rt_malloc (0, NULL));
  CHECK (malloc (0) != NULL);
  free (NULL);
  cairn_rt_free (NULL);
  return 0;
}
