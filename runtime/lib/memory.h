/* memory.h: collected memory for what the library makes, and words for its
   messages.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#ifndef CAIRNI_LIB_MEMORY_H
#define CAIRNI_LIB_MEMORY_H

#include "heap/object.h"
#include "heap/size-class.h"

/* Memory of NBYTES for the caller to fill: not zeroed if it holds no pointers
   (NOSCAN), zeroed otherwise.  NULL: there is none.  */
CAIRNI_INLINE void *
cairni_memory_raw (size_t nbytes, bool noscan)
{
  static const struct cairn_type bytes = { .nbytes = 1, .name = "char" };
  return noscan ? cairni_object_alloc (nbytes, 0, &bytes, CAIRNI_RAW)
                : cairni_object_alloc (nbytes, 0, NULL, 0);
}

/* The most bytes that an object of NBYTES without pointers could have in the
   same slot: one less than the slot.  */
CAIRNI_INLINE size_t
cairni_memory_round (size_t nbytes)
{
  if (nbytes < CAIRNI_MAX_SMALL_NBYTES)
    return cairni_size_classes[cairni_size_class16 (nbytes + 1)].nbytes - 1;
  return cairni_align_up (nbytes + 1, CAIRNI_PAGE_NBYTES) - 1;
}

/* A number for a message that may have been negative before it became a size:
   its sign; *N becomes the rest.  */
CAIRNI_INLINE const char *
cairni_memory_sign (size_t *n)
{
  if (*n <= PTRDIFF_MAX)
    return "";
  *n = -*n;
  return "-";
}

#endif /* CAIRNI_LIB_MEMORY_H */
