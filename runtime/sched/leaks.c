/* leaks.c: goroutines that wait for what nothing leads to.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A goroutine that waits for a channel, or a structure of cairn/sync.h, is woken
   by who uses that, so who has its address.  As in Go 1.26: in a collection that
   looks for leaks, those that wait are no roots at first.  When all else is
   marked, each that waits for something marked becomes one, until there is no
   such any more.  Those that are left wait for ever.  They are roots all the
   same, so that a collection frees what it always does.

   What is waited for may lie elsewhere than in a collected object: on the
   address stack of a goroutine, then it counts as that goroutine does; all else
   counts as marked.

   Who waits on its thread, has a timer running, or waits for something that
   comes from outside, is a root as ever.  */

#include "sched/leaks.h"
#include "cairn/chan.h"
#include "gc/collect.h"
#include "gc/mark.h"
#include "gc/world.h"
#include "os/loader.h"
#include "sched/scheduler.h"
#include "stack/frame.h"

/* Calls that want to know.  */
static unsigned nwanted;

/* Whether the collection that goes on looks for leaks.  */
static bool is_looking;

void
cairni_leaks_begin (void)
{
  is_looking = __atomic_load_n (&nwanted, __ATOMIC_ACQUIRE) != 0;
}

bool
cairni_leaks_shall_wait (struct cairni_goroutine *g)
{
  if (!is_looking)
    return false;
  g->is_leaked = false;
  if (!g->is_off || g->timer.place != 0
      || __atomic_load_n (&g->state, __ATOMIC_ACQUIRE) != CAIRNI_WAITING)
    return false;
  switch (g->reason)
    {
    case CAIRNI_WAIT_RECEIVE:
    case CAIRNI_WAIT_RECEIVE_NIL:
    case CAIRNI_WAIT_SEND:
    case CAIRNI_WAIT_SEND_NIL:
    case CAIRNI_WAIT_SELECT:
    case CAIRNI_WAIT_SELECT_NONE:
    case CAIRNI_WAIT_MUTEX:
    case CAIRNI_WAIT_RWMUTEX:
    case CAIRNI_WAIT_RWMUTEX_READ:
    case CAIRNI_WAIT_WAITGROUP:
    case CAIRNI_WAIT_ONCE:
    case CAIRNI_WAIT_COND:
    case CAIRNI_WAIT_SEMAPHORE:
      g->is_leaked = true;
    }
  return g->is_leaked;
}

struct place
{
  uintptr_t p;
  bool is_leaked; /* It is on the address stack of a goroutine that is.  */
};

static void
look_in_frames (struct cairni_goroutine *g, void *arg)
{
  struct place *place = arg;
  if (g->is_leaked && !place->is_leaked)
    place->is_leaked = cairni_frame_has (g->frame_chunk, place->p);
}

static bool
is_reachable (const void *source)
{
  struct place place = { .p = (uintptr_t)source };
  if (!source || !cairni_mark_has (place.p))
    return false;
  cairni_goroutine_each (look_in_frames, &place);
  return !place.is_leaked;
}

/* Whether something that leads to what G waits for is marked.  */
static bool
can_wake (const struct cairni_goroutine *g)
{
  if (g->reason != CAIRNI_WAIT_SELECT)
    return is_reachable (g->waiter.source);
  const struct cairn_case *cases = g->waiter.element;
  for (size_t i = 0; i < g->waiter.value; i++)
    if (cases[i].kind <= CAIRN_CASE_RECEIVE && is_reachable (cases[i].chan))
      return true;
  return false;
}

struct round
{
  void (*fn) (uintptr_t lo, uintptr_t hi);
  bool found;
};

static void
visit_reachable (struct cairni_goroutine *g, void *arg)
{
  struct round *round = arg;
  if (g->is_leaked && can_wake (g))
    {
      g->is_leaked = false;
      cairni_sched_visit_one (g, round->fn);
      round->found = true;
    }
}

static void
visit_leaked (struct cairni_goroutine *g, void *arg)
{
  const struct round *round = arg;
  if (g->is_leaked)
    cairni_sched_visit_one (g, round->fn);
}

void
cairni_leaks_visit (void (*fn) (uintptr_t lo, uintptr_t hi))
{
  struct round round = { .fn = fn };
  if (!is_looking)
    return;
  do
    {
      round.found = false;
      cairni_mark_finish ();
      cairni_goroutine_each (visit_reachable, &round);
    }
  while (round.found);
  cairni_goroutine_each (visit_leaked, &round);
}

struct list
{
  uint64_t *ids;
  size_t n, max;
};

static void
list_one (struct cairni_goroutine *g, void *arg)
{
  struct list *list = arg;
  if (!g->is_leaked)
    return;
  if (list->n < list->max)
    list->ids[list->n] = g->id;
  list->n++;
}

size_t
cairni_leaks_find (uint64_t *ids, size_t max)
{
  struct list list = { .ids = ids, .max = max };
  __atomic_fetch_add (&nwanted, 1, __ATOMIC_ACQ_REL);
  cairni_collect (CAIRNI_FORCED);
  __atomic_fetch_sub (&nwanted, 1, __ATOMIC_ACQ_REL);
  cairni_sched_enter ();
  cairni_goroutine_lock_all ();
  cairni_goroutine_each (list_one, &list);
  cairni_goroutine_unlock_all ();
  cairni_sched_leave ();
  return list.n;
}
