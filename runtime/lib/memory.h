/* memory.h: collected memory for what the library makes.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#ifndef CAIRNI_LIB_MEMORY_H
#define CAIRNI_LIB_MEMORY_H

#include "heap/object.h"

/* Memory of NBYTES for the caller to fill: not zeroed if it holds no pointers
   (NOSCAN), zeroed otherwise.  NULL: there is none.  */
CAIRNI_INLINE void *
cairni_memory_raw (size_t nbytes, bool noscan)
{
  static const struct cairn_type bytes = { .nbytes = 1, .name = "char" };
  return noscan ? cairni_object_alloc (nbytes, 0, &bytes, CAIRNI_RAW)
                : cairni_object_alloc (nbytes, 0, NULL, 0);
}

#endif /* CAIRNI_LIB_MEMORY_H */
