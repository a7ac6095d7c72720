/* scheduler.c: which goroutine runs next.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A thread with a P takes goroutines from its P's queue, now and then from the
   global queue; if there are none, from the global queue, from what is due by
   time or by descriptor, and from other P's, of which it takes half.  */

#include "sched/scheduler.h"
#include "sched/words.h"
#include "os/real.h"
#include "os/signal-stack.h"
#include "os/sys.h"
#include "stack/memory.h"

#include <pthread.h>
#include <sched.h>

#ifdef CAIRNI_STATIC
/* The C library's by its other name.  */
extern void __pthread_exit (void *result) __attribute__ ((noreturn));
#define REAL_EXIT __pthread_exit
#else
#define REAL_EXIT CAIRNI_REAL (pthread_exit)
#endif

/* So many choices per look at the global queue.  */
#define GLOBAL_PERIOD 61

/* At most so many are stolen at once.  */
#define STEAL_MAX 128

/* Rounds through all P's before a thread sleeps, and pauses in between.  */
#define STEAL_ROUNDS 4
#define STEAL_NPAUSES 60

/* A goroutine that was just made ready, and is alone, is not worth waking a
   thread for, if one looked for work in vain less than this long ago.  */
#define FUTILE_TICKS 200000

struct cairni_scheduler cairni_scheduler;

static void
push (struct cairni_goroutine **first, struct cairni_goroutine **last,
      struct cairni_goroutine *g)
{
  g->link = NULL;
  if (*first)
    (*last)->link = g;
  else
    *first = g;
  *last = g;
}

static struct cairni_goroutine *
pop (struct cairni_goroutine **first)
{
  struct cairni_goroutine *g = *first;
  if (g)
    *first = g->link;
  return g;
}

static void
push_p_locked (struct cairni_p *p, struct cairni_goroutine *g)
{
  push (&p->first, &p->last, g);
  cairni_poke (p->ngs, p->ngs + 1);
}

static struct cairni_goroutine *
pop_p_locked (struct cairni_p *p)
{
  struct cairni_goroutine *g = pop (&p->first);
  if (g)
    cairni_poke (p->ngs, p->ngs - 1);
  return g;
}

/* G goes to the end of P's queue, which is not empty, and its first out of
   it.  */
static struct cairni_goroutine *
rotate_p_locked (struct cairni_p *p, struct cairni_goroutine *g)
{
  struct cairni_goroutine *first = p->first;
  g->link = NULL;
  p->last->link = g;
  p->last = g;
  p->first = first->link;
  return first;
}

void
cairni_sched_put_global (struct cairni_goroutine *g)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  cairni_lock_acquire (&s->lock);
  push (&s->first, &s->last, g);
  cairni_poke (s->ngs, s->ngs + 1);
  cairni_lock_release (&s->lock);
}

/* G, and those behind it, come to P's queue.  */
static void
append (struct cairni_p *p, struct cairni_goroutine *g)
{
  if (!g)
    return;
  cairni_spin_acquire (&p->lock);
  for (struct cairni_goroutine *next; g; g = next)
    {
      next = g->link;
      push_p_locked (p, g);
    }
  cairni_spin_release (&p->lock);
}

/* Take one from the global queue, and for P its share of the others, MAX at
   most.  */
static struct cairni_goroutine *
take_global (struct cairni_p *p, unsigned max)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  struct cairni_goroutine *first = NULL, *last = NULL, *g;
  if (cairni_peek (s->ngs) == 0)
    return NULL;
  cairni_lock_acquire (&s->lock);
  unsigned n = cairni_min (s->ngs / s->nps + 1, max), taken = 0;
  while (taken < n && (g = pop (&s->first)))
    {
      push (&first, &last, g);
      taken++;
    }
  cairni_poke (s->ngs, s->ngs - taken);
  cairni_lock_release (&s->lock);
  struct cairni_goroutine *chosen = pop (&first);
  append (p, first);
  return chosen;
}

bool
cairni_sched_seems_to_have_work (void)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  bool found = cairni_peek (s->ngs) != 0;
  for (unsigned i = 0; i < s->nps && !found; i++)
    found = cairni_peek (s->ps[i].ngs) != 0
            || cairni_peek (s->ps[i].next);
  return found;
}

bool
cairni_sched_has_work (void)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  bool found = cairni_peek (s->ngs) != 0;
  for (unsigned i = 0; i < s->nps && !found; i++)
    {
      cairni_spin_acquire (&s->ps[i].lock);
      found = s->ps[i].ngs != 0 || s->ps[i].next;
      cairni_spin_release (&s->ps[i].lock);
    }
  return found;
}

/* Put G at the end of M's queue, or where NEXT is.  Returns whether it is worth
   to wake a thread for it.  */
