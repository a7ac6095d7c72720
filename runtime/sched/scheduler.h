/* scheduler.h: which goroutine runs where.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   scheduler.c has the queues, machines.c the threads, start.c their beginning,
   monitor.c a thread that watches them.  goroutine.h says what the words mean.  */

#ifndef CAIRNI_SCHEDULER_H
#define CAIRNI_SCHEDULER_H

#include "sched/goroutine.h"

struct cairni_scheduler
{
  struct cairni_lock lock; /* Guards the lists and the global queue.  */
  bool is_started;
  unsigned nps;
  struct cairni_p *ps;
  struct cairni_p *idle_ps;
  unsigned nidle_ps;        /* Read without the lock.  */
  struct cairni_m *idle_ms; /* Those that sleep until they are given a P.  */
  unsigned nidle_ms;        /* The poller counts.  */
  unsigned nms;             /* Threads that run goroutines.  */
  struct cairni_m *all_ms;  /* Those; read without the lock.  */
  unsigned nwanted_ms;      /* The monitor is to make as many more.  */
  int nblocked;             /* Of NMS, those that wait with their goroutines,
                               less those that are woken before they
                               wait.  */
  unsigned nspinning;       /* Read and changed without the lock.  */
  struct cairni_m *poller;  /* Sleeps until a descriptor or timer is due.  */
  struct cairni_goroutine *first, *last; /* The global queue.  */
  unsigned ngs;                          /* In it; read without the lock.  */
  unsigned nstarting_ms;                 /* Of those, being made; monitor.  */
  int monitor_word;                      /* The monitor's futex.  */
  size_t monitor_until_ns; /* When it looks next, unless it sleeps for good.  */
};

extern struct cairni_scheduler cairni_scheduler;

/* -- scheduler.c.  */

/* M's goroutine, self, waits because of REASON, and who will make it ready can
   find it from now on.  LOCK, which kept them from it, is released; it may be
   NULL.  Then the goroutine goes on as said at AFTER, which see.  Only returns
   if the goroutine waited on its thread, M's, which has its result then.  */
extern void cairni_park (struct cairni_m *m, enum cairni_reason_to_wait reason,
                         struct cairni_spin *lock,
                         void (*after) (struct cairni_m *m,
                                        struct cairni_goroutine *g));

/* The same with UNLOCK (ARG) in place of a lock's release.  */
extern void cairni_park_with (struct cairni_m *m,
                              enum cairni_reason_to_wait reason,
                              void (*unlock) (void *arg), void *arg,
                              void (*after) (struct cairni_m *m,
                                             struct cairni_goroutine *g));

/* Let the waiting G go on; in the time slice of M's goroutine, if NEXT.  M is
   the caller.  */
extern void cairni_ready (struct cairni_m *m, struct cairni_goroutine *g,
                          bool next);

/* Let G, which is new, run.  */
extern void cairni_sched_start_goroutine (struct cairni_m *m,
                                          struct cairni_goroutine *g);

/* M's goroutine, if it has one, is elsewhere: run others.  On the system stack.
 */
extern void cairni_schedule (void) __attribute__ ((noreturn));

/* Put G, runnable, at the end of the global queue.  */
extern void cairni_sched_put_global (struct cairni_goroutine *g);

/* Whether there is a goroutine in some queue; the second does not lock, and may
   miss what others are about to do.  */
extern bool cairni_sched_has_work (void);
extern bool cairni_sched_seems_to_have_work (void);

/* Whether M has its P.  */
CAIRNI_INLINE bool
cairni_sched_owns (const struct cairni_m *m)
{
  return m->p && __atomic_load_n (&m->p->m, __ATOMIC_RELAXED) == m;
}

/* A time slice of P begins.  Its owner says so, without the lock; so may, just
   then, who lost P and does not know yet, and one of the two is not counted.  */
CAIRNI_INLINE void
cairni_sched_begin_slice (struct cairni_p *p)
{
  cairni_poke (p->tick, cairni_peek (p->tick) + 1);
}

/* -- machines.c.  */

/* Start a thread for an idle P if nobody is looking for work already, or at any
   rate if FORCE.  */
extern void cairni_sched_wake (bool force);

/* M, self, has P no longer, so that others can run its goroutines.  False: it did
   not have it any more.  */
extern bool cairni_sched_hand_off (struct cairni_m *m, struct cairni_p *p);

