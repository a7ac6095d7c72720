/* boehm.c: the entry points over the Boehm collector, the baseline.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The same names as libcairn, chosen at link time, so that one program can be
   measured with both.  Memory that other code gets from malloc stays the C
   library's; it is no root, unlike with libcairn.  Type maps serve only to
   tell memory without pointers.  Closures are not collected: each keeps its
   chain for ever.  */

#define _GNU_SOURCE
#define GC_THREADS
#include <gc/gc.h>

#include "cairn.h"
#include "cairn-rt.h"

#include "arch/x86_64/arch.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

__attribute__ ((constructor (101))) static void
start (void)
{
  const char *percent = getenv ("CAIRN_GC");
  GC_set_all_interior_pointers (1);
  GC_INIT ();
  if (percent && strcmp (percent, "off") == 0)
    GC_disable ();
}

/* Where an object of size 0 is.  */
static long zero_object[2];

static bool
is_noscan (size_t nbytes, const struct cairn_type *type)
{
  return type && type->ptr_nbytes == 0 && type->nbytes != 0
         && nbytes % type->nbytes == 0 && !(type->flags & CAIRN_TYPE_UNALIGNED);
}

/* A zeroed object, or NULL and ENOMEM.  Alignments over 16 are made by
   allocating more: a pointer into an object keeps it.  */
static void *
alloc (size_t nbytes, size_t align, const struct cairn_type *type)
{
  bool noscan = is_noscan (nbytes, type);
  size_t more = align > 16 ? align : 0;
  size_t total;
  char *p = NULL;
  if (nbytes == 0 && !more)
    return zero_object;
  if (!__builtin_add_overflow (nbytes, more, &total) && total <= PTRDIFF_MAX)
    p = noscan ? GC_malloc_atomic (total) : GC_malloc (total);
  if (!p)
    {
      errno = ENOMEM;
      return NULL;
    }
  if (noscan)
    memset (p, 0, total);
  return more ? (void *)cairni_align_up ((uintptr_t)p, align) : p;
}

static void *
or_fatal (void *p, size_t nbytes)
{
  if (!p)
    {
      fprintf (stderr,
               "cairn: out of memory allocating %zu bytes for a local "
               "variable\n",
               nbytes);
      _Exit (2);
    }
  return p;
}

void *
cairn_rt_new_cell (size_t nbytes, const struct cairn_type *type)
{
  return or_fatal (alloc (nbytes, 0, type), nbytes);
}

void *
cairn_rt_new_cell_aligned (size_t nbytes, size_t align,
                           const struct cairn_type *type)
{
  return or_fatal (alloc (nbytes, align, type), nbytes);
}

void *
cairn_rt_malloc (size_t nbytes, const struct cairn_type *type)
{
  return alloc (nbytes, 0, type);
}

void *
cairn_rt_calloc (size_t n, size_t each, const struct cairn_type *type)
{
  size_t nbytes;
  if (__builtin_mul_overflow (n, each, &nbytes))
    nbytes = SIZE_MAX;
  return alloc (nbytes, 0, type);
}

void *
cairn_rt_realloc (void *old, size_t nbytes, const struct cairn_type *type)
{
  char *base = old ? GC_base (old) : NULL;
  if (old && nbytes == 0)
    {
      cairn_rt_free (old);
      return NULL;
    }
  /* Not the collector's: what the C library's malloc gave.  */
  if (old && !base && old != zero_object)
    return realloc (old, nbytes);
  void *p = alloc (nbytes, 0, type);
  if (p && base)
    {
      size_t has = base + GC_size (base) - (char *)old;
      memcpy (p, old, has < nbytes ? has : nbytes);
    }
  return p;
}

void *
cairn_rt_reallocarray (void *old, size_t n, size_t each,
                       const struct cairn_type *type)
{
  size_t nbytes;
  if (__builtin_mul_overflow (n, each, &nbytes))
    {
      errno = ENOMEM;
      return NULL;
    }
  return cairn_rt_realloc (old, nbytes, type);
}

void *
cairn_rt_memalign (size_t align, size_t nbytes, const struct cairn_type *type)
{
  if (!cairni_is_power_of_2 (align))
    {
      errno = EINVAL;
      return NULL;
    }
  return alloc (nbytes, align, type);
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
  int saved = errno;
  void *p = alloc (nbytes, align, NULL);
  errno = saved;
  if (!p)
    return ENOMEM;
  *result = p;
  return 0;
}

static void *
copy_string (const char *s, size_t nbytes)
{
  char *p = alloc (nbytes + 1, 0, NULL);
  return p ? memcpy (p, s, nbytes) : NULL;
}

void *
cairn_rt_strndup (const char *s, size_t max)
{
  return copy_string (s, strnlen (s, max));
}

void *
cairn_rt_strdup (const char *s)
{
  return copy_string (s, strlen (s));
}

void
cairn_rt_free (void *p)
{
  /* An object of the collector's is left to it.  */
  if (p && p != zero_object && !GC_base (p))
    free (p);
}

void
cairn_rt_free_trusted (void *p)
{
  if (p && p != zero_object && GC_base (p) == p)
    GC_free (p);
  else
    cairn_rt_free (p);
}

/* Closures: areas of thunks, the data of which the collector is told to
   scan.  */
static pthread_mutex_t closure_lock = PTHREAD_MUTEX_INITIALIZER;
static char *closure_area;
static int closures_used = CAIRNI_THUNK_COUNT;

