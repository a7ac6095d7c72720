/* zombie.c: what a thread leaves behind until it is joined.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "heap/zombie.h"
#include "arch/x86_64/arch.h"
#include "heap/meta.h"
#include "heap/page-heap.h"
#include "heap/thread.h"
#include "os/thread-os.h"

/* Words in a record; a thread that leaves more has several records.  */
#define NWORDS 12

struct zombie
{
  struct zombie *next; /* In the bucket.  */
  uintptr_t tcb;
  uint64_t serial;
  size_t nwords;
  uintptr_t words[NWORDS];
};

static struct cairni_meta_pool zombie_pool
    = CAIRNI_META_POOL (sizeof (struct zombie));

/* All zombies, by their TCB.  A TCB lies at the end of a stack, so that the
   bits above a page's tell them apart.  */
#define NBUCKETS 256

static struct zombie *buckets[NBUCKETS];

/* The last serial number that was given.  */
static uint64_t last_serial;

/* The thread's own; 0: not given yet.  */
static __thread uint64_t own_serial
    __attribute__ ((tls_model ("initial-exec")));

static struct zombie **
bucket_of (uintptr_t tcb)
{
  return &buckets[((tcb >> 12) ^ (tcb >> 23)) % NBUCKETS];
}

uint64_t
cairni_zombie_serial (uintptr_t tcb)
{
  /* Static TLS lies at the same distance from every TCB.  */
  uint64_t *serial = (uint64_t *)(tcb
                                  + ((uintptr_t)&own_serial
                                     - cairni_arch_thread_pointer ()));
  uint64_t now = __atomic_load_n (serial, __ATOMIC_ACQUIRE);
  if (now != 0)
    return now;
  uint64_t fresh = __atomic_add_fetch (&last_serial, 1, __ATOMIC_RELAXED);
  return __atomic_compare_exchange_n (serial, &now, fresh, false,
                                      __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)
             ? fresh
             : now;
}

/* Drop the zombies at TCB whose serial number is SERIAL, if IS_SERIAL, or is
   any other, if not.  */
static void
drop_locked (uintptr_t tcb, uint64_t serial, bool is_serial)
{
  for (struct zombie **link = bucket_of (tcb); *link;)
    {
      struct zombie *zombie = *link;
      if (zombie->tcb == tcb && (zombie->serial == serial) == is_serial)
        {
          __atomic_store_n (link, zombie->next, __ATOMIC_RELAXED);
          cairni_meta_free (&zombie_pool, zombie);
        }
      else
        link = &zombie->next;
    }
}

bool
cairni_zombie_make_locked (void)
{
  uintptr_t tcb = cairni_arch_thread_pointer ();
  uint64_t serial = cairni_zombie_serial (tcb);
  const uintptr_t *word = (const uintptr_t *)tcb;
  const uintptr_t *end = word + cairni_os_tcb_nbytes () / sizeof *word;
  struct zombie *zombie = NULL, **bucket = bucket_of (tcb);
  drop_locked (tcb, 0, false);
  for (; word < end; word++)
    {
      if (!cairni_is_collected (*word))
        continue;
      if (!zombie || zombie->nwords == NWORDS)
        {
          zombie = cairni_meta_alloc (&zombie_pool);
          if (!zombie)
            cairni_fatal ("out of memory for a thread's result");
          zombie->tcb = tcb;
          zombie->serial = serial;
          zombie->next = *bucket;
          __atomic_store_n (bucket, zombie, __ATOMIC_RELAXED);
        }
      zombie->words[zombie->nwords++] = *word;
    }
  return zombie != NULL;
}

void
cairni_zombie_drop_former_locked (void)
{
  uintptr_t tcb = cairni_arch_thread_pointer ();
  if (*bucket_of (tcb))
    drop_locked (tcb, own_serial, false);
}

void
cairni_zombie_drop (uintptr_t tcb, uint64_t serial)
{
  /* The thread's end came before the caller's knowledge of it, so no zombie
     of that thread is overlooked without the lock.  */
  if (!__atomic_load_n (bucket_of (tcb), __ATOMIC_ACQUIRE))
    return;
  cairni_lock_acquire (&cairni_world_lock);
  drop_locked (tcb, serial, true);
  cairni_lock_release (&cairni_world_lock);
}

void
cairni_zombie_visit (void (*fn) (uintptr_t lo, uintptr_t hi))
{
  for (unsigned i = 0; i < NBUCKETS; i++)
    for (const struct zombie *z = buckets[i]; z; z = z->next)
      fn ((uintptr_t)z->words, (uintptr_t)(z->words + z->nwords));
}
