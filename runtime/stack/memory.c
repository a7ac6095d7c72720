/* memory.c: the memory of growable stacks and of address stacks.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Free blocks are in a list per size class.  Those of classes below SLAB_CLASS
   are linked through their first words, and made by halving larger ones; they
   are never joined again.  The others have a record each, so that nobody
   touches a page to link it; a fresh one comes from the region.

   The region lies low, so that system stacks lie above it: unwinders that think
   that callers have higher addresses are content then where a growable stack
   begins.  */

#include "stack/memory.h"
#include "arch/x86_64/arch.h"
#include "heap/meta.h"
#include "os/lock.h"
#include "os/region.h"
#include "os/signal-stack.h"
#include "os/sys.h"


#define NCLASSES 26
#define SLAB_CLASS 7 /* 256 KB */
#define NCACHED 5    /* 2 KB to 32 KB */
#define CACHE_NBLOCKS 8

#define REGION_HINT ((uintptr_t)0x1000 << 32)
#define REGION_NBYTES ((size_t)1 << 40)
#define REGION_MIN_NBYTES ((size_t)1 << 30)

/* From here on a block is worth huge pages.  */
#define HUGE_NBYTES ((size_t)4 << 20)

/* Bytes in free blocks with records that keep their pages.  */
#define WARM_MAX_NBYTES ((size_t)32 << 20)

/* Of stacks that were retired.  */
#define NRETIRED 64
#define RETIRED_MAX_NBYTES ((size_t)256 << 20)

/* A free block of a large class.  */
struct block
{
  struct block *next;
  uintptr_t lo;
};

/* Guards all that follows but the cache.  */
static struct cairni_lock lock;
static struct cairni_region region;
static uintptr_t small_free[SLAB_CLASS];
static struct block *warm_free[NCLASSES], *cold_free[NCLASSES];
static size_t warm_nbytes;

/* In use or cached; in cold blocks.  */
static size_t inuse_nbytes, cold_nbytes;

static struct cairni_meta_pool block_pool
    = CAIRNI_META_POOL (sizeof (struct block));

/* A ring; LO == 0: none.  */
static struct
{
  uintptr_t lo;
  size_t nbytes;
} retired[NRETIRED];
static unsigned retired_next;
static size_t retired_nbytes;

/* The calling thread's, linked through their first words.  */
static __thread struct
{
  uintptr_t first;
  unsigned nblocks;
} cache[NCACHED];

static unsigned
class_of (size_t nbytes)
{
  return __builtin_ctzll (nbytes / CAIRNI_STACK_MIN_NBYTES);
}

static uintptr_t
pop_linked (uintptr_t *first)
{
  uintptr_t lo = *first;
  if (lo)
    *first = *(uintptr_t *)lo;
  return lo;
}

static void
push_linked (uintptr_t *first, uintptr_t lo)
{
  *(uintptr_t *)lo = *first;
  *first = lo;
}

static uintptr_t
pop_record (struct block **first)
{
  struct block *block = *first;
  if (!block)
    return 0;
  uintptr_t lo = block->lo;
  *first = block->next;
  cairni_meta_free (&block_pool, block);
  return lo;
}

/* False: no memory for the record.  */
static bool
push_record (struct block **first, uintptr_t lo)
{
  struct block *block = cairni_meta_alloc (&block_pool);
  if (block)
    {
      *block = (struct block){ .next = *first, .lo = lo };
      *first = block;
    }
  return block != NULL;
}

static uintptr_t
fresh_locked (size_t nbytes)
{
  if (region.base == 0
      && !cairni_region_reserve (&region, REGION_HINT, REGION_NBYTES,
                                 REGION_MIN_NBYTES, HUGE_NBYTES))
    return 0;
  uintptr_t lo = cairni_align_up (region.committed, nbytes);
  if (!cairni_region_skip (&region, lo - region.committed)
      || !cairni_region_grow (&region, nbytes))
    return 0;
  if (nbytes >= HUGE_NBYTES)
    cairni_sys_want_huge ((void *)lo, nbytes);
  return lo;
}

static uintptr_t
take_locked (unsigned c)
{
  size_t nbytes = CAIRNI_STACK_MIN_NBYTES << c;
  uintptr_t lo;
  if (c >= SLAB_CLASS)
    {
      if ((lo = pop_record (&warm_free[c])))
        warm_nbytes -= nbytes;
      else if ((lo = pop_record (&cold_free[c])))
        cold_nbytes -= nbytes;
      else
        lo = fresh_locked (nbytes);
      return lo;
    }
  if ((lo = pop_linked (&small_free[c])))
    return lo;
  if ((lo = take_locked (c + 1)))
    push_linked (&small_free[c], lo + nbytes);
  return lo;
}