/* The same of another's M, whose thread is stuck in the system, as it seems.
   False also if it uses its shard.  */
extern bool cairni_sched_take_away (struct cairni_m *m, struct cairni_p *p);

/* M, self, has no P and wants one: take an idle one, or sleep until it is given
   one.  Leaves the section meanwhile.  */
extern void cairni_sched_get_p (struct cairni_m *m);

/* M, self, found no work: let go of its P, sleep, and come back with one.  */
extern void cairni_sched_idle (struct cairni_m *m);

/* M, self, waits with its goroutine, which is waiting or in a queue, until it
   is woken; leaves the section meanwhile.  */
extern void cairni_sched_wait_on_thread (struct cairni_m *m);

/* Let G go on, which waits on its thread, with the P of M, self; or without
   one, if M is NULL.  */
extern void cairni_sched_wake_thread (struct cairni_m *m,
                                      struct cairni_goroutine *g);

/* The next timer is due earlier than it was.  */
extern void cairni_sched_timer_changed (void);

/* There is a waiter for a descriptor, and was none.  M is the caller.  */
extern void cairni_sched_waiter_added (struct cairni_m *m);

/* M, self, is the poller no more; but has a P, if there is one and it WANTS_P.
 */
extern void cairni_sched_stop_polling (struct cairni_m *m, bool wants_p);

/* Take a P out of the list of idle ones; NULL: there is none.  Then, with no lock,
   say whose it is.  */
extern struct cairni_p *cairni_sched_pop_idle_p_locked (void);
extern void cairni_sched_set_owner (struct cairni_p *p, struct cairni_m *m);

/* -- start.c.  */

/* Start the scheduler, outside of sections.  */
extern void cairni_sched_start (void);

/* Start a thread that calls RUN (NULL), or one for goroutines; false: the system
   refuses.  Outside of sections.  */
extern bool cairni_sched_start_thread (void *(*run) (void *unused));
extern bool cairni_sched_make_machine (void);

/* The calling thread, which has ended, waits for nothing any more.  */
extern void cairni_sched_thread_end (void);

/* After fork, in the child.  */
extern void cairni_sched_after_fork (void);

/* -- roots.c.  */

/* Call FN on what the goroutines that do not run hold, and on what timers lead
   to.  The world is stopped.  */
extern void cairni_sched_visit (void (*fn) (uintptr_t lo, uintptr_t hi));

/* Call FN on what G holds.  Likewise.  */
extern void cairni_sched_visit_one (struct cairni_goroutine *g,
                                    void (*fn) (uintptr_t lo, uintptr_t hi));

/* Ask those that use little of a large stack to shrink it.  The world is
   stopped.  */
extern void cairni_sched_ask_to_shrink (void);

/* -- monitor.c.  */

extern void cairni_monitor_start (void);

/* Ask the goroutine of M to let others run.  It may be another's turn by now,
   which does no harm.  */
extern void cairni_monitor_ask (struct cairni_m *m);

/* The time when the monitor last looked, or a thread ended its sleep.  */
extern size_t cairni_monitor_clock_ns;

/* There is something to watch again.  */
extern void cairni_monitor_wake (void);

/* There is something to do for it at once.  */
extern void cairni_monitor_call (void);

/* Have the monitor write the dump that SIGQUIT asks for, and end the program.
   In a handler.  */
extern void cairni_monitor_quit (void);

/* Called by the handler of the stop signal, which was sent by the monitor.  */
extern void cairni_monitor_signal (void);

/* -- poll.c.  */

/* How many goroutines wait for descriptors.  */
extern unsigned cairni_poll_nwaiters;

/* Set by cairni_poll_run.  */
extern bool cairni_poll_was_run;

/* Make those ready whose descriptors are; wait until there is one, TIMEOUT_NS
   have passed or cairni_poll_wake was called after M's WAKE was set; 0: do not
   wait, SIZE_MAX: for ever.  If it waits, M is the poller, and is not any more
   afterwards; the section is left meanwhile.  Returns how many.  There is, or
   was, a waiter.  */
extern unsigned cairni_poll_run (struct cairni_m *m, size_t timeout_ns);
extern void cairni_poll_wake (void);
extern void cairni_poll_after_fork (void);

#endif /* CAIRNI_SCHEDULER_H */
