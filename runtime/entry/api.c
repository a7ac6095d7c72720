/* api.c: the functions of cairn.h.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "cairn.h"

#include "arch/x86_64/arch.h"
#include "base/options.h"
#include "gc/collect.h"
#include "gc/pace.h"
#include "gc/scavenge.h"
#include "gc/special.h"
#include "heap/object.h"
#include "heap/thread.h"
#include "stack/limit.h"
#include "stack/memory.h"
#include "stack/stack.h"

#include <errno.h>

/* A type that is known to hold no pointer: any size is a multiple of its.  */
static const struct cairn_type noscan_type = { .nbytes = 1, .name = "char" };

CAIRNI_PUBLIC const char *
cairn_version (void)
{
  return CAIRN_VERSION;
}

static void *
alloc (size_t nbytes, const struct cairn_type *type)
{
  void *p = cairni_object_alloc (nbytes, 0, type, 0);
  if (!p)
    errno = ENOMEM;
  return p;
}

CAIRNI_PUBLIC void *
cairn_malloc (size_t nbytes)
{
  return alloc (nbytes, NULL);
}

CAIRNI_PUBLIC void *
cairn_calloc (size_t n, size_t each)
{
  size_t nbytes;
  if (__builtin_mul_overflow (n, each, &nbytes))
    {
      errno = ENOMEM;
      return NULL;
    }
  return alloc (nbytes, NULL);
}

CAIRNI_PUBLIC void *
cairn_malloc_noscan (size_t nbytes)
{
  return alloc (nbytes, &noscan_type);
}

CAIRNI_PUBLIC void
cairn_gc (void)
{
  cairni_collect (CAIRNI_FORCED);
}

CAIRNI_PUBLIC int
cairn_set_gc_percent (int percent)
{
  cairni_thread_get ();
  cairni_lock_acquire (&cairni_world_lock);
  int old = cairni_gc_percent;
  cairni_gc_percent = percent < 0 ? -1 : percent;
  cairni_pace_update_goal ();
  cairni_lock_release (&cairni_world_lock);
  return old;
}

CAIRNI_PUBLIC size_t
cairn_set_memory_limit (size_t nbytes)
{
  cairni_thread_get ();
  cairni_lock_acquire (&cairni_world_lock);
  size_t old = cairni_memlimit_nbytes;
  if (nbytes != SIZE_MAX - 1)
    cairni_memlimit_nbytes = nbytes;
  cairni_pace_update_goal ();
  cairni_lock_release (&cairni_world_lock);
  return old;
}

CAIRNI_PUBLIC void
cairn_free_os_memory (void)
{
  cairni_collect (CAIRNI_FORCED);
  cairni_lock_acquire (&cairni_world_lock);
  cairni_scavenge_all_locked ();
  cairni_lock_release (&cairni_world_lock);
}

CAIRNI_PUBLIC int
cairn_is_heap (const void *p)
{
  struct cairni_object object = cairni_object_find (p);
  if (!object.span)
    return 0;
  unsigned slot = cairni_span_slot (object.span, object.start);
  return object.span->kind == CAIRNI_MANUAL
         || cairni_span_is_allocated (object.span, slot);
}

static bool
is_collected_object (const void *p)
{
  struct cairni_object object = cairni_object_find (p);
  return object.span && cairni_span_is_collected (object.span);
}

CAIRNI_PUBLIC int
cairn_add_cleanup (void *p, void (*fn) (void *arg), void *arg)
{
  bool valid = fn && is_collected_object (p);
  if (valid && cairni_special_add_cleanup (p, fn, arg))
    return 0;
  errno = valid ? ENOMEM : EINVAL;
  return -1;
}

CAIRNI_PUBLIC struct cairn_weak *
cairn_weak_make (void *p)
{
  bool valid = is_collected_object (p);
  struct cairn_weak *weak = valid ? cairni_special_make_weak (p) : NULL;
  if (!weak)
    errno = valid ? ENOMEM : EINVAL;
  return weak;
}

CAIRNI_PUBLIC void *
cairn_weak_get (const struct cairn_weak *weak)
{
  return cairni_special_get (weak);
}

CAIRNI_PUBLIC size_t
cairn_stack_size (void)
{
  return cairni_stack_words (cairni_arch_thread_pointer ())->stack_nbytes;
}

CAIRNI_PUBLIC size_t
cairn_stack_high_water (void)
{
  return cairni_stack_words (cairni_arch_thread_pointer ())->high_water_nbytes;
}

CAIRNI_PUBLIC size_t
cairn_set_max_stack (size_t nbytes)
{
  /* A block has at most so many.  */
  return __atomic_exchange_n (&cairni_stack_max_nbytes,
                              cairni_min (nbytes, CAIRNI_STACK_MAX_NBYTES),
                              __ATOMIC_RELAXED);
}