static bool
put (struct cairni_m *m, struct cairni_goroutine *g, bool next)
{
  struct cairni_p *p = m->p;
  if (p)
    {
      cairni_spin_acquire (&p->lock);
      if (p->m == m)
        {
          bool is_alone = next && !p->next && !p->first;
          if (next)
            {
              struct cairni_goroutine *other = p->next;
              cairni_poke (p->next, g);
              g = other;
            }
          if (g)
            push_p_locked (p, g);
          uint64_t futile_ticks = cairni_peek (p->futile_ticks);
          cairni_spin_release (&p->lock);
          return __atomic_load_n (&cairni_scheduler.nidle_ps, __ATOMIC_SEQ_CST)
                     != 0
                 && (!is_alone
                     || cairni_arch_ticks () - futile_ticks > FUTILE_TICKS);
        }
      cairni_spin_release (&p->lock);
    }
  cairni_sched_put_global (g);
  return true;
}

static void
put_and_wake (struct cairni_m *m, struct cairni_goroutine *g, bool next)
{
  if (put (m, g, next))
    cairni_sched_wake (false);
}

void
cairni_ready (struct cairni_m *m, struct cairni_goroutine *g, bool next)
{
  if (g->on_thread && g->is_thread)
    {
      cairni_sched_wake_thread (NULL, g);
      return;
    }
  __atomic_store_n (&g->state, CAIRNI_RUNNABLE, __ATOMIC_RELEASE);
  put_and_wake (m, g, next);
}

void
cairni_sched_start_goroutine (struct cairni_m *m, struct cairni_goroutine *g)
{
  put_and_wake (m, g, true);
}

/* Steal half of what VICTIM has for P; with HARD also the one that it runs
   next.  */
static struct cairni_goroutine *
steal_from (struct cairni_p *victim, struct cairni_p *p, bool hard)
{
  struct cairni_goroutine *first = NULL, *last = NULL, *g;
  if (cairni_peek (victim->ngs) == 0
      && !(hard && cairni_peek (victim->next)))
    return NULL;
  cairni_spin_acquire (&victim->lock);
  unsigned n = cairni_min ((victim->ngs + 1) / 2, STEAL_MAX);
  for (unsigned i = 0; i < n && (g = pop_p_locked (victim)); i++)
    push (&first, &last, g);
  if (!first && hard && victim->next)
    {
      push (&first, &last, victim->next);
      cairni_poke (victim->next, NULL);
    }
  cairni_spin_release (&victim->lock);
  struct cairni_goroutine *chosen = pop (&first);
  append (p, first);
  return chosen;
}

static struct cairni_goroutine *
steal (struct cairni_m *m)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  for (unsigned round = 0; round < STEAL_ROUNDS; round++)
    {
      bool hard = round == STEAL_ROUNDS - 1;
      for (unsigned i = 1; i < s->nps; i++)
        {
          struct cairni_p *victim = &s->ps[(m->p->id + i) % s->nps];
          struct cairni_goroutine *g = steal_from (victim, m->p, hard);
          if (g)
            return g;
        }
      if (s->nps > 1)
        for (unsigned i = 0; i < STEAL_NPAUSES; i++)
          cairni_relax ();
    }
  for (unsigned i = 0; i < s->nps; i++)
    cairni_poke (s->ps[i].futile_ticks, cairni_arch_ticks ());
  return NULL;
}

static void
begin_spinning (struct cairni_m *m)
{
  if (!m->is_spinning)
    {
      m->is_spinning = true;
      __atomic_fetch_add (&cairni_scheduler.nspinning, 1, __ATOMIC_SEQ_CST);
    }
}

/* M has found work.  If it was the last to look for some, another shall: there
   may be more.  */
static void
end_spinning (struct cairni_m *m)
{
  if (!m->is_spinning)
    return;
  m->is_spinning = false;
  if (__atomic_sub_fetch (&cairni_scheduler.nspinning, 1, __ATOMIC_SEQ_CST)
      == 0)
    cairni_sched_wake (false);
}

/* The next of P's own queue; NULL: there is none, or P is not M's.  */
static struct cairni_goroutine *
take_own (struct cairni_m *m, struct cairni_p *p)
{
  struct cairni_goroutine *g = NULL;
  cairni_spin_acquire (&p->lock);
  if (p->m == m)
    {
      if ((g = p->next))
        cairni_poke (p->next, NULL);
      else if ((g = pop_p_locked (p)))
        cairni_sched_begin_slice (p);
    }
  cairni_spin_release (&p->lock);
  return g;
}

/* Look for the next goroutine for M, self, wherever there may be one; it may
   sleep meanwhile.  */
