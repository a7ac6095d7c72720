/* machines.c: the threads that run goroutines.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A thread without work lets go of its P and sleeps: until somebody gives it
   one, or, one of them, the poller, in the system's poller until a timer or a
   descriptor is due.  start.c says where these threads come from.  */

#include "os/sys.h"
#include "sched/scheduler.h"

/* -- Lists, with the scheduler's lock.  */

struct cairni_p *
cairni_sched_pop_idle_p_locked (void)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  struct cairni_p *p = s->idle_ps;
  if (p)
    {
      s->idle_ps = p->link;
      __atomic_store_n (&s->nidle_ps, s->nidle_ps - 1, __ATOMIC_SEQ_CST);
    }
  return p;
}

static void
push_idle_p_locked (struct cairni_p *p)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  p->link = s->idle_ps;
  s->idle_ps = p;
  __atomic_store_n (&s->nidle_ps, s->nidle_ps + 1, __ATOMIC_SEQ_CST);
}

static struct cairni_m *
pop_idle_m_locked (void)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  struct cairni_m *m = s->idle_ms;
  if (m)
    {
      s->idle_ms = m->link;
      s->nidle_ms--;
    }
  return m;
}

/* -- P's change hands.  */

/* M, or NULL, has P from now on.  Who had it uses its shard no more, or is the
   caller, and the scheduler does not.  With P's lock.  */
static void
change_owner_locked (struct cairni_p *p, struct cairni_m *m)
{
  if (p->m)
    cairni_poke (p->m->shard->number, 0);
  if (m)
    cairni_poke (m->shard->number, p->shard);
  cairni_poke (p->m, m);
}

void
cairni_sched_set_owner (struct cairni_p *p, struct cairni_m *m)
{
  cairni_spin_acquire (&p->lock);
  change_owner_locked (p, m);
  cairni_sched_begin_slice (p);
  cairni_spin_release (&p->lock);
}

static void
wake_m (struct cairni_m *m)
{
  __atomic_store_n (&m->wake, 1, __ATOMIC_RELEASE);
  cairni_sys_futex_wake (&m->wake, 1);
}

static void
give_p (struct cairni_m *m, struct cairni_p *p)
{
  cairni_sched_set_owner (p, m);
  m->next_p = p;
  wake_m (m);
}

/* Have the poller come out.  */
static void
poke_locked (void)
{
  struct cairni_m *poller = cairni_scheduler.poller;
  cairni_poke (cairni_scheduler.poller, NULL);
  __atomic_store_n (&poller->wake, 1, __ATOMIC_RELEASE);
  if (poller->is_polling)
    cairni_poll_wake ();
  else
    cairni_sys_futex_wake (&poller->wake, 1);
}

void
cairni_sched_wake (bool force)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  unsigned none = 0;
  if (__atomic_load_n (&s->nidle_ps, __ATOMIC_SEQ_CST) == 0)
    return;
  if (force)
    __atomic_fetch_add (&s->nspinning, 1, __ATOMIC_SEQ_CST);
  else if (__atomic_load_n (&s->nspinning, __ATOMIC_SEQ_CST) != 0
           || !__atomic_compare_exchange_n (&s->nspinning, &none, 1, false,
                                            __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
    return;
  struct cairni_p *p = NULL;
  struct cairni_m *m = NULL;
  cairni_lock_acquire (&s->lock);
  if (s->idle_ms)
    {
      if ((p = cairni_sched_pop_idle_p_locked ()))
        m = pop_idle_m_locked ();
    }
  else if (s->idle_ps && s->poller)
    poke_locked ();
  else if (s->idle_ps && s->nwanted_ms < s->nidle_ps)
    {
      cairni_poke (s->nwanted_ms, s->nwanted_ms + 1);
      cairni_monitor_call ();
    }
  cairni_lock_release (&s->lock);
  if (m)
    {
      m->is_spinning = true;
      give_p (m, p);
      cairni_monitor_wake ();
    }
  else
    __atomic_fetch_sub (&s->nspinning, 1, __ATOMIC_SEQ_CST);
}

/* P's owner, if it is to be LET_GO, has it no longer, and others can.  With P's
   lock, which is released.  Returns LET_GO.  */
static bool
change_hands (struct cairni_p *p, bool let_go)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  bool has_work = p->ngs != 0 || p->next;
  if (let_go)
    change_owner_locked (p, NULL);
  cairni_spin_release (&p->lock);
  if (!let_go)
    return false;
  cairni_lock_acquire (&s->lock);
  push_idle_p_locked (p);
  has_work
      |= s->ngs != 0
         || (!s->poller
             && (cairni_peek (cairni_timers_next_ns) != SIZE_MAX
                 || cairni_peek (cairni_poll_nwaiters)));
  cairni_lock_release (&s->lock);
  if (has_work)
    cairni_sched_wake (true);
  return true;
}

