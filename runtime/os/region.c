/* region.c: a range of address space that grows upward and never moves.

@C@
*/

#include "os/region.h"
#include "os/sys.h"

bool
cairni_region_reserve (struct cairni_region *region, size_t wanted,
                       size_t minimum, size_t align)
{
  size_t limit = cairni_sys_address_limit ();
  if (limit != SIZE_MAX)
    while (wanted > minimum && wanted > limit / 4)
      wanted /= 2;
  for (; wanted >= minimum; wanted /= 2)
    {
      uintptr_t lo = (uintptr_t)cairni_sys_reserve (wanted + align);
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

void
cairni_region_trim (struct cairni_region *region)
{
  if (region->reserved > region->committed)
    cairni_sys_unmap ((void *)region->committed,
                      region->reserved - region->committed);
  region->reserved = region->committed;
}
