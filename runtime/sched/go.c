/* go.c: the interface of cairn/go.h.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).
 */

#include "cairn/go.h"
#include "os/sys.h"
#include "sched/dump.h"
#include "sched/leaks.h"
#include "sched/scheduler.h"

CAIRNI_PUBLIC void
cairn_go (void (*fn) (void *), void *arg)
{
  if (!fn)
    cairni_sched_fault ("go of nil func value");
  if (cairni_unlikely (
          !__atomic_load_n (&cairni_scheduler.is_started, __ATOMIC_ACQUIRE)))
    cairni_sched_start ();
  struct cairni_m *m = cairni_sched_enter ();
  struct cairni_goroutine *g = cairni_goroutine_create (m, fn, arg);
  if (!g)
    cairni_fatal ("out of memory for a goroutine");
  g->created_at = cairni_goroutine_caller (m);
  g->created_by = m->g->id;
  cairni_sched_start_goroutine (m, g);
  cairni_sched_leave ();
}

CAIRNI_PUBLIC size_t
cairn_num_goroutine (void)
{
  /* main is not counted as one.  */
  return cairni_goroutine_count () + 1;
}

CAIRNI_PUBLIC size_t
cairn_max_procs (void)
{
  cairni_sched_start ();
  return cairni_scheduler.nps;
}

CAIRNI_PUBLIC void
cairn_lock_thread (void)
{
  struct cairni_m *m = cairni_sched_enter ();
  m->g->nbound++;
  cairni_sched_leave ();
}

CAIRNI_PUBLIC void
cairn_unlock_thread (void)
{
  struct cairni_m *m = cairni_sched_enter ();
  if (m->g->nbound > 0)
    m->g->nbound--;
  cairni_sched_leave ();
}

CAIRNI_PUBLIC void
cairn_dump_goroutines (void)
{
  cairni_dump_all ();
}

CAIRNI_PUBLIC size_t
cairn_find_leaked_goroutines (uint64_t *ids, size_t max)
{
  return cairni_leaks_find (ids, max);
}

CAIRNI_PUBLIC size_t
cairn_dump_leaked_goroutines (void)
{
  return cairni_leaks_find (NULL, 0) ? cairni_dump_leaked () : 0;
}

CAIRNI_PUBLIC int64_t
cairn_now (void)
{
  return cairni_sys_now_ns ();
}

static void
wake_up (struct cairni_m *m, void *arg, uint64_t unused)
{
  (void)unused;
  cairni_ready (m, arg, false);
}

static void
begin_timer (void *timer)
{
  cairni_timers_add (timer);
}

/* Called by assembly: see parking.def.  */
extern void cairni_park_sleep (int64_t ns);

void
cairni_park_sleep (int64_t ns)
{
  if (ns <= 0)
    return;
  struct cairni_m *m = cairni_sched_enter ();
  struct cairni_goroutine *g = m->g;
  size_t now_ns = cairni_sys_now_ns ();
  g->timer = (struct cairni_timer){
    .when_ns = now_ns + ns,
    .fn = wake_up,
    .arg = g,
  };
  cairni_park_with (m, CAIRNI_WAIT_SLEEP, begin_timer, &g->timer, NULL);
  cairni_sched_leave ();
}
