/* malloc.c: the process's malloc family.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Code that was not compiled with the plugin, the C library included, gets
   manual objects from here.  These functions also take collected objects:
   free leaves one to the collector, realloc makes a manual copy of it.  An
   address that is not in the arena (what the dynamic loader allocated before
   it found this malloc) is left alone.  */

#define _GNU_SOURCE
#include "heap/manual.h"
#include "heap/object.h"
#include "heap/thread.h"
#include "os/sys.h"

#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

static void *
or_enomem (void *p)
{
  if (cairni_unlikely (!p))
    errno = ENOMEM;
  return p;
}

CAIRNI_PUBLIC void *
malloc (size_t nbytes)
{
  return or_enomem (cairni_manual_alloc (nbytes, 0, NULL));
}

CAIRNI_PUBLIC void
free (void *p)
{
  if (!cairni_arena_has ((uintptr_t)p))
    return;
  struct cairni_span *span = cairni_arena_span ((uintptr_t)p);
  if (cairni_likely (span && span->kind == CAIRNI_MANUAL))
    cairni_manual_free (p, span);
}

CAIRNI_PUBLIC void *
calloc (size_t n, size_t each)
{
  size_t nbytes;
  bool is_zero;
  if (__builtin_mul_overflow (n, each, &nbytes))
    return or_enomem (NULL);
  void *p = cairni_manual_alloc (nbytes, 0, &is_zero);
  if (p && !is_zero)
    memset (p, 0, nbytes);
  return or_enomem (p);
}

CAIRNI_PUBLIC void *
realloc (void *old, size_t nbytes)
{
  if (!old)
    return malloc (nbytes);
  struct cairni_object object = cairni_object_find (old);
  bool is_manual = object.span && object.span->kind == CAIRNI_MANUAL;
  if (nbytes == 0)
    {
      free (old);
      return NULL;
    }
  /* In place if it fits and does not waste more than half.  */
  if (is_manual && nbytes <= object.nbytes && nbytes >= object.nbytes / 2)
    return old;
  void *p = malloc (nbytes);
  if (!p)
    return NULL;
  size_t has = object.start + object.nbytes - (uintptr_t)old;
  if (object.span)
    memcpy (p, old, cairni_min (has, nbytes));
  if (is_manual)
    cairni_manual_free (old, object.span);
  return p;
}

CAIRNI_PUBLIC void *
reallocarray (void *old, size_t n, size_t each)
{
  size_t nbytes;
  if (__builtin_mul_overflow (n, each, &nbytes))
    return or_enomem (NULL);
  return realloc (old, nbytes);
}

CAIRNI_PUBLIC int
posix_memalign (void **result, size_t align, size_t nbytes)
{
  if (!cairni_is_power_of_2 (align) || align % sizeof (void *) != 0)
    return EINVAL;
  void *p = cairni_manual_alloc (nbytes, align, NULL);
  if (!p)
    return ENOMEM;
  *result = p;
  return 0;
}

CAIRNI_PUBLIC void *
memalign (size_t align, size_t nbytes)
{
  /* As the GNU C library does: the next power of two.  */
  if (align > PTRDIFF_MAX / 2)
    {
      errno = EINVAL;
      return NULL;
    }
  while (!cairni_is_power_of_2 (align))
    align = align == 0 ? 1 : align + (align & -align);
  return or_enomem (cairni_manual_alloc (nbytes, align, NULL));
}

CAIRNI_PUBLIC void *
aligned_alloc (size_t align, size_t nbytes)
{
  return memalign (align, nbytes);
}

CAIRNI_PUBLIC void *
valloc (size_t nbytes)
{
  return memalign (CAIRNI_SYS_PAGE_NBYTES, nbytes);
}

CAIRNI_PUBLIC void *
pvalloc (size_t nbytes)
{
  if (nbytes > PTRDIFF_MAX)
    return or_enomem (NULL);
  return memalign (CAIRNI_SYS_PAGE_NBYTES,
                   cairni_align_up (nbytes, CAIRNI_SYS_PAGE_NBYTES));
}

CAIRNI_PUBLIC size_t
malloc_usable_size (void *p)
{
  struct cairni_object object = cairni_object_find (p);
  return object.span ? object.start + object.nbytes - (uintptr_t)p : 0;
}
