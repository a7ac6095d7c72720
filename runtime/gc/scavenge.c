/* scavenge.c: memory goes back to the system in the background.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The helper takes the world lock for each step, so that no collection and no
   fork sees it at work.  */

#include "gc/scavenge.h"
#include "base/options.h"
#include "heap/central.h"
#include "heap/manual.h"
#include "heap/page-heap.h"
#include "heap/thread.h"
#include "os/helper.h"
#include "os/sys.h"

/* How much at a time, and how long to rest after it.  */
#define STEP_NBYTES ((size_t)4 << 20)
#define REST_NS ((size_t)10000000)

/* Shorter free spans are left: a system call each, and the end of huge pages.
 */
#define MIN_NPAGES 8

/* 0: no helper, 1: somebody is starting one, 2: there is one, 3: none can be
   had.  */
static int state;

/* 1: there may be something to do.  A futex.  */
static int work;

/* Never changes: a futex to sleep on.  */
static int rest;

/* Bytes that the heap has beyond what it will need.  */
static size_t
surplus_locked (void)
{
  struct cairni_page_heap_stats pages;
  size_t goal = __atomic_load_n (&cairni_heap_goal_nbytes, __ATOMIC_RELAXED);
  cairni_page_heap_get_stats (&pages);
  size_t has = cairni_arena.used_nbytes - pages.released_nbytes;
  size_t keeps = SIZE_MAX;
  if (goal < SIZE_MAX / 4)
    keeps = goal + goal / 10 + cairni_manual_nbytes ();
  keeps = cairni_min (keeps,
                      cairni_memlimit_nbytes - cairni_memlimit_nbytes / 20);
  return has > keeps ? has - keeps : 0;
}

/* One step; false: nothing is left to do.  */
static bool
step (void)
{
  cairni_lock_acquire (&cairni_world_lock);
  cairni_central_sweep_all ();
  size_t nbytes = cairni_min (surplus_locked (), STEP_NBYTES);
  bool more = nbytes > 0 && cairni_page_heap_release (nbytes, MIN_NPAGES) > 0;
  cairni_lock_release (&cairni_world_lock);
  return more;
}

static void *
scavenge (void *unused)
{
  (void)unused;
  for (;;)
    {
      while (!__atomic_exchange_n (&work, 0, __ATOMIC_ACQUIRE))
        cairni_sys_futex_wait (&work, 0, 0);
      do
        cairni_sys_futex_wait (&rest, 0, REST_NS);
      while (step ());
    }
  return NULL;
}

void
cairni_scavenge_check_locked (void)
{
  if (surplus_locked () >= STEP_NBYTES)
    {
      __atomic_store_n (&work, 1, __ATOMIC_RELEASE);
      cairni_sys_futex_wake (&work, 1);
    }
}

void
cairni_scavenge_start (void)
{
  int expected = 0;
  if (__atomic_load_n (&work, __ATOMIC_ACQUIRE)
      && __atomic_compare_exchange_n (&state, &expected, 1, false,
                                      __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
    {
      expected = cairni_helper_start (scavenge, NULL) ? 2 : 3;
      __atomic_store_n (&state, expected, __ATOMIC_RELEASE);
    }
}

void
cairni_scavenge_all_locked (void)
{
  cairni_central_sweep_all ();
  cairni_page_heap_release (SIZE_MAX, 1);
}

void
cairni_scavenge_after_fork (void)
{
  state = work = 0;
}