bool
cairni_sched_hand_off (struct cairni_m *m, struct cairni_p *p)
{
  cairni_spin_acquire (&p->lock);
  return change_hands (p, p->m == m);
}

bool
cairni_sched_take_away (struct cairni_m *m, struct cairni_p *p)
{
  unsigned *number = &m->shard->number;
  cairni_spin_acquire (&p->lock);
  bool had = p->m == m;
  if (had)
    cairni_poke (*number, 0);
  cairni_spin_release (&p->lock);
  if (!had)
    return false;
  /* See .inv.shard.pinned.  */
  cairni_sys_barrier ();
  cairni_spin_acquire (&p->lock);
  /* If it lost P and got it anew meanwhile, it is not stuck.  */
  had = p->m == m && cairni_peek (*number) == 0;
  bool is_pinned
      = p->shard && __atomic_load_n (&m->shard->is_pinned, __ATOMIC_ACQUIRE);
  if (had && is_pinned)
    cairni_poke (*number, p->shard);
  return change_hands (p, had && !is_pinned);
}

/* Sleep until another has set WAKE, at most TIMEOUT_NS; 0: however long.  */
static void
sleep_m (struct cairni_m *m, size_t timeout_ns)
{
  cairni_goroutine_give_dead (m);
  cairni_sched_leave ();
  size_t start = timeout_ns ? cairni_sys_now_ns () : 0;
  while (!__atomic_load_n (&m->wake, __ATOMIC_ACQUIRE))
    {
      cairni_sys_wipe_stack ();
      cairni_sys_futex_wait (&m->wake, 0, timeout_ns);
      if (timeout_ns && cairni_sys_now_ns () - start >= timeout_ns)
        break;
    }
  cairni_thread_enter (cairni_thread_self);
}

/* M, self, can be given a P from now on.  */
static void
enlist_locked (struct cairni_m *m)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  m->p = NULL;
  m->wake = 0;
  m->next_p = NULL;
  m->link = s->idle_ms;
  s->idle_ms = m;
  s->nidle_ms++;
}

/* Sleep until M, in the list of idle ones, is given a P.  */
static void
stop (struct cairni_m *m)
{
  sleep_m (m, 0);
  m->p = m->next_p;
}

/* M, self, found work after it was entered as the poller or an idle one. False:
   it has been found there meanwhile.  */
static bool
delist (struct cairni_m *m)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  bool found = false;
  cairni_lock_acquire (&s->lock);
  if (s->poller == m)
    {
      cairni_poke (s->poller, NULL);
      s->nidle_ms--;
      found = true;
    }
  for (struct cairni_m **link = &s->idle_ms; *link && !found;
       link = &(*link)->link)
    if (*link == m)
      {
        *link = m->link;
        s->nidle_ms--;
        found = true;
        break;
      }
  cairni_lock_release (&s->lock);
  return found;
}

static void
stop_spinning (struct cairni_m *m)
{
  if (m->is_spinning)
    {
      m->is_spinning = false;
      __atomic_fetch_sub (&cairni_scheduler.nspinning, 1, __ATOMIC_SEQ_CST);
    }
}

void
cairni_sched_get_p (struct cairni_m *m)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  cairni_lock_acquire (&s->lock);
  m->p = cairni_sched_pop_idle_p_locked ();
  if (!m->p)
    {
      /* Who finds it in the list may have it spin again.  */
      stop_spinning (m);
      enlist_locked (m);
      cairni_lock_release (&s->lock);
      stop (m);
      return;
    }
  cairni_lock_release (&s->lock);
  cairni_sched_set_owner (m->p, m);
  cairni_monitor_wake ();
}

void
cairni_sched_stop_polling (struct cairni_m *m, bool wants_p)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  cairni_lock_acquire (&s->lock);
  if (s->poller == m)
    cairni_poke (s->poller, NULL);
  s->nidle_ms--;
  if (wants_p)
    m->p = cairni_sched_pop_idle_p_locked ();
  cairni_lock_release (&s->lock);
  if (m->p)
    {
      cairni_sched_set_owner (m->p, m);
      cairni_monitor_wake ();
    }
}

