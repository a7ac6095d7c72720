/* monitor.c: a thread that watches the others.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   It makes threads when there are too few, and looks at each P now and then,
   more often while there was something to do:

     - A P whose thread is stuck in a system call is taken from it, if there is
       work for it.
     - A goroutine that has run for a time slice is asked to let others run, at
       its next stack check that comes by; if none does, by a signal.  What the
       signal interrupts in a function of ours waits right there, on its thread:
       the stack may not move, and registers may hold addresses of the thread.
       If it interrupts foreign code, that goes on, but without the P.
     - Timers are run, and descriptors looked at, should no other thread be able
       to.

   When all P's are idle it looks for a deadlock, and sleeps until one is not.  */

#include "base/options.h"
#include "gc/world.h"
#include "os/signals.h"
#include "os/sys.h"
#include "os/thread-os.h"
#include "sched/dump.h"
#include "sched/scheduler.h"

/* What the monitor's futex says.  */
enum
{
  MONITOR_LOOKS,  /* It does, or will soon.  */
  MONITOR_SLEEPS, /* Until it is woken.  */
  MONITOR_CALLED  /* It shall look at once.  */
};

#define SLICE_NS ((size_t)10000000)
#define PERIOD_MIN_NS ((size_t)20000)
#define PERIOD_MAX_NS ((size_t)10000000)

/* After so many looks at nothing the period doubles.  */
#define PATIENCE 50

size_t cairni_monitor_clock_ns;

/* SIGQUIT has come where nobody could answer it.  */
static bool shall_quit;

static void
set_clock (size_t now_ns)
{
  __atomic_store_n (&cairni_monitor_clock_ns, now_ns, __ATOMIC_RELAXED);
}

void
cairni_monitor_ask (struct cairni_m *m)
{
  struct cairni_stack_words *words = cairni_stack_words (m->tcb);
  __atomic_store_n (&words->yield, 1, __ATOMIC_RELEASE);
  __atomic_store_n (&words->guard, UINTPTR_MAX, __ATOMIC_RELEASE);
}

/* Look at P, without its lock: whoever has that shall not have to wait for this
   thread.  Returns whether there was something to do.  */
static bool
watch (struct cairni_p *p, size_t now_ns)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  struct cairni_m *m = __atomic_load_n (&p->m, __ATOMIC_ACQUIRE);
  uint64_t tick = cairni_peek (p->tick);
  if (!m || tick != p->seen_tick)
    {
      p->seen_tick = tick;
      p->seen_ns = now_ns;
      p->was_asked = false;
      return false;
    }
  bool is_wanted = cairni_sched_seems_to_have_work ()
                   || cairni_peek (cairni_timers_next_ns) <= now_ns;
  bool shall_poll
      = !cairni_peek (s->poller) && cairni_peek (cairni_poll_nwaiters) != 0;
  if (!is_wanted && !shall_poll)
    return false;
  if (cairni_sys_thread_is_blocked (m->tid))
    {
      bool had = cairni_sched_take_away (m, p);
      cairni_monitor_ask (m);
      return had;
    }
  if (is_wanted && now_ns - p->seen_ns >= SLICE_NS)
    {
      if (p->was_asked)
        cairni_sys_signal_thread (m->tid, CAIRNI_STOP_SIGNAL,
                                  CAIRNI_PREEMPT_COOKIE, NULL);
      p->was_asked = true;
      p->seen_ns = now_ns;
      cairni_monitor_ask (m);
    }
  return false;
}

void
cairni_monitor_signal (void)
{
  struct cairni_m *m = cairni_m_self;
  struct cairni_thread *thread = cairni_thread_self;
  if (!m || m->is_user || thread->in_section || cairn_shard.is_pinned || !m->g
      || m->g->on_thread
      || !cairni_sched_owns (m) || !cairni_sched_seems_to_have_work ())
    return;
  struct cairni_goroutine *g = m->g;
  cairni_thread_enter (thread);
  if (!cairni_stack_words (m->tcb)->signal_sp)
    {
      /* Foreign code, or a handler.  */
      struct cairni_p *p = m->p;
      cairni_sched_hand_off (m, p);
      cairni_monitor_ask (m);
    }
  else
    {
      g->reason = CAIRNI_WAIT_PREEMPTED;
      g->on_thread = true;
      __atomic_store_n (&m->wake, 0, __ATOMIC_RELAXED);
      __atomic_store_n (&g->state, CAIRNI_RUNNABLE, __ATOMIC_RELEASE);
      cairni_sched_put_global (g);
      /* A collection may stop the thread while it waits.  */
      cairni_signals_unblock ();
      cairni_sched_wait_on_thread (m);
    }
  cairni_sched_leave ();
}