static bool
new_closure_area (void)
{
  char *area = mmap (NULL, CAIRNI_THUNK_AREA_NBYTES, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (area == MAP_FAILED)
    return false;
  cairni_arch_write_thunks ((unsigned char *)area, false);
  if (mprotect (area, CAIRNI_THUNK_HALF_NBYTES, PROT_READ | PROT_EXEC) != 0)
    return false;
  GC_add_roots (area + CAIRNI_THUNK_HALF_NBYTES,
                area + CAIRNI_THUNK_AREA_NBYTES);
  closure_area = area;
  closures_used = 0;
  return true;
}

void *
cairn_rt_closure (void *fn, void *chain)
{
  pthread_mutex_lock (&closure_lock);
  if (closures_used == CAIRNI_THUNK_COUNT && !new_closure_area ())
    or_fatal (NULL, CAIRNI_THUNK_AREA_NBYTES);
  char *code = closure_area + closures_used++ * CAIRNI_THUNK_NBYTES;
  struct cairni_thunk_data *data = (void *)(code + CAIRNI_THUNK_HALF_NBYTES);
  data->chain = chain;
  data->fn = fn;
  pthread_mutex_unlock (&closure_lock);
  return code;
}

CAIRNI_PUBLIC const char *
cairn_version (void)
{
  return CAIRN_VERSION " (Boehm)";
}

CAIRNI_PUBLIC void *
cairn_malloc (size_t nbytes)
{
  return alloc (nbytes, 0, NULL);
}

CAIRNI_PUBLIC void *
cairn_malloc_noscan (size_t nbytes)
{
  static const struct cairn_type bytes = { .nbytes = 1 };
  return alloc (nbytes, 0, &bytes);
}

CAIRNI_PUBLIC void
cairn_gc (void)
{
  GC_gcollect ();
}

CAIRNI_PUBLIC int
cairn_set_gc_percent (int percent)
{
  static int current = 100;
  int old = current;
  if (percent < 0 && old >= 0)
    GC_disable ();
  else if (percent >= 0 && old < 0)
    GC_enable ();
  current = percent < 0 ? -1 : percent;
  return old;
}

CAIRNI_PUBLIC int
cairn_is_heap (const void *p)
{
  return GC_base ((void *)p) != NULL;
}

CAIRNI_PUBLIC void
cairn_mem_stats (struct cairn_mem_stats *stats)
{
  struct GC_prof_stats_s n;
  memset (stats, 0, sizeof *stats);
  GC_get_prof_stats (&n, sizeof n);
  stats->heap_sys = stats->sys = n.heapsize_full;
  stats->heap_idle = n.free_bytes_full;
  stats->heap_inuse = n.heapsize_full - n.free_bytes_full;
  stats->heap_released = n.unmapped_bytes;
  stats->alloc = stats->heap_alloc = stats->heap_inuse;
  stats->total_alloc = n.allocd_bytes_before_gc + n.bytes_allocd_since_gc;
  stats->num_gc = n.gc_no;
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
  return alloc (nbytes, 0, NULL);
}

CAIRNI_PUBLIC size_t
cairn_set_memory_limit (size_t nbytes)
{
  static size_t current = SIZE_MAX;
  size_t old = current;
  if (nbytes != SIZE_MAX - 1)
    {
      current = nbytes;
      GC_set_max_heap_size (nbytes == SIZE_MAX ? 0 : nbytes);
    }
  return old;
}

CAIRNI_PUBLIC void
cairn_free_os_memory (void)
{
  GC_gcollect_and_unmap ();
}

/* What a finalizer of the collector's does: all cleanups of an object.  */
struct cleanup
{
  struct cleanup *next;
  void (*fn) (void *arg);
  void *arg;
};

static void
call_cleanups (void *object, void *first)
{
  (void)object;
  for (struct cleanup *c = first; c; c = c->next)
    c->fn (c->arg);
}

CAIRNI_PUBLIC int
cairn_add_cleanup (void *p, void (*fn) (void *arg), void *arg)
{
  void *base = GC_base (p), *old = NULL;
  GC_finalization_proc old_fn;
  struct cleanup *c = base && fn ? GC_malloc (sizeof *c) : NULL;
  if (!c)
    {
      errno = base && fn ? ENOMEM : EINVAL;
      return -1;
    }
  *c = (struct cleanup){ .fn = fn, .arg = arg };
  GC_register_finalizer_no_order (base, call_cleanups, c, &old_fn, &old);
  c->next = old;
  return 0;
}

struct cairn_weak
{
  GC_hidden_pointer hidden;
};

CAIRNI_PUBLIC struct cairn_weak *
cairn_weak_make (void *p)
{
  void *base = GC_base (p);
  struct cairn_weak *weak = base ? GC_malloc_atomic (sizeof *weak) : NULL;
  if (!weak)
    {
      errno = base ? ENOMEM : EINVAL;
      return NULL;
    }
  weak->hidden = GC_HIDE_POINTER (p);
  GC_general_register_disappearing_link ((void **)&weak->hidden, base);
  return weak;
}

static void *
reveal (void *weak)
{
  GC_hidden_pointer hidden = ((struct cairn_weak *)weak)->hidden;
  return hidden ? GC_REVEAL_POINTER (hidden) : NULL;
}

CAIRNI_PUBLIC void *
cairn_weak_get (const struct cairn_weak *weak)
{
  return GC_call_with_alloc_lock (reveal, (void *)weak);
}