static void
give_locked (uintptr_t lo, size_t nbytes)
{
  unsigned c = class_of (nbytes);
  inuse_nbytes -= nbytes;
  if (c < SLAB_CLASS)
    push_linked (&small_free[c], lo);
  else if (warm_nbytes + nbytes <= WARM_MAX_NBYTES)
    {
      if (push_record (&warm_free[c], lo))
        warm_nbytes += nbytes;
    }
  else
    {
      cairni_sys_release ((void *)lo, nbytes);
      cold_nbytes += nbytes;
      /* Without a record only address space is lost.  */
      push_record (&cold_free[c], lo);
    }
}

uintptr_t
cairni_stack_memory_alloc (size_t nbytes)
{
  unsigned c = class_of (nbytes);
  if (c < NCACHED && cache[c].nblocks > 0)
    {
      cache[c].nblocks--;
      return pop_linked (&cache[c].first);
    }
  cairni_lock_acquire (&lock);
  uintptr_t lo = take_locked (c);
  if (lo)
    inuse_nbytes += nbytes;
  cairni_lock_release (&lock);
  return lo;
}

void
cairni_stack_memory_free (uintptr_t lo, size_t nbytes)
{
  unsigned c = class_of (nbytes);
  if (c < NCACHED && cache[c].nblocks < CACHE_NBLOCKS)
    {
      cache[c].nblocks++;
      push_linked (&cache[c].first, lo);
      return;
    }
  cairni_lock_acquire (&lock);
  give_locked (lo, nbytes);
  cairni_lock_release (&lock);
}

void
cairni_stack_memory_flush (void)
{
  cairni_lock_acquire (&lock);
  for (unsigned c = 0; c < NCACHED; c++)
    {
      uintptr_t lo;
      while ((lo = pop_linked (&cache[c].first)))
        give_locked (lo, CAIRNI_STACK_MIN_NBYTES << c);
      cache[c].nblocks = 0;
    }
  cairni_lock_release (&lock);
}

void
cairni_stack_memory_retire (uintptr_t lo, size_t nbytes, uintptr_t sp)
{
  /* What a function without a check may have used, too.  */
  uintptr_t start = sp - lo > 4096 ? sp - 4096 : lo;
  cairni_arch_fill ((void *)start, 0xdb, lo + nbytes - start);
  cairni_lock_acquire (&lock);
  unsigned i = retired_next;
  do
    {
      if (retired[i].lo)
        {
          give_locked (retired[i].lo, retired[i].nbytes);
          retired_nbytes -= retired[i].nbytes;
          retired[i].lo = 0;
        }
      i = (i + 1) % NRETIRED;
    }
  while (retired_nbytes + nbytes > RETIRED_MAX_NBYTES && i != retired_next);
  retired[retired_next].lo = lo;
  retired[retired_next].nbytes = nbytes;
  retired_nbytes += nbytes;
  retired_next = (retired_next + 1) % NRETIRED;
  cairni_lock_release (&lock);
}

void
cairni_stack_memory_get_stats (size_t *inuse, size_t *sys)
{
  uint64_t set = cairni_signals_block ();
  cairni_lock_acquire (&lock);
  *inuse = inuse_nbytes;
  *sys = region.base ? region.committed - region.base - cold_nbytes : 0;
  cairni_lock_release (&lock);
  cairni_signals_restore (set);
}

void
cairni_stack_memory_limit_changed (void)
{
  cairni_lock_acquire (&lock);
  if (region.base)
    cairni_region_trim (&region);
  cairni_lock_release (&lock);
}

/* The mask to restore, from lock to unlock.  */
static uint64_t fork_set;

void
cairni_stack_memory_lock (void)
{
  uint64_t set = cairni_signals_block ();
  cairni_lock_acquire (&lock);
  fork_set = set;
  cairni_lock_acquire (&block_pool.lock);
}

void
cairni_stack_memory_unlock (void)
{
  uint64_t set = fork_set;
  cairni_lock_release (&block_pool.lock);
  cairni_lock_release (&lock);
  cairni_signals_restore (set);
}