static void
trace (size_t now_ns, size_t start_ns)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  char queues[200];
  size_t n = 0;
  for (unsigned i = 0; i < s->nps && n < sizeof queues - 12; i++)
    {
      unsigned ngs = cairni_peek (s->ps[i].ngs)
                     + (cairni_peek (s->ps[i].next) != NULL), digits = 1;
      for (unsigned rest = ngs; rest >= 10; rest /= 10)
        digits++;
      if (i > 0)
        queues[n++] = ' ';
      for (unsigned d = digits; d-- > 0; ngs /= 10)
        queues[n + d] = '0' + ngs % 10;
      n += digits;
    }
  queues[n] = 0;
  cairni_print ("SCHED %zms: gomaxprocs=%z idleprocs=%z threads=%z "
                "spinningthreads=%z idlethreads=%z runqueue=%z [%s]",
                (now_ns - start_ns) / 1000000, (size_t)s->nps,
                (size_t)s->nidle_ps, (size_t)s->nms + 1, (size_t)s->nspinning,
                (size_t)s->nidle_ms, (size_t)s->ngs, queues);
}

/* Make threads that are wanted.  */
static void
make_threads (void)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  while (__atomic_load_n (&s->nwanted_ms, __ATOMIC_ACQUIRE)
         > __atomic_load_n (&s->nstarting_ms, __ATOMIC_ACQUIRE))
    {
      __atomic_fetch_add (&s->nstarting_ms, 1, __ATOMIC_SEQ_CST);
      if (cairni_sched_make_machine ())
        continue;
      /* Those that are there have to do.  */
      __atomic_fetch_sub (&s->nstarting_ms, 1, __ATOMIC_SEQ_CST);
      if (s->nms == 0)
        cairni_fatal ("cannot make a thread for goroutines");
      break;
    }
}

/* What there is to do at this moment; returns whether there was something.  */
static bool
look (size_t now_ns)
{
  static size_t polled_ns;
  struct cairni_scheduler *s = &cairni_scheduler;
  bool found = false;
  struct cairni_m *m = cairni_sched_enter ();
  for (unsigned i = 0; i < s->nps; i++)
    found |= watch (&s->ps[i], now_ns);
  /* Late timers: everybody is busy.  */
  size_t next_ns = __atomic_load_n (&cairni_timers_next_ns, __ATOMIC_ACQUIRE);
  if (next_ns <= now_ns && cairni_timers_run (m, now_ns) > 0)
    found = true;
  /* Nobody has looked at descriptors for so long: likewise.  */
  if (now_ns - polled_ns >= SLICE_NS)
    {
      polled_ns = now_ns;
      if (!__atomic_exchange_n (&cairni_poll_was_run, false, __ATOMIC_RELAXED)
          && !cairni_peek (s->poller) && cairni_peek (cairni_poll_nwaiters) != 0
          && cairni_poll_run (m, 0) > 0)
        found = true;
    }
  /* Wake-ups that were thought to be futile.  */
  if (cairni_peek (s->nidle_ps)
      && cairni_sched_seems_to_have_work ())
    cairni_sched_wake (false);
  cairni_sched_leave ();
  return found;
}

/* Whether everything waits for something else of ours.  */
static bool
is_deadlocked_locked (void)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  return (int)s->nidle_ms + s->nblocked >= (int)s->nms && s->nwanted_ms == 0
         && s->ngs == 0 && cairni_timers_count () == 0
         && cairni_peek (cairni_poll_nwaiters) == 0
         /* There are no others but this.  */
         && __atomic_load_n (&cairni_os_nbirths, __ATOMIC_SEQ_CST) == 0
         && __atomic_load_n (&cairni_thread_count, __ATOMIC_RELAXED)
                <= s->nms + 1;
}

