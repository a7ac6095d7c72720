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

static struct cairni_pace_cycle last;

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

void
cairni_pace_update_goal (void)
{
  size_t live = last.marked_nbytes;
  size_t goal = SIZE_MAX;
  if (cairni_gc_percent >= 0)
    {
      size_t more = percent_of (live + cairni_roots_nbytes, cairni_gc_percent);
      goal = cairni_max (add_or_max (live, more),
                         percent_of (MIN_GOAL_NBYTES, cairni_gc_percent));
    }
  if (cairni_memlimit_nbytes != SIZE_MAX)
    goal = cairni_min (goal, goal_for_limit (live));
  __atomic_store_n (&cairni_heap_goal_nbytes, goal, __ATOMIC_RELAXED);
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
  cairni_pace_update_goal ();
}
