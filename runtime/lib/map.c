/* map.c: the cold parts of <cairn/map.h>.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "cairn/map.h"
#include "base/base.h"
#include "lib/memory.h"

#include <string.h>

CAIRNI_PUBLIC const unsigned char cairn_map_no_entries[CAIRNI_MAP_GROUP]
    __attribute__ ((aligned (CAIRNI_MAP_GROUP)));

CAIRNI_PUBLIC struct cairn_map_memory
cairn_map_allocate (size_t ngroups, size_t each, int noscan,
                    const struct cairn_place *where)
{
  struct cairn_map_memory memory = { NULL, NULL };
  size_t nslots, nbytes;
  if (!__builtin_mul_overflow (ngroups, CAIRNI_MAP_GROUP, &nslots)
      && !__builtin_mul_overflow (nslots, each, &nbytes)
      && nbytes <= PTRDIFF_MAX / 2)
    {
      memory.tags = cairni_memory_raw (nslots, true);
      memory.slots = cairni_memory_raw (nbytes, noscan);
    }
  if (cairni_unlikely (!memory.tags || !memory.slots))
    cairn_map_no_memory (cairni_map_room (ngroups), where);
  memset (memory.tags, 0, nslots);
  return memory;
}

CAIRNI_PUBLIC size_t
cairn_map_groups (size_t hint, const struct cairn_place *where)
{
  size_t ngroups = 1;
  if (hint == 0)
    return 0;
  if (cairni_unlikely (hint > PTRDIFF_MAX / 2))
    cairn_map_no_memory (hint, where);
  while (cairni_map_room (ngroups) < hint)
    ngroups *= 2;
  return ngroups;
}

CAIRNI_PUBLIC void
cairn_map_shared (const struct cairn_place *where)
{
  cairni_fatal (
      "%s:%d: a map of this type is used while it is being changed, by "
      "another thread or by its own hash or equal function",
      where->file, where->line);
}

CAIRNI_PUBLIC void
cairn_map_null (const struct cairn_place *where)
{
  cairni_fatal ("%s:%d: NULL is no map of this type that could be changed",
                where->file, where->line);
}

CAIRNI_PUBLIC void
cairn_map_no_memory (size_t nentries, const struct cairn_place *where)
{
  const char *sign = cairni_memory_sign (&nentries);
  cairni_fatal ("%s:%d: out of memory: a map of this type for %s%z entries",
                where->file, where->line, sign, nentries);
}
