/* slice.c: the cold parts of <cairn/slice.h>.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "cairn/slice.h"
#include "base/base.h"
#include "heap/size-class.h"
#include "lib/memory.h"

#include <string.h>

/* From here on a slice grows by a quarter and this rule's share of it, before
   by its own size.  */
#define DOUBLE_MAX_LEN 256

/* What an object of NBYTES has if the rest of its slot is used: Go's capacities
   come of this, and its classes are ours.  That the slot is one byte larger
   than its object, here, is not counted: else capacities would be odd.  */
static size_t
round_up (size_t nbytes)
{
  if (nbytes < CAIRNI_MAX_SMALL_NBYTES)
    return cairni_size_classes[cairni_size_class8 (nbytes)].nbytes;
  return cairni_align_up (nbytes, CAIRNI_PAGE_NBYTES);
}

/* Go 1.19's growslice: the capacity for NEED elements of a slice that had CAP <
   NEED, before rounding.  */
static size_t
next_cap (size_t cap, size_t need)
{
  if (need > 2 * cap)
    return need;
  if (cap < DOUBLE_MAX_LEN)
    return 2 * cap;
  while (cap < need)
    cap += (cap + 3 * DOUBLE_MAX_LEN) / 4;
  return cap;
}

CAIRNI_PUBLIC struct cairn_slice_array
cairn_slice_grow (void *data, size_t len, size_t cap, size_t more,
                  size_t each_and_kind, const struct cairn_place *where)
{
  size_t each = each_and_kind >> 1;
  bool noscan = each_and_kind & 1;
  size_t need = len + more;
  size_t nbytes;
  if (cairni_unlikely (
          need < len
          || __builtin_mul_overflow (next_cap (cap, need), each, &nbytes)
          || nbytes > PTRDIFF_MAX / 2))
    cairn_slice_no_memory (need, each, where);
  size_t fresh_cap = each ? round_up (nbytes) / each : need;
  nbytes = fresh_cap * each;
  char *fresh = cairni_memory_raw (nbytes, noscan);
  if (cairni_unlikely (!fresh))
    cairn_slice_no_memory (fresh_cap, each, where);
  size_t used = len * each;
  if (used)
    memcpy (fresh, data, used);
  if (noscan)
    memset (fresh + used, 0, nbytes - used);
  return (struct cairn_slice_array){ fresh, fresh_cap };
}

CAIRNI_PUBLIC void
cairn_slice_bad_index (size_t i, size_t len, const struct cairn_place *where)
{
  const char *sign = cairni_memory_sign (&i);
  cairni_fatal ("%s:%d: index out of range [%s%z] with length %z", where->file,
                where->line, sign, i, len);
}

CAIRNI_PUBLIC void
cairn_slice_bad_bounds (size_t lo, size_t hi, size_t max, size_t cap,
                        const struct cairn_place *where)
{
  const char *lo_sign = cairni_memory_sign (&lo);
  const char *hi_sign = cairni_memory_sign (&hi);
  const char *max_sign = cairni_memory_sign (&max);
  cairni_fatal ("%s:%d: slice bounds out of range [%s%z:%s%z:%s%z] with "
                "capacity %z",
                where->file, where->line, lo_sign, lo, hi_sign, hi, max_sign,
                max, cap);
}

CAIRNI_PUBLIC void
cairn_slice_bad_make (size_t len, size_t cap, const struct cairn_place *where)
{
  const char *len_sign = cairni_memory_sign (&len);
  const char *cap_sign = cairni_memory_sign (&cap);
  cairni_fatal ("%s:%d: a slice cannot have length %s%z and capacity %s%z",
                where->file, where->line, len_sign, len, cap_sign, cap);
}

CAIRNI_PUBLIC void
cairn_slice_no_memory (size_t n, size_t each, const struct cairn_place *where)
{
  cairni_fatal ("%s:%d: out of memory: %z elements of %z bytes", where->file,
                where->line, n, each);
}
