/* region.h: a range of address space that grows upward and never moves.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Life: reserve, then grow as needed; never destroyed.

       base            committed                       reserved
        |--- usable -------|--- reserved, not usable -----|

   .inv.region.limit: a limit on address space (RLIMIT_AS) counts reserved
   space too.  When such a limit is there, nothing is reserved, or the reserved
   tail is given back, and growth maps memory at the fixed next address
   instead, so that the kernel counts what is really used.  */

#ifndef CAIRNI_REGION_H
#define CAIRNI_REGION_H

#include "base/base.h"

struct cairni_region
{
  uintptr_t base;      /* Aligned as asked; 0 before reserve.  */
  uintptr_t committed; /* End of the usable part.  */
  uintptr_t reserved;  /* End of what is reserved, >= committed.  */
  uintptr_t limit;     /* Never grow beyond this.  */
};

/* Reserve at most WANTED bytes, half as many again and again if the system
   refuses, at a multiple of ALIGN; near HINT, unless that is 0 or other things
   are there.  False: not even MINIMUM were had.  */
extern bool cairni_region_reserve (struct cairni_region *region,
                                   uintptr_t hint, size_t wanted,
                                   size_t minimum, size_t align);

/* Make NBYTES more usable, a multiple of the system's page; false: the
   system or the region has no more.  The new memory is zeroed.  */
extern bool cairni_region_grow (struct cairni_region *region, size_t nbytes);

/* Leave the next NBYTES, a multiple of the system's page, unused for ever;
   false: the region has no more.  */
extern bool cairni_region_skip (struct cairni_region *region, size_t nbytes);

/* Give the reserved tail back, because address space is limited.  */
extern void cairni_region_trim (struct cairni_region *region);

#endif /* CAIRNI_REGION_H */