static CAIRNI_NOINLINE struct cairni_goroutine *
search (struct cairni_m *m)
{
  struct cairni_scheduler *s = &cairni_scheduler;
  struct cairni_goroutine *g;
  for (;;)
    {
      if (!cairni_sched_owns (m))
        cairni_sched_get_p (m);
      if (m->nchoices++ >= GLOBAL_PERIOD)
        {
          m->nchoices = 1;
          if (cairni_peek (cairni_timers_next_ns) != SIZE_MAX)
            cairni_timers_run (m, cairni_sys_now_ns ());
          if (cairni_peek (cairni_poll_nwaiters))
            cairni_poll_run (m, 0);
          if ((g = take_global (m->p, 1)))
            {
              cairni_sched_begin_slice (m->p);
              break;
            }
        }
      if ((g = take_own (m, m->p)))
        break;
      if (!cairni_sched_owns (m))
        continue;
      cairni_sched_begin_slice (m->p);
      if (cairni_peek (cairni_timers_next_ns) != SIZE_MAX
          && cairni_timers_run (m, cairni_sys_now_ns ()) > 0)
        continue;
      if ((g = take_global (m->p, STEAL_MAX)))
        break;
      if (cairni_peek (cairni_poll_nwaiters)
          && cairni_poll_run (m, 0) > 0)
        continue;
      /* Not more than half of those that work may look for it.  */
      if (m->is_spinning
          || 2 * cairni_peek (s->nspinning)
                 < s->nps - cairni_peek (s->nidle_ps))
        {
          begin_spinning (m);
          if ((g = steal (m)))
            break;
        }
      cairni_sched_idle (m);
    }
  end_spinning (m);
  return g;
}

/* The next goroutine for M, self.  */
CAIRNI_INLINE struct cairni_goroutine *
choose (struct cairni_m *m)
{
  struct cairni_goroutine *g;
  if (!m->p || m->is_spinning || m->nchoices >= GLOBAL_PERIOD
      || !(g = take_own (m, m->p)))
    return search (m);
  m->nchoices++;
  return g;
}

/* Run G.  Returns if that has got M's P.  */
static void
execute (struct cairni_m *m, struct cairni_goroutine *g)
{
  if (g->on_thread)
    {
      cairni_sched_wake_thread (m, g);
      return;
    }
  m->g = g;
  g->m = m;
  __atomic_store_n (&g->state, CAIRNI_RUNNING, __ATOMIC_RELEASE);
  cairni_words_load (m, g);
  if (g->saved_nbytes)
    {
      /* The thread may be stopped in here: what was stored stays a root until
         it is on the stack.  */
      cairni_sched_leave ();
      cairni_arch_resume_check (g->saved, g->saved_nbytes, g->saved_base,
                                &g->saved_nbytes);
    }
  void (*after) (struct cairni_m *, struct cairni_goroutine *) = g->after;
  g->after = NULL;
  if (after)
    {
      m->is_resuming = true;
      after (m, g);
      m->is_resuming = false;
    }
  cairni_thread_leave (m->thread);
  cairni_arch_resume (g->stack_sp, g->result, g->result2);
}

/* Run G, and then others for ever.  */
static void
run_from (struct cairni_m *m, struct cairni_goroutine *g)
{
  for (;;)
    {
      execute (m, g);
      g = choose (m);
    }
}

void
cairni_schedule (void)
{
  struct cairni_m *m = cairni_m_self;
  run_from (m, choose (m));
  __builtin_unreachable ();
}

void
cairni_park_with (struct cairni_m *m, enum cairni_reason_to_wait reason,
                  void (*unlock) (void *arg), void *arg,
                  void (*after) (struct cairni_m *m,
                                 struct cairni_goroutine *g))
{
  struct cairni_goroutine *g = m->g;
  cairni_words_begin_unload (m);
  g->reason = reason;
  __atomic_store_n (&g->state, CAIRNI_WAITING, __ATOMIC_RELEASE);
  if (!g->is_thread && g->nbound == 0 && cairni_stack_words (m->tcb)->park_sp)
    {
      g->after = after;
      g->since_ns = __atomic_load_n (&cairni_monitor_clock_ns, __ATOMIC_RELAXED);
      m->is_resuming = false;
      cairni_words_unload (m);
      m->g = NULL;
      unlock (arg);
      cairni_arch_on_system (cairni_schedule);
    }
  g->after = NULL;
  g->since_ns = cairni_sys_now_ns ();
  g->on_thread = true;
  __atomic_store_n (&m->wake, 0, __ATOMIC_RELAXED);
  unlock (arg);
  cairni_sched_wait_on_thread (m);
  if (after)
    after (m, g);
}

static void
unlock_one (void *lock)
{
  if (lock)
    cairni_spin_release (lock);
}

