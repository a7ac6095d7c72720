/* mark-pool.c: work that markers hand to each other, and their threads.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "gc/mark-pool.h"
#include "heap/meta.h"
#include "os/helper.h"
#include "os/lock.h"
#include "os/sys.h"

/* How often to look before sleeping, and how long to sleep at most.  */
#define SPINS 5000
#define NAP_NS ((size_t)1000000)

static struct cairni_meta_pool batch_pool
    = CAIRNI_META_POOL (sizeof (struct cairni_mark_batch));

/* Guards the pool and who has joined.  */
static struct cairni_lock lock;
static struct cairni_mark_batch *batches;
static int njoined; /* The collector and helpers.  */
static bool is_open;
static size_t helpers_ns;

int cairni_mark_nhungry;

/* Grows when a batch is given or marking is over, or opens: a futex.  */
static int changes;
static int nasleep;

/* 0: no helpers; 1: somebody is starting them; 2: they run.  */
static int state;
static unsigned nhelpers;
static void (*helper_work) (unsigned i);

struct cairni_mark_batch *
cairni_mark_batch_create (void)
{
  return cairni_meta_alloc (&batch_pool);
}

void
cairni_mark_batch_destroy (struct cairni_mark_batch *batch)
{
  cairni_meta_free (&batch_pool, batch);
}

/* Tell those who wait.  */
static void
announce (int count)
{
  __atomic_add_fetch (&changes, 1, __ATOMIC_SEQ_CST);
  if (__atomic_load_n (&nasleep, __ATOMIC_SEQ_CST) > 0)
    cairni_sys_futex_wake (&changes, count);
}

/* Wait until CHANGES is no longer SEEN, or for a while.  */
static void
wait_for_change (int seen, size_t timeout_ns)
{
  for (int i = 0; i < SPINS; i++)
    {
      if (__atomic_load_n (&changes, __ATOMIC_ACQUIRE) != seen)
        return;
      cairni_compiler_barrier ();
    }
  __atomic_add_fetch (&nasleep, 1, __ATOMIC_SEQ_CST);
  cairni_sys_futex_wait (&changes, seen, timeout_ns);
  __atomic_sub_fetch (&nasleep, 1, __ATOMIC_SEQ_CST);
}

void
cairni_mark_give (struct cairni_mark_batch *batch)
{
  cairni_lock_acquire (&lock);
  batch->next = batches;
  batches = batch;
  cairni_lock_release (&lock);
  announce (1);
}

struct cairni_mark_batch *
cairni_mark_take (void)
{
  bool is_hungry = false, is_over = false;
  struct cairni_mark_batch *batch;
  for (;;)
    {
      int seen = __atomic_load_n (&changes, __ATOMIC_ACQUIRE);
      cairni_lock_acquire (&lock);
      batch = batches;
      if (batch)
        batches = batch->next;
      if (batch && is_hungry)
        __atomic_sub_fetch (&cairni_mark_nhungry, 1, __ATOMIC_RELAXED);
      else if (!batch && !is_hungry)
        {
          is_hungry = true;
          __atomic_add_fetch (&cairni_mark_nhungry, 1, __ATOMIC_RELAXED);
        }
      is_over = !batch && cairni_mark_nhungry == njoined;
      cairni_lock_release (&lock);
      if (is_over)
        announce (INT_MAX);
      if (batch || is_over)
        return batch;
      wait_for_change (seen, NAP_NS);
    }
}

/* Join if a collection is on; false: it is not, or not any more.  */
static bool
join (void)
{
  cairni_lock_acquire (&lock);
  bool good = is_open && (batches || cairni_mark_nhungry < njoined);
  njoined += good;
  cairni_lock_release (&lock);
  return good;
}

/* Leave, at START_NS after having joined.  A marker is hungry when it leaves.
   Until the collector has closed the pool it stays closed to others by
   .inv.mark.done.  */
static void
leave (size_t start_ns)
{
  cairni_lock_acquire (&lock);
  njoined--;
  __atomic_sub_fetch (&cairni_mark_nhungry, 1, __ATOMIC_RELAXED);
  helpers_ns += cairni_sys_now_ns () - start_ns;
  cairni_lock_release (&lock);
  announce (INT_MAX);
}

static void *
help (void *arg)
{
  unsigned i = (uintptr_t)arg;
  for (;;)
    {
      int seen = __atomic_load_n (&changes, __ATOMIC_ACQUIRE);
      size_t start_ns = cairni_sys_now_ns ();
      if (join ())
        {
          helper_work (i);
          leave (start_ns);
        }
      else
        {
          __atomic_add_fetch (&nasleep, 1, __ATOMIC_SEQ_CST);
          cairni_sys_futex_wait (&changes, seen, 0);
          __atomic_sub_fetch (&nasleep, 1, __ATOMIC_SEQ_CST);
        }
    }
  return NULL;
}

void
cairni_mark_start_helpers (unsigned n, void (*work) (unsigned i))
{
  int expected = 0;
  if (!__atomic_compare_exchange_n (&state, &expected, 1, false,
                                    __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
    return;
  helper_work = work;
  for (uintptr_t i = 1; i <= n; i++)
    if (cairni_helper_start (help, (void *)i))
      __atomic_add_fetch (&nhelpers, 1, __ATOMIC_RELEASE);
  __atomic_store_n (&state, 2, __ATOMIC_RELEASE);
}

unsigned
cairni_mark_nhelpers (void)
{
  return __atomic_load_n (&nhelpers, __ATOMIC_ACQUIRE);
}

void
cairni_mark_open (void)
{
  cairni_lock_acquire (&lock);
  is_open = true;
  njoined = 1;
  helpers_ns = 0;
  cairni_lock_release (&lock);
  announce (INT_MAX);
}

size_t
cairni_mark_close (void)
{
  for (bool alone = false; !alone;)
    {
      int seen = __atomic_load_n (&changes, __ATOMIC_ACQUIRE);
      cairni_lock_acquire (&lock);
      is_open = false;
      alone = njoined == 1;
      if (alone)
        cairni_mark_nhungry = njoined = 0;
      cairni_lock_release (&lock);
      if (!alone)
        wait_for_change (seen, NAP_NS);
    }
  return helpers_ns;
}

void
cairni_mark_pool_after_fork (void)
{
  /* A helper may have been looking whether there is a collection.  */
  lock.word = 0;
  state = nhelpers = nasleep = 0;
}
