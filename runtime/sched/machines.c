/* machines.c: the threads that run goroutines.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A thread without work lets go of its P and sleeps: until somebody gives it
   one, or, one of them, the poller, in the system's poller until a timer or a
   descriptor is due.  The main thread is one of these threads, if main was
   compiled for a growable stack: main is a goroutine then.

   New threads are made by the monitor, which is in no section.  */

#define _GNU_SOURCE
#include "base/hooks.h"
#include "base/options.h"
#include "os/end-signals.h"
#include "os/signal-stack.h"
#include "os/sys.h"
#include "os/thread-os.h"
#include "sched/dump.h"
#include "sched/scheduler.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

__thread struct cairni_m *cairni_m_self
    __attribute__ ((tls_model ("initial-exec")));

static struct cairni_meta_pool m_pool
    = CAIRNI_META_POOL (sizeof (struct cairni_m));

static struct cairni_m *
new_m (void)
{
  struct cairni_thread *thread = cairni_thread_self;
  struct cairni_m *m = cairni_meta_alloc (&m_pool);
  if (!m)
    cairni_fatal ("out of memory for a thread");
  m->thread = thread;
  m->tcb = thread->tcb;
  m->errno_location = &errno;
  cairni_arch_get_float (&m->float_settings);
  m->tid = thread->tid;
  cairni_m_self = m;
  return m;
}

/* Whether the calling thread is main's, which main left for a growable stack.
 */
static bool
can_adopt_main (void)
{
  return cairni_sys_tid () == cairni_sys_pid ()
         && cairni_stack_words (cairni_arch_thread_pointer ())->stack_nbytes;
}

struct cairni_m *
cairni_sched_attach (void)
{
  /* Whatever the thread waits for may be a timer's doing.  */
  cairni_sched_start ();
  if (cairni_m_self)
    return cairni_m_self;
  cairni_thread_enter (cairni_thread_self);
  struct cairni_m *m = new_m ();
  m->is_user = true;
  m->own = m->g = cairni_goroutine_for_thread (m);
  if (!m->g)
    cairni_fatal ("out of memory for a goroutine");
  cairni_sched_leave ();
  return m;
}

void
cairni_sched_thread_end (void)
{
  struct cairni_m *m = cairni_m_self;
  if (!m || !m->is_user)
    return;
  cairni_thread_enter (cairni_thread_self);
  m->own->fn = NULL;
  m->own->stack_nbytes = m->own->high_water_nbytes = 0;
  cairni_goroutine_recycle (m, m->own);
  cairni_m_self = NULL;
  cairni_meta_free (&m_pool, m);
  cairni_sched_leave ();
}

/* -- Lists, with the scheduler's lock.  */

static struct cairni_p *
pop_idle_p_locked (void)
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

/* Whether everything waits for something else of ours.  */
static bool
is_deadlocked_locked (void)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  return (int)s->nidle_ms + s->nblocked >= (int)s->nms && s->nwanted_ms == 0
         && s->ngs == 0 && cairni_timers_count () == 0
         && __atomic_load_n (&cairni_poll_nwaiters, __ATOMIC_RELAXED) == 0
         /* There are no others but the monitor.  */
         && __atomic_load_n (&cairni_os_nbirths, __ATOMIC_SEQ_CST) == 0
         && __atomic_load_n (&cairni_thread_count, __ATOMIC_RELAXED)
                <= s->nms + 1;
}

void
cairni_sched_check_deadlock (void)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  cairni_lock_acquire (&s->lock);
  bool is_deadlocked = s->nms > 0 && is_deadlocked_locked ();
  cairni_lock_release (&s->lock);
  if (is_deadlocked && !cairni_sched_has_work ())
    cairni_sched_deadlock ();
}

/* -- P's change hands.  */

static void
set_owner (struct cairni_p *p, struct cairni_m *m)
{
  cairni_spin_acquire (&p->lock);
  __atomic_store_n (&p->m, m, __ATOMIC_RELAXED);
  p->tick++;
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
  set_owner (p, m);
  m->next_p = p;
  wake_m (m);
}

