/* region.c: a range of address space that grows upward and never moves.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "os/region.h"
#include "os/sys.h"

/* Where to put regions that are not reserved: far from where the system puts
   programs, libraries and mappings.  */
#define FIRST_PLACE ((uintptr_t)0xc0 << 32)
#define LAST_PLACE ((uintptr_t)0x4000 << 32)

/* Choose a place for WANTED bytes, but reserve nothing.  */
static bool
place (struct cairni_region *region, size_t wanted, size_t align)
{
  static uintptr_t next = FIRST_PLACE;
  while (next < LAST_PLACE)
    {
      uintptr_t base = cairni_align_up (next, align);
      next = base + wanted + FIRST_PLACE;
      if (cairni_sys_map_at ((void *)base, CAIRNI_SYS_PAGE_NBYTES))
        {
          cairni_sys_unmap ((void *)base, CAIRNI_SYS_PAGE_NBYTES);
          region->base = region->committed = region->reserved = base;
          region->limit = base + wanted;
          return true;
        }
    }
  return false;
}

bool
cairni_region_reserve (struct cairni_region *region, uintptr_t hint,
                       size_t wanted, size_t minimum, size_t align)
{
  if (cairni_sys_address_limit () != SIZE_MAX)
    return place (region, wanted, align);
  for (; wanted >= minimum; wanted /= 2)
    {
      uintptr_t lo = (uintptr_t)cairni_sys_reserve (hint, wanted + align);
      if (lo == 0)
        continue;
      uintptr_t base = cairni_align_up (lo, align);
      if (base > lo)
        cairni_sys_unmap ((void *)lo, base - lo);
      cairni_sys_unmap ((void *)(base + wanted), lo + align - base);
      region->base = region->committed = base;
      region->reserved = region->limit = base + wanted;
      return true;
    }
  return false;
}

bool
cairni_region_grow (struct cairni_region *region, size_t nbytes)
{
  if (nbytes > region->limit - region->committed)
    return false;
  void *at = (void *)region->committed;
  if (region->committed + nbytes <= region->reserved)
    {
      if (!cairni_sys_commit (at, nbytes))
        return false;
    }
  else
    {
      if (region->reserved > region->committed)
        cairni_region_trim (region);
      if (!cairni_sys_map_at (at, nbytes))
        return false;
      region->reserved = region->committed + nbytes;
    }
  region->committed += nbytes;
  return true;
}

bool
cairni_region_skip (struct cairni_region *region, size_t nbytes)
{
  if (nbytes > region->limit - region->committed)
    return false;
  region->committed += nbytes;
  region->reserved = cairni_max (region->reserved, region->committed);
  return true;
}

void
cairni_region_trim (struct cairni_region *region)
{
  if (region->reserved > region->committed)
    cairni_sys_unmap ((void *)region->committed,
                      region->reserved - region->committed);
  region->reserved = region->committed;
}
