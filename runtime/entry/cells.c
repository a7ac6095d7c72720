/* cells.c: the entry points that compiled code calls.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Their signatures are in entry-points.def, from which cairn-rt.h is made.
   Those that run on their caller's stack are in cells-in-place.c.  */

#define _GNU_SOURCE
#include "cairn-rt.h"

#include "gc/closure.h"
#include "heap/manual.h"
#include "heap/object.h"

#include <errno.h>
#include <string.h>

static void *
or_fatal (void *p, size_t nbytes)
{
  if (cairni_unlikely (!p))
    cairni_fatal ("out of memory allocating %z bytes for a local variable",
                  nbytes);
  return p;
}

static void *
or_enomem (void *p)
{
  if (cairni_unlikely (!p))
    errno = ENOMEM;
  return p;
}

void *
cairn_rt_new_cell_aligned (size_t nbytes, size_t align,
                           const struct cairn_type *type)
{
  return or_fatal (cairni_object_alloc (nbytes, align, type, CAIRNI_RAW),
                   nbytes);
}

void *
cairn_rt_closure (void *fn, void *chain)
{
  void *code = cairni_closure_create (fn, chain);
  if (!code)
    cairni_fatal ("no memory for the address of a nested function");
  return code;
}

void *
cairn_rt_realloc (void *old, size_t nbytes, const struct cairn_type *type)
{
  if (!old)
    return cairn_rt_malloc (nbytes, type);
  if (nbytes == 0)
    {
      cairn_rt_free (old);
      return NULL;
    }
  struct cairni_object object = cairni_object_find (old);
  bool is_manual = object.span && object.span->kind == CAIRNI_MANUAL;
  if (object.span && !is_manual && object.start == (uintptr_t)old
      && nbytes >= object.nbytes / 4
      && cairni_object_retype (&object, nbytes, type))
    return old;
  void *p = cairn_rt_malloc (nbytes, type);
  if (!p)
    return NULL;
  if (object.span)
    memcpy (p, old,
            cairni_min (object.start + object.nbytes - (uintptr_t)old, nbytes));
  if (is_manual)
    cairni_manual_free (old, object.span);
  return p;
}

void *
cairn_rt_reallocarray (void *old, size_t n, size_t each,
                       const struct cairn_type *type)
{
  size_t nbytes;
  if (__builtin_mul_overflow (n, each, &nbytes))
    return or_enomem (NULL);
  return cairn_rt_realloc (old, nbytes, type);
}

void *
cairn_rt_memalign (size_t align, size_t nbytes, const struct cairn_type *type)
{
  if (align > PTRDIFF_MAX / 2)
    {
      errno = EINVAL;
      return NULL;
    }
  while (!cairni_is_power_of_2 (align))
    align = align == 0 ? 1 : align + (align & -align);
  return or_enomem (cairni_object_alloc (nbytes, align, type, 0));
}

void *
cairn_rt_aligned_alloc (size_t align, size_t nbytes,
                        const struct cairn_type *type)
{
  return cairn_rt_memalign (align, nbytes, type);
}

int
cairn_rt_posix_memalign (void **result, size_t align, size_t nbytes)
{
  if (!cairni_is_power_of_2 (align) || align % sizeof (void *) != 0)
    return EINVAL;
  void *p = cairni_object_alloc (nbytes, align, NULL, 0);
  if (!p)
    return ENOMEM;
  *result = p;
  return 0;
}

/* A string holds no pointers: only bytes that the program must read one by
   one.  Its memory is scanned all the same, as any char array's is.  */
static char *
copy_string (const char *s, size_t nbytes)
{
  char *p = cairn_rt_malloc (nbytes + 1, NULL);
  if (p)
    {
      memcpy (p, s, nbytes);
      p[nbytes] = 0;
    }
  return p;
}

void *
cairn_rt_strdup (const char *s)
{
  return copy_string (s, strlen (s));
}

void *
cairn_rt_strndup (const char *s, size_t max)
{
  return copy_string (s, strnlen (s, max));
}