/* Have the poller come out.  */
static void
poke_locked (void)
{
  struct cairni_m *poller = cairni_scheduler.poller;
  cairni_scheduler.poller = NULL;
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
      if ((p = pop_idle_p_locked ()))
        m = pop_idle_m_locked ();
    }
  else if (s->idle_ps && s->poller)
    poke_locked ();
  else if (s->idle_ps && s->nwanted_ms < s->nidle_ps)
    {
      s->nwanted_ms++;
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

bool
cairni_sched_hand_off (struct cairni_m *m, struct cairni_p *p)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  cairni_spin_acquire (&p->lock);
  bool had = p->m == m;
  bool has_work = p->ngs != 0 || p->next;
  if (had)
    __atomic_store_n (&p->m, NULL, __ATOMIC_RELAXED);
  cairni_spin_release (&p->lock);
  if (!had)
    return false;
  cairni_lock_acquire (&s->lock);
  push_idle_p_locked (p);
  has_work
      |= s->ngs != 0
         || (!s->poller
             && (cairni_timers_next_ns != SIZE_MAX
                 || __atomic_load_n (&cairni_poll_nwaiters, __ATOMIC_RELAXED)));
  cairni_lock_release (&s->lock);
  if (has_work)
    cairni_sched_wake (true);
  return true;
}

/* Sleep until another has set WAKE, at most TIMEOUT_NS; 0: however long.  */
static void
sleep_m (struct cairni_m *m, size_t timeout_ns)
{
  cairni_sched_leave ();
  size_t start = timeout_ns ? cairni_sys_now_ns () : 0;
  while (!__atomic_load_n (&m->wake, __ATOMIC_ACQUIRE))
    {
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
      s->poller = NULL;
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
  m->p = pop_idle_p_locked ();
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
  set_owner (m->p, m);
  cairni_monitor_wake ();
}

void
cairni_sched_stop_polling (struct cairni_m *m, bool wants_p)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  cairni_lock_acquire (&s->lock);
  if (s->poller == m)
    s->poller = NULL;
  s->nidle_ms--;
  if (wants_p)
    m->p = pop_idle_p_locked ();
  cairni_lock_release (&s->lock);
  if (m->p)
    {
      set_owner (m->p, m);
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
    __atomic_store_n (&p->m, NULL, __ATOMIC_RELAXED);
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
      s->poller = m;
      s->nidle_ms++;
    }
  else
    enlist_locked (m);
  bool is_deadlocked = is_deadlocked_locked ();
  cairni_lock_release (&s->lock);
  /* See .inv.sched.wake.  */
  if (cairni_sched_has_work ())
    {
      if (delist (m))
        {
          /* Others that are said to look for work may be about to be stopped,
             by a collection that waits for this thread: let it be stopped, too,
             and look in any case.  */
          cairni_sched_leave ();
          cairni_thread_enter (cairni_thread_self);
          m->is_spinning = true;
          __atomic_fetch_add (&s->nspinning, 1, __ATOMIC_SEQ_CST);
          return;
        }
    }
  else if (is_deadlocked)
    cairni_sched_deadlock ();
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
  bool is_deadlocked = false;
  if (!m->is_user)
    {
      cairni_lock_acquire (&s->lock);
      s->nblocked++;
      cairni_lock_release (&s->lock);
      if (m->p)
        cairni_sched_hand_off (m, m->p);
      cairni_lock_acquire (&s->lock);
      is_deadlocked = is_deadlocked_locked ();
      cairni_lock_release (&s->lock);
      m->p = NULL;
    }
  if (is_deadlocked && !__atomic_load_n (&m->wake, __ATOMIC_ACQUIRE)
      && !cairni_sched_has_work ())
    cairni_sched_deadlock ();
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
    __atomic_store_n (&p->m, other, __ATOMIC_RELAXED);
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
  if (cairni_timers_next_ns
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
      && (!m->p || __atomic_load_n (&m->p->ngs, __ATOMIC_RELAXED)
          || __atomic_load_n (&m->p->next, __ATOMIC_RELAXED)))
    cairni_sched_wake (!m->p);
}

/* -- Beginning.  */

/* A thread for goroutines: outside of sections.  */
static void *
run_machine (void *unused)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  struct cairni_thread *thread = cairni_thread_get ();
  struct cairni_stack_words *words
      = cairni_stack_words (cairni_arch_thread_pointer ());
  (void)unused;
  words->system_sp = cairni_signals_use_stack (
      thread->stack_lo,
      cairni_align_down ((uintptr_t)__builtin_frame_address (0) - 4096, 64));
  cairni_thread_enter (thread);
  struct cairni_m *m = new_m ();
  cairni_lock_acquire (&s->lock);
  m->all_link = s->all_ms;
  s->all_ms = m;
  s->nwanted_ms--;
  __atomic_fetch_sub (&s->nstarting_ms, 1, __ATOMIC_SEQ_CST);
  s->nms++;
  cairni_lock_release (&s->lock);
  cairni_arch_on_system (cairni_schedule);
}