/* Sleep as the poller, which M, self, is.  */
static void
poll (struct cairni_m *m)
{
  size_t next_ns = __atomic_load_n (&cairni_timers_next_ns, __ATOMIC_ACQUIRE);
  size_t now_ns = cairni_sys_now_ns ();
  size_t timeout_ns = next_ns == SIZE_MAX ? SIZE_MAX
                      : next_ns > now_ns  ? next_ns - now_ns
                                          : 0;
  if (timeout_ns && m->is_polling)
    {
      cairni_poll_run (m, timeout_ns);
      return;
    }
  if (timeout_ns)
    sleep_m (m, timeout_ns);
  cairni_sched_stop_polling (m, false);
}

void
cairni_sched_idle (struct cairni_m *m)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  struct cairni_p *p = m->p;
  cairni_spin_acquire (&p->lock);
  bool had = p->m == m && p->ngs == 0 && !p->next;
  if (had)
    change_owner_locked (p, NULL);
  cairni_spin_release (&p->lock);
  if (!had)
    return;
  cairni_lock_acquire (&s->lock);
  stop_spinning (m);
  push_idle_p_locked (p);
  bool has_waiters
      = __atomic_load_n (&cairni_poll_nwaiters, __ATOMIC_ACQUIRE) != 0;
  bool has_timers
      = __atomic_load_n (&cairni_timers_next_ns, __ATOMIC_ACQUIRE) != SIZE_MAX;
  bool is_poller = (has_waiters || has_timers) && !s->poller;
  if (is_poller)
    {
      m->p = NULL;
      m->wake = 0;
      m->is_polling = has_waiters;
      cairni_poke (s->poller, m);
      s->nidle_ms++;
    }
  else
    enlist_locked (m);
  cairni_lock_release (&s->lock);
  /* See .inv.sched.wake.  */
  if (cairni_sched_has_work () && delist (m))
    {
      /* Others that are said to look for work may be about to be stopped, by a
         collection that waits for this thread: let it be stopped, too, and look
         in any case.  */
      cairni_sched_leave ();
      cairni_thread_enter (cairni_thread_self);
      m->is_spinning = true;
      __atomic_fetch_add (&s->nspinning, 1, __ATOMIC_SEQ_CST);
      return;
    }
  if (is_poller)
    poll (m);
  else
    stop (m);
}

void
cairni_sched_wait_on_thread (struct cairni_m *m)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  struct cairni_goroutine *g = m->g;
  if (!m->is_user)
    {
      cairni_lock_acquire (&s->lock);
      s->nblocked++;
      cairni_lock_release (&s->lock);
      if (m->p)
        cairni_sched_hand_off (m, m->p);
      m->p = NULL;
    }
  sleep_m (m, 0);
  m->p = m->next_p;
  m->next_p = NULL;
  g->on_thread = false;
  __atomic_store_n (&g->state, CAIRNI_RUNNING, __ATOMIC_RELEASE);
}

void
cairni_sched_wake_thread (struct cairni_m *m, struct cairni_goroutine *g)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  struct cairni_m *other = g->m;
  if (other->is_user)
    {
      wake_m (other);
      return;
    }
  struct cairni_p *p = m->p;
  cairni_spin_acquire (&p->lock);
  bool had = p->m == m;
  if (had)
    change_owner_locked (p, other);
  cairni_spin_release (&p->lock);
  m->p = NULL;
  if (!had)
    {
      cairni_sched_put_global (g);
      return;
    }
  cairni_lock_acquire (&s->lock);
  s->nblocked--;
  cairni_lock_release (&s->lock);
  other->next_p = p;
  wake_m (other);
}

void
cairni_sched_timer_changed (void)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  cairni_lock_acquire (&s->lock);
  bool has_poller = s->poller != NULL;
  if (has_poller)
    poke_locked ();
  bool is_idle = s->nidle_ps == s->nps;
  cairni_lock_release (&s->lock);
  /* Nobody who could look: a thread of the program's own set it.  */
  if (!has_poller && is_idle)
    cairni_sched_wake (true);
  if (cairni_peek (cairni_timers_next_ns)
      < __atomic_load_n (&s->monitor_until_ns, __ATOMIC_SEQ_CST))
    cairni_monitor_call ();
}

void
cairni_sched_waiter_added (struct cairni_m *m)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  cairni_lock_acquire (&s->lock);
  bool has_poller = s->poller != NULL;
  /* It sleeps until a timer is due, and shall look anew.  */
  if (has_poller && !s->poller->is_polling)
    poke_locked ();
  cairni_lock_release (&s->lock);
  /* M will poll, unless it has something else to do.  Should it lose its P it
     is seen to there.  */
  if (!has_poller
      && (!m->p || cairni_peek (m->p->ngs)
          || cairni_peek (m->p->next)))
    cairni_sched_wake (!m->p);
}
