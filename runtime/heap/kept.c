/* kept.c: pointers that others hold where the collector does not look.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "heap/kept.h"
#include "heap/meta.h"
#include "heap/span.h"
#include "heap/thread.h"

#include <errno.h>

struct kept
{
  struct kept *next; /* In the bucket.  */
  uintptr_t key;
  uintptr_t p;
  enum cairni_holder holder;
};

static struct cairni_meta_pool kept_pool
    = CAIRNI_META_POOL (sizeof (struct kept));

#define NBUCKETS 1024

static struct kept *buckets[NBUCKETS];

static struct kept **
bucket_of (enum cairni_holder holder, uintptr_t key)
{
  /* Fibonacci hashing: the upper bits of the product are the mixed ones.  */
  uint64_t hash = (key * 16 + holder) * 0x9e3779b97f4a7c15u;
  return &buckets[hash >> 32 & (NBUCKETS - 1)];
}

/* Whether there can be nothing to note or to replace; then no lock is needed
   and the runtime need not have started.  A pointer that another thread is
   noting at this moment under the same key may be overlooked; it stays.  */
static bool
is_idle (struct kept *const *bucket, const void *p)
{
  return !cairni_is_collected ((uintptr_t)p)
         && !__atomic_load_n (bucket, __ATOMIC_ACQUIRE);
}

static void
set_locked (struct kept **bucket, enum cairni_holder holder, uintptr_t key,
            uintptr_t p)
{
  struct kept **link = bucket;
  while (*link && ((*link)->holder != holder || (*link)->key != key))
    link = &(*link)->next;
  struct kept *kept = *link;
  if (cairni_is_collected (p))
    {
      if (!kept)
        {
          kept = cairni_meta_alloc (&kept_pool);
          if (!kept)
            cairni_fatal ("out of memory for a pointer that is given away");
          kept->holder = holder;
          kept->key = key;
          kept->next = *bucket;
          __atomic_store_n (bucket, kept, __ATOMIC_RELEASE);
        }
      kept->p = p;
    }
  else if (kept)
    {
      __atomic_store_n (link, kept->next, __ATOMIC_RELEASE);
      cairni_meta_free (&kept_pool, kept);
    }
}

int
cairni_kept_give (enum cairni_holder holder, uintptr_t key, const void *p,
                  int (*give) (void *arg), void *arg)
{
  struct kept **bucket = bucket_of (holder, key);
  if (is_idle (bucket, p))
    return give (arg);
  cairni_thread_get ();
  cairni_lock_acquire (&cairni_world_lock);
  int result = give (arg), saved = errno;
  if (result == 0)
    set_locked (bucket, holder, key, (uintptr_t)p);
  cairni_lock_release (&cairni_world_lock);
  errno = saved;
  return result;
}

static int
give_nothing (void *unused)
{
  (void)unused;
  return 0;
}

void
cairni_kept_set (enum cairni_holder holder, uintptr_t key, const void *p)
{
  cairni_kept_give (holder, key, p, give_nothing, NULL);
}

void
cairni_kept_visit (void (*fn) (uintptr_t lo, uintptr_t hi))
{
  for (unsigned i = 0; i < NBUCKETS; i++)
    for (const struct kept *kept = buckets[i]; kept; kept = kept->next)
      fn ((uintptr_t)&kept->p, (uintptr_t)(&kept->p + 1));
}