bool
cairni_sched_make_thread (void)
{
  pthread_t thread;
  pthread_attr_t attr;
  pthread_attr_init (&attr);
  pthread_attr_setdetachstate (&attr, PTHREAD_CREATE_DETACHED);
  int error = pthread_create (&thread, &attr, run_machine, NULL);
  pthread_attr_destroy (&attr);
  return error == 0;
}

static unsigned
count_ps (void)
{
  size_t n = cairni_max_procs ? cairni_max_procs : cairni_sys_ncpus ();
  return cairni_max (1, cairni_min (n, 1024));
}

/* Make P's, all idle.  */
static void
make_ps (struct cairni_scheduler *s)
{
  if (!s->ps)
    {
      s->nps = count_ps ();
      s->ps = cairni_sys_map (
          cairni_align_up (s->nps * sizeof *s->ps, CAIRNI_SYS_PAGE_NBYTES));
      if (!s->ps)
        cairni_fatal ("out of memory for the scheduler");
    }
  for (unsigned i = s->nps; i-- > 0;)
    {
      s->ps[i].id = i;
      s->ps[i].link = s->idle_ps;
      s->idle_ps = &s->ps[i];
    }
  s->nidle_ps = s->nps;
}

/* main, which called, is a goroutine from now on.  Threads of the program's own
   may have begun before it, so that all P's may be in use; then it goes on like
   one whose P was taken from it.  */
static void
adopt_main (struct cairni_scheduler *s)
{
  struct cairni_m *m = new_m ();
  m->g = cairni_goroutine_for_thread (m);
  if (!m->g)
    cairni_fatal ("out of memory for a goroutine");
  m->g->is_thread = false;
  cairni_lock_acquire (&s->lock);
  m->all_link = s->all_ms;
  s->all_ms = m;
  s->nms++;
  struct cairni_p *p = pop_idle_p_locked ();
  cairni_lock_release (&s->lock);
  m->p = p ? p : s->ps;
  if (p)
    {
      set_owner (p, m);
      cairni_monitor_wake ();
    }
  else
    cairni_monitor_ask (m);
}

void
cairni_sched_start (void)
{
  static int state;
  struct cairni_scheduler *s = &cairni_scheduler;
  struct cairni_thread *thread = cairni_thread_get ();
  int expected = 0;
  /* One makes it, others wait.  */
  cairni_thread_enter (thread);
  if (__atomic_compare_exchange_n (&state, &expected, 1, false,
                                   __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
    {
      make_ps (s);
      __atomic_store_n (&state, 2, __ATOMIC_RELEASE);
    }
  while (__atomic_load_n (&state, __ATOMIC_ACQUIRE) < 2)
    cairni_relax ();
  if (!cairni_m_self && can_adopt_main ())
    adopt_main (s);
  cairni_sched_leave ();
  expected = 2;
  if (__atomic_compare_exchange_n (&state, &expected, 3, false,
                                   __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
    {
      cairni_monitor_start ();
      cairni_end_signals_init (cairni_fatal_signal);
      __atomic_store_n (&s->is_started, true, __ATOMIC_RELEASE);
    }
}

void
cairni_sched_after_fork (void)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  struct cairni_m *m = cairni_m_self;
  if (!s->is_started)
    return;
  for (unsigned i = 0; i < s->nps; i++)
    {
      struct cairni_p *p = &s->ps[i];
      *p = (struct cairni_p){ .id = i };
    }
  s->lock.word = 0;
  s->idle_ps = NULL;
  s->idle_ms = s->poller = s->all_ms = NULL;
  s->nidle_ms = s->nms = s->nwanted_ms = s->nblocked = s->nspinning = 0;
  s->first = s->last = NULL;
  s->ngs = 0;
  cairni_os_nbirths = 0;
  make_ps (s);
  cairni_timers_after_fork ();
  cairni_poll_after_fork ();
  cairni_goroutine_after_fork (m ? m->g : NULL);
  if (m)
    m->tid = cairni_sys_tid ();
  if (m && !m->is_user)
    {
      m->all_link = NULL;
      s->all_ms = m;
      s->nms = 1;
      m->p = pop_idle_p_locked ();
      set_owner (m->p, m);
    }
  cairni_monitor_start ();
}
