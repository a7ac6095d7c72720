/* start.c: how the scheduler begins, and its threads.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   It begins when a thread first needs it.  The main thread becomes one of those
   that run goroutines, if main was compiled for a growable stack: main is a
   goroutine then.  More are made by the monitor, which is in no section.  Any
   other thread of the program has a machine for itself.  */

#define _GNU_SOURCE
#include "base/options.h"
#include "os/end-signals.h"
#include "os/signal-stack.h"
#include "os/sys.h"
#include "os/thread-os.h"
#include "sched/dump.h"
#include "sched/scheduler.h"

#include <errno.h>
#include <pthread.h>

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
  m->shard = &cairn_shard;
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
  m->g = cairni_goroutine_for_thread (m);
  if (!m->g)
    cairni_fatal ("out of memory for a goroutine");
  cairni_sched_leave ();
  return m;
}

/* M, which is new, is for goroutines.  */
static void
add_m_locked (struct cairni_m *m)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  s->nms++;
  m->next_m = s->all_ms;
  __atomic_store_n (&s->all_ms, m, __ATOMIC_RELEASE);
}

void
cairni_sched_thread_end (void)
{
  struct cairni_m *m = cairni_m_self;
  if (m && !m->is_user)
    return;
  cairni_thread_enter (cairni_thread_self);
  cairni_shard_free (cairni_shard_give_up ());
  if (m)
    {
      cairni_goroutine_recycle (m, m->g);
      cairni_m_self = NULL;
      cairni_meta_free (&m_pool, m);
    }
  cairni_sched_leave ();
}

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
  cairni_poke (s->nwanted_ms, s->nwanted_ms - 1);
  __atomic_fetch_sub (&s->nstarting_ms, 1, __ATOMIC_SEQ_CST);
  add_m_locked (m);
  cairni_lock_release (&s->lock);
  cairni_arch_on_system (cairni_schedule);
}

bool
cairni_sched_start_thread (void *(*run) (void *unused))
{
  pthread_t thread;
  pthread_attr_t attr;
  pthread_attr_init (&attr);
  pthread_attr_setdetachstate (&attr, PTHREAD_CREATE_DETACHED);
  int error = pthread_create (&thread, &attr, run, NULL);
  pthread_attr_destroy (&attr);
  return error == 0;
}

bool
cairni_sched_make_machine (void)
{
  return cairni_sched_start_thread (run_machine);
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
  bool has_shards = cairni_sys_prepare_barrier ();
  for (unsigned i = s->nps; i-- > 0;)
    {
      s->ps[i].id = i;
      s->ps[i].shard = has_shards ? cairni_shard_create () : 0;
      s->ps[i].link = s->idle_ps;
      s->idle_ps = &s->ps[i];
    }
  s->nidle_ps = s->nps;
}

/* main, which called, is a goroutine from now on.  Threads of the program's own
   may have begun before it, so that all P's may be in use; then it goes on like
   one whose P was taken from it.  If not, its shard becomes that of its P.  */
static void
adopt_main (struct cairni_scheduler *s)
{
  struct cairni_m *m = new_m ();
  m->g = cairni_goroutine_for_thread (m);
  if (!m->g)
    cairni_fatal ("out of memory for a goroutine");
  m->g->is_thread = false;
  cairni_lock_acquire (&s->lock);
  add_m_locked (m);
  struct cairni_p *p = cairni_sched_pop_idle_p_locked ();
  cairni_lock_release (&s->lock);
  m->p = p ? p : s->ps;
  unsigned number = cairni_shard_give_up ();
  if (p)
    {
      if (number && p->shard)
        {
          cairni_shard_free (p->shard);
          p->shard = number;
          number = 0;
        }
      cairni_sched_set_owner (p, m);
      cairni_monitor_wake ();
    }
  else
    cairni_monitor_ask (m);
  cairni_shard_free (number);
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
  cairni_shards_after_fork ();
  cairni_spin_after_fork ();
  if (!s->is_started)
    return;
  for (unsigned i = 0; i < s->nps; i++)
    {
      struct cairni_p *p = &s->ps[i];
      *p = (struct cairni_p){ .id = i };
    }
  s->lock.word = 0;
  s->idle_ps = NULL;
  s->idle_ms = s->poller = NULL;
  s->all_ms = NULL;
  s->nidle_ms = s->nms = s->nwanted_ms = s->nblocked = s->nspinning = 0;
  s->first = s->last = NULL;
  s->ngs = 0;
  cairni_os_nbirths = 0;
  make_ps (s);
  cairni_timers_after_fork ();
  cairni_poll_after_fork ();
  cairni_goroutine_after_fork (m);
  if (m)
    m->tid = cairni_sys_tid ();
  if (m && !m->is_user)
    {
      add_m_locked (m);
      m->p = cairni_sched_pop_idle_p_locked ();
      cairni_sched_set_owner (m->p, m);
    }
  cairni_monitor_start ();
}
