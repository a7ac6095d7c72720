/* pace.c: how far the heap may grow before the next collection.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "gc/pace.h"
#include "base/options.h"
#include "gc/roots.h"
#include "heap/central.h"
#include "heap/manual.h"
#include "stack/memory.h"

#define MIN_GOAL_NBYTES ((size_t)4 << 20)

/* The least that the heap may grow, whatever the limit.  */
#define MIN_ROOM_NBYTES ((size_t)64 << 10)

/* Less than this is marked as fast as the world is stopped twice.  */
#define BESIDE_MIN_NBYTES ((size_t)4 << 20)

static struct cairni_pace_cycle last;

/* What the program made during the last marking beside it, or a guess.  */
static size_t runway_nbytes;

/* What cairni_heap_trigger_nbytes is but for cairni_pace_call_soon.  */
static size_t trigger_nbytes;

bool cairni_pace_is_roomy;
size_t cairni_pace_most_nbytes;

/* What the program allocated, by its rate between the last two collections, in
   the time that the last one took.  */
static size_t half_nbytes;

/* How much longer collections have taken than what ran between them, at most
   EXCESS_MAX_NS and at least 0; whether it has reached that and has not come
   down to half of it since.  */
#define EXCESS_MAX_NS 1e9
static double excess_ns;
static bool is_excessive;

/* nbytes * percent / 100 without overflow; SIZE_MAX: too much.  */
static size_t
percent_of (size_t nbytes, int percent)
{
  size_t result;
  if (__builtin_mul_overflow (nbytes / 100 + 1, (size_t)percent, &result))
    return SIZE_MAX;
  return result;
}

static size_t
add_or_max (size_t a, size_t b)
{
  size_t sum;
  return __builtin_add_overflow (a, b, &sum) ? SIZE_MAX : sum;
}

/* The goal that the limit allows.  */
static size_t
goal_for_limit (size_t live)
{
  size_t stacks, stacks_sys;
  cairni_stack_memory_get_stats (&stacks, &stacks_sys);
  size_t others = cairni_manual_nbytes () + stacks + cairni_span_pool.sys_nbytes
                  + cairni_span_bits_pool.sys_nbytes;
  size_t room
      = cairni_memlimit_nbytes > others ? cairni_memlimit_nbytes - others : 0;
  /* Slots that no object fills, and pages at the ends of spans.  */
  room -= room / 16;
  size_t least = MIN_ROOM_NBYTES + live / 64;
  if (is_excessive)
    least = cairni_max (least, half_nbytes);
  return cairni_max (room, add_or_max (live, least));
}

/* Set the trigger for GOAL.  Without ROOM it is the goal.  */
static void
update_trigger (size_t goal, bool is_roomy)
{
  size_t live = last.marked_nbytes;
  size_t trigger = goal;
  is_roomy &= goal != SIZE_MAX && cairni_debug.gcconcurrent > 0
              && (cairni_debug.gcconcurrent > 1 || live >= BESIDE_MIN_NBYTES);
  if (is_roomy)
    {
      size_t room = goal > live ? goal - live : 0;
      size_t runway = runway_nbytes + runway_nbytes / 2;
      runway = cairni_min (cairni_max (runway, room / 8), room / 4 * 3);
      trigger = goal - runway;
      cairni_pace_most_nbytes = goal + room / 4;
    }
  cairni_pace_is_roomy = is_roomy;
  __atomic_store_n (&trigger_nbytes, trigger, __ATOMIC_RELAXED);
  __atomic_store_n (&cairni_heap_trigger_nbytes, trigger, __ATOMIC_RELEASE);
}

void
cairni_pace_call_soon (void)
{
  __atomic_store_n (&cairni_heap_trigger_nbytes, 0, __ATOMIC_RELAXED);
}

void
cairni_pace_restore_trigger (void)
{
  size_t expected = 0;
  if (cairni_unlikely (cairni_peek (cairni_heap_trigger_nbytes) == 0))
    __atomic_compare_exchange_n (&cairni_heap_trigger_nbytes, &expected,
                                 cairni_peek (trigger_nbytes), false,
                                 __ATOMIC_RELAXED, __ATOMIC_RELAXED);
}

void
cairni_pace_update_goal (void)
{
  size_t live = last.marked_nbytes;
  size_t goal = SIZE_MAX;
  bool is_roomy = true;
  if (cairni_gc_percent >= 0)
    {
      size_t more = percent_of (live + cairni_roots_nbytes, cairni_gc_percent);
      goal = cairni_max (add_or_max (live, more),
                         percent_of (MIN_GOAL_NBYTES, cairni_gc_percent));
    }
  if (cairni_memlimit_nbytes != SIZE_MAX)
    {
      size_t limit = goal_for_limit (live);
      is_roomy = limit > goal;
      goal = cairni_min (goal, limit);
    }
  __atomic_store_n (&cairni_heap_goal_nbytes, goal, __ATOMIC_RELAXED);
  update_trigger (goal, is_roomy);
}

void
cairni_pace_end_cycle (const struct cairni_pace_cycle *cycle)
{
  size_t allocated = cycle->before_nbytes > last.marked_nbytes
                         ? cycle->before_nbytes - last.marked_nbytes
                         : 0;
  double ran_ns = cycle->start_ns - last.end_ns + 1.;
  double took_ns = cycle->end_ns - cycle->start_ns;
  double nbytes = allocated * (took_ns / ran_ns);
  /* A program that had hardly run says little: at most twice as much as what
     lives.  */
  double most = 2. * cycle->marked_nbytes + MIN_GOAL_NBYTES;
  half_nbytes = nbytes < most ? nbytes : most;
  excess_ns += took_ns - ran_ns;
  excess_ns = excess_ns < 0               ? 0
              : excess_ns > EXCESS_MAX_NS ? EXCESS_MAX_NS
                                          : excess_ns;
  is_excessive = excess_ns == EXCESS_MAX_NS
                 || (is_excessive && excess_ns > EXCESS_MAX_NS / 2);
  last = *cycle;
  if (cycle->is_beside)
    runway_nbytes = cycle->beside_nbytes;
  cairni_pace_update_goal ();
}
