/* background.c: the thread that marks while the program runs.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "gc/background.h"
#include "base/options.h"
#include "gc/check-marks.h"
#include "gc/cycle.h"
#include "gc/dirty.h"
#include "gc/mark.h"
#include "gc/pace.h"
#include "heap/central.h"
#include "heap/thread.h"
#include "os/helper.h"
#include "os/sys.h"

/* What was written is scanned again as long as it becomes less, so often at most,
   or until it is so little.  */
#define MAX_PASSES 8
#define FEW_PAGES 64

enum state
{
  IDLE,
  ASKED,
  MARKING,
  MARKED
};

/* A futex.  From ASKED to MARKING and from MARKED to IDLE with the world lock.  */
static int state;

/* Somebody waits.  */
static bool is_hurried;

/* 0: no thread, 1: somebody is starting it, 2: there is one, 3: none can be
   had, or the kernel lacks what it takes.  */
static int thread_state;

/* When the world lock is not held.  */
static size_t marking_ns;

static void
set_state (enum state next)
{
  __atomic_store_n (&state, next, __ATOMIC_RELEASE);
  cairni_sys_futex_wake (&state, INT_MAX);
}

static int
get_state (void)
{
  return __atomic_load_n (&state, __ATOMIC_ACQUIRE);
}

static bool
is_due (void)
{
  return cairni_peek (cairni_heap_live_nbytes)
             >= cairni_peek (cairni_heap_trigger_nbytes)
         || cairni_debug.gcstress;
}

bool
cairni_background_ask (enum cairni_reason reason)
{
  int expected = IDLE;
  if (!cairni_debug.gcconcurrent || reason == CAIRNI_FORCED
      || __atomic_load_n (&thread_state, __ATOMIC_ACQUIRE) != 2)
    return false;
  if (reason == CAIRNI_AT_GOAL
      && (!cairni_pace_is_roomy
          || cairni_peek (cairni_heap_live_nbytes)
                 >= cairni_peek (cairni_pace_most_nbytes)))
    return false;
  if (get_state () == IDLE && is_due ()
      && __atomic_compare_exchange_n (&state, &expected, ASKED, false,
                                      __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
    cairni_sys_futex_wake (&state, INT_MAX);
  return true;
}

bool
cairni_background_settle (uintptr_t sp)
{
  if (get_state () == MARKING)
    return false;
  if (get_state () == MARKED)
    {
      cairni_cycle_finish (sp, marking_ns);
      set_state (IDLE);
    }
  return true;
}

void
cairni_background_wait (void)
{
  __atomic_store_n (&is_hurried, true, __ATOMIC_RELAXED);
  while (get_state () == MARKING)
    cairni_sys_futex_wait (&state, MARKING, 0);
}

/* With the locks: begin, unless somebody has collected meanwhile.  */
static void
begin (void *unused)
{
  (void)unused;
  is_hurried = false;
  set_state (is_due () && cairni_cycle_begin (0) ? MARKING : IDLE);
}

static void
settle (void *unused)
{
  (void)unused;
  cairni_background_settle (0);
}

/* Mark while the program runs.  */
static void
mark (void)
{
  size_t start_ns = cairni_sys_now_ns (), last = SIZE_MAX;
  cairni_mark_drain ();
  for (int i = 0; i < MAX_PASSES; i++)
    {
      if (!cairni_dirty_take (true))
        break;
      size_t n = cairni_dirty_rescan (false);
      if (n <= FEW_PAGES || n > last - last / 4 || cairni_peek (is_hurried))
        break;
      last = n;
    }
  marking_ns = cairni_sys_now_ns () - start_ns;
}

static void
sweep (void)
{
  bool more;
  do
    {
      cairni_lock_acquire (&cairni_world_lock);
      more = cairni_central_sweep_some ();
      cairni_lock_release (&cairni_world_lock);
    }
  while (more);
}

/* Stop the world from now on, for this REASON.  */
static void
give_up (const char *reason)
{
  if (cairni_debug.gctrace)
    cairni_print ("cairn: gcconcurrent: %s; the world is stopped to mark",
                  reason);
  __atomic_store_n (&thread_state, 3, __ATOMIC_RELEASE);
  cairni_lock_acquire (&cairni_world_lock);
  cairni_debug.gcconcurrent = 0;
  cairni_pace_update_goal ();
  cairni_lock_release (&cairni_world_lock);
}

static void *
serve (void *unused)
{
  cairni_sys_take_short_turns ();
  for (;;)
    {
      int seen;
      while ((seen = get_state ()) != ASKED)
        cairni_sys_futex_wait (&state, seen, 0);
      sweep ();
      if (cairni_dirty_begin ())
        cairni_collect_with_locks (begin, NULL);
      else
        {
          give_up ("the kernel does not tell what is written");
          set_state (IDLE);
        }
      if (get_state () == MARKING)
        {
          mark ();
          set_state (MARKED);
          cairni_collect_with_locks (settle, NULL);
          cairni_pace_call_soon ();
        }
      cairni_dirty_end ();
    }
  return unused;
}

void
cairni_background_start (void)
{
  int expected = 0;
  if (!cairni_debug.gcconcurrent || thread_state != 0)
    return;
  /* Its stack would count.  */
  if (cairni_sys_address_limit () != SIZE_MAX)
    {
      give_up ("address space is limited");
      return;
    }
  if (__atomic_compare_exchange_n (&thread_state, &expected, 1, false,
                                   __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
    {
      expected = cairni_helper_start (serve, NULL) ? 2 : 3;
      __atomic_store_n (&thread_state, expected, __ATOMIC_RELEASE);
    }
}

void
cairni_background_after_fork (void)
{
  if (state == MARKING || state == MARKED)
    {
      cairni_heap_is_marking = false;
      cairni_central_unmark_all ();
      cairni_mark_after_fork ();
      cairni_check_forget ();
    }
  cairni_dirty_after_fork ();
  state = IDLE;
  if (thread_state < 3)
    thread_state = 0;
}