/* End the program if everything waits for something else of ours.  All changes that
   lead there come from threads with a P, or from this one; and while a P is in use
   this one is awake.  */
static void
check_deadlock (void)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  cairni_sched_enter ();
  cairni_lock_acquire (&s->lock);
  bool is_deadlocked = s->nms > 0 && is_deadlocked_locked ();
  cairni_lock_release (&s->lock);
  is_deadlocked = is_deadlocked && !cairni_sched_has_work ();
  cairni_sched_leave ();
  if (is_deadlocked)
    cairni_sched_deadlock ();
}

/* Sleep until there is something to look at again, or a thread to make.  */
static void
sleep_for_good (size_t timeout_ns)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  __atomic_store_n (&s->monitor_word, MONITOR_SLEEPS, __ATOMIC_SEQ_CST);
  if (__atomic_load_n (&s->nidle_ps, __ATOMIC_SEQ_CST) == s->nps
      && __atomic_load_n (&s->nwanted_ms, __ATOMIC_SEQ_CST)
             <= __atomic_load_n (&s->nstarting_ms, __ATOMIC_SEQ_CST))
    cairni_sys_futex_wait (&s->monitor_word, MONITOR_SLEEPS, timeout_ns);
}

static void *
run (void *unused)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  size_t period_ns = PERIOD_MIN_NS, start_ns = cairni_sys_now_ns ();
  size_t traced_ns = start_ns, trace_ns = cairni_debug.schedtrace * 1000000;
  unsigned nothing = 0;
  (void)unused;
  cairni_sched_enter ()->g->is_system = true;
  cairni_sched_leave ();
  for (;;)
    {
      __atomic_store_n (&s->monitor_word, MONITOR_LOOKS, __ATOMIC_SEQ_CST);
      if (__atomic_load_n (&shall_quit, __ATOMIC_ACQUIRE))
        cairni_fatal_quit ();
      make_threads ();
      size_t now_ns = cairni_sys_now_ns ();
      set_clock (now_ns);
      if (trace_ns && now_ns - traced_ns >= trace_ns)
        {
          trace (now_ns, start_ns);
          traced_ns = now_ns;
        }
      if (look (now_ns))
        {
          nothing = 0;
          period_ns = PERIOD_MIN_NS;
        }
      else if (++nothing > PATIENCE)
        period_ns = cairni_min (2 * period_ns, PERIOD_MAX_NS);
      if (__atomic_load_n (&s->nidle_ps, __ATOMIC_SEQ_CST) == s->nps)
        {
          nothing = 0;
          period_ns = PERIOD_MIN_NS;
          check_deadlock ();
          sleep_for_good (trace_ns);
          continue;
        }
      size_t next_ns
          = __atomic_load_n (&cairni_timers_next_ns, __ATOMIC_ACQUIRE);
      size_t until_ns = cairni_min (now_ns + period_ns, next_ns);
      __atomic_store_n (&s->monitor_until_ns, until_ns, __ATOMIC_SEQ_CST);
      if (until_ns > now_ns)
        cairni_sys_futex_wait (&s->monitor_word, MONITOR_LOOKS,
                               until_ns - now_ns);
    }
  return NULL;
}

static void
wake (int expected)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  if (__atomic_compare_exchange_n (&s->monitor_word, &expected, MONITOR_CALLED,
                                   false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
    cairni_sys_futex_wake (&s->monitor_word, 1);
}

void
cairni_monitor_wake (void)
{
  if (__atomic_load_n (&cairni_scheduler.monitor_word, __ATOMIC_SEQ_CST)
      == MONITOR_SLEEPS)
    {
      set_clock (cairni_sys_now_ns ());
      wake (MONITOR_SLEEPS);
    }
}

void
cairni_monitor_call (void)
{
  wake (MONITOR_SLEEPS);
  wake (MONITOR_LOOKS);
}

void
cairni_monitor_quit (void)
{
  __atomic_store_n (&shall_quit, true, __ATOMIC_RELEASE);
  cairni_monitor_call ();
}

void
cairni_monitor_start (void)
{
  cairni_scheduler.nstarting_ms = 0;
  set_clock (cairni_sys_now_ns ());
  if (!cairni_sched_start_thread (run))
    cairni_fatal ("cannot make the scheduler's thread");
}
