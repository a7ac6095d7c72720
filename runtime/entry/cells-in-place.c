/* cells-in-place.c: the entry points that run on their caller's stack.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The common case of an allocation costs less than going to the system stack and
   back.  On a growable stack there are PLACE_NBYTES for these functions and what
   they call; what needs more goes to the system stack, as does a thread that is
   told to stop.  */

#include "cairn-rt.h"

#include "arch/x86_64/arch.h"
#include "heap/manual.h"
#include "heap/object-fast.h"
#include "heap/object.h"

/* Half of PLACE_NBYTES; the rest is memset's.  */
#pragma GCC diagnostic error "-Wstack-usage=128"

/* Park, and return P, which stays alive.  */
static void *
park_with (void *p)
{
  cairni_hooks.park ();
  return p;
}

void *
cairn_rt_new_cell (size_t nbytes, const struct cairn_type *type)
{
  bool is_asked;
  void *p = cairni_object_try (nbytes, type, CAIRNI_RAW, &is_asked);
  if (cairni_unlikely (!p))
    return CAIRNI_ARCH_ON_SYSTEM (cairn_rt_new_cell_aligned, nbytes, 1, type);
  return cairni_likely (!is_asked) ? p : CAIRNI_ARCH_ON_SYSTEM (park_with, p);
}

void *
cairn_rt_malloc (size_t nbytes, const struct cairn_type *type)
{
  bool is_asked;
  void *p = cairni_object_try (nbytes, type, 0, &is_asked);
  if (cairni_unlikely (!p))
    return CAIRNI_ARCH_ON_SYSTEM (cairn_rt_memalign, 1, nbytes, type);
  return cairni_likely (!is_asked) ? p : CAIRNI_ARCH_ON_SYSTEM (park_with, p);
}

void *
cairn_rt_calloc (size_t n, size_t each, const struct cairn_type *type)
{
  size_t nbytes;
  if (__builtin_mul_overflow (n, each, &nbytes))
    nbytes = SIZE_MAX;
  return cairn_rt_malloc (nbytes, type);
}

void
cairn_rt_free (void *p)
{
  if (!cairni_arena_has ((uintptr_t)p))
    return;
  struct cairni_span *span = cairni_arena_span ((uintptr_t)p);
  if (span && span->kind == CAIRNI_MANUAL)
    CAIRNI_ARCH_ON_SYSTEM (cairni_manual_free, p, span);
}

void
cairn_rt_free_trusted (void *p)
{
  if (!cairni_arena_has ((uintptr_t)p))
    return;
  struct cairni_span *span = cairni_arena_span ((uintptr_t)p);
  if (!span)
    return;
  if (cairni_span_is_collected (span))
    CAIRNI_ARCH_ON_SYSTEM (cairni_object_free, p, span);
  else if (span->kind == CAIRNI_MANUAL)
    CAIRNI_ARCH_ON_SYSTEM (cairni_manual_free, p, span);
}