void
cairni_park (struct cairni_m *m, enum cairni_reason_to_wait reason,
             struct cairni_spin *lock,
             void (*after) (struct cairni_m *m, struct cairni_goroutine *g))
{
  cairni_park_with (m, reason, unlock_one, lock, after);
}

/* Called by assembly.  */
extern void cairni_goroutine_end (void) __attribute__ ((noreturn));
extern void cairni_goroutine_check (uintptr_t lo, uintptr_t base, uintptr_t hi);
extern void cairni_park_yield (void);
extern void cairni_park_goexit (void);

/* The calling thread's goroutine has ended: on the system stack.  */
void
cairni_goroutine_end (void)
{
  struct cairni_m *m = cairni_m_self;
  cairni_thread_enter (cairni_thread_self);
  struct cairni_goroutine *g = m->g;
  cairni_words_begin_unload (m);
  cairni_words_unload (m);
  m->g = NULL;
  cairni_goroutine_recycle (m, g);
  cairni_schedule ();
}

void
cairni_park_goexit (void)
{
  pthread_exit (NULL);
}

/* In a goroutine, and nothing else makes sense to those that the thread runs
   besides, it is the goroutine that ends; no cleanup handler runs.  */
CAIRNI_PUBLIC void
pthread_exit (void *result)
{
  struct cairni_m *m = cairni_m_self;
  if (m && m->g && !m->g->is_thread)
    cairni_arch_on_system (cairni_goroutine_end);
  REAL_EXIT (result);
  __builtin_unreachable ();
}

void
cairni_park_yield (void)
{
  struct cairni_m *m = cairni_m_self;
  struct cairni_goroutine *g = m ? m->g : NULL;
  if (!g || g->is_thread || g->nbound != 0
      || !cairni_stack_words (m->tcb)->park_sp)
    {
      sched_yield ();
      return;
    }
  cairni_thread_enter (m->thread);
  struct cairni_p *p = m->p;
  /* Nothing else to do is worth to be known soon.  */
  bool has_others = cairni_peek (cairni_scheduler.ngs) != 0;
  bool seems_alone = !cairni_peek (p->first);
  if (!seems_alone)
    cairni_words_begin_unload (m);
  cairni_spin_acquire (&p->lock);
  if (p->m == m && !p->next && p->first && !has_others && !seems_alone)
    {
      cairni_sched_begin_slice (p);
      cairni_words_unload (m);
      g->result = g->result2 = 0;
      g->state = CAIRNI_RUNNABLE;
      struct cairni_goroutine *other = rotate_p_locked (p, g);
      cairni_spin_release (&p->lock);
      m->g = NULL;
      run_from (m, other);
    }
  has_others |= p->m != m || p->next || p->first;
  cairni_spin_release (&p->lock);
  if (has_others || cairni_peek (cairni_timers_next_ns) != SIZE_MAX
      || cairni_peek (cairni_poll_nwaiters))
    {
      cairni_words_begin_unload (m);
      cairni_words_unload (m);
      g->state = CAIRNI_RUNNABLE;
      m->g = NULL;
      cairni_sched_put_global (g);
      cairni_arch_on_system (cairni_schedule);
    }
  cairni_sched_leave ();
}

/* A stack check, which stored what is from LO to HI, was asked to let others
   run: on the system stack.  BASE is the check's frame pointer.  */
void
cairni_goroutine_check (uintptr_t lo, uintptr_t base, uintptr_t hi)
{
  struct cairni_m *m = cairni_m_self;
  cairni_stack_words (cairni_arch_thread_pointer ())->yield = 0;
  if (!m || !m->g || m->g->is_thread || m->g->nbound != 0)
    return;
  struct cairni_goroutine *g = m->g;
  cairni_thread_enter (cairni_thread_self);
  if (hi - lo <= CAIRNI_SAVED_NBYTES && !g->saved)
    {
      uint64_t set = cairni_signals_block ();
      g->saved = (void *)cairni_stack_memory_alloc (CAIRNI_SAVED_NBYTES);
      cairni_signals_restore (set);
    }
  if (hi - lo > CAIRNI_SAVED_NBYTES || !g->saved
      || (cairni_sched_owns (m) && !cairni_sched_seems_to_have_work ()))
    {
      cairni_sched_leave ();
      return;
    }
  cairni_arch_copy (g->saved, (void *)lo, hi - lo);
  g->saved_nbytes = hi - lo;
  g->saved_base = base - lo;
  g->reason = CAIRNI_WAIT_PREEMPTED;
  cairni_words_begin_unload (m);
  cairni_words_unload (m);
  __atomic_store_n (&g->state, CAIRNI_RUNNABLE, __ATOMIC_RELEASE);
  m->g = NULL;
  cairni_sched_put_global (g);
  cairni_arch_on_system (cairni_schedule);
}
