/* sync.c: what goroutines wait for besides channels.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Everything but a mutex without contention is done with the structure's lock.
   Who makes a goroutine ready has given it what it waits for already, so it
   just goes on; but for mutexes, which see.  */

#include "cairn/sync.h"
#include "sched/dump.h"
#include "sched/scheduler.h"

/* The lock and a queue of a public structure.  */
#define LOCK_OF(x) ((struct cairni_spin *)&(x)->lock)
#define QUEUE_OF(first) ((struct cairni_wait_queue *)&(first))

/* Take LOCK, which guards QUEUE.  A fork's child has nobody who waits there.  */
static void
acquire (struct cairni_spin *lock, struct cairni_wait_queue *queue)
{
  if (cairni_unlikely (cairni_spin_acquire (lock)))
    queue->first = queue->last = NULL;
}

static void
fault (struct cairni_spin *lock, const char *what)
{
  cairni_spin_release (lock);
  cairni_sched_leave ();
  cairni_sched_fault (what);
}

/* Wait in QUEUE until somebody has given what VALUE says.  */
static void
wait_in (struct cairni_m *m, struct cairni_wait_queue *queue,
         struct cairni_spin *lock, uint32_t value,
         enum cairni_reason_to_wait reason)
{
  m->g->waiter.value = value;
  m->g->waiter.source = lock;
  cairni_wait_push (queue, &m->g->waiter);
  cairni_park (m, reason, lock, NULL);
}

/* Let WAITER, taken out of its queue, go on.  */
static void
ready (struct cairni_m *m, struct cairni_waiter *waiter, bool next)
{
  waiter->source = NULL;
  cairni_ready (m, waiter->g, next);
}

static void
ready_all (struct cairni_m *m, struct cairni_waiter *first)
{
  while (first)
    {
      struct cairni_waiter *waiter = first;
      first = waiter->next;
      waiter->next = NULL;
      ready (m, waiter, false);
    }
}

/* Take all out of QUEUE.  */
static struct cairni_waiter *
take_all (struct cairni_wait_queue *queue)
{
  struct cairni_waiter *first = queue->first;
  queue->first = queue->last = NULL;
  return first;
}

/* -- Mutexes.  STATE is 0 if it is free, LOCKED, and HAS_WAITERS if the queue
   is not empty.  Who is woken has to try again, as others may have been faster;
   but is handed the mutex the next time.  */

enum
{
  LOCKED = 1,
  HAS_WAITERS = 2
};

/* Take MUTEX if it is free, else note that there is a waiter.  With its lock.
 */
static bool
mutex_take_locked (struct cairn_mutex *mutex)
{
  uint32_t state = __atomic_load_n (&mutex->state, __ATOMIC_RELAXED), next;
  do
    next = state & LOCKED ? state | HAS_WAITERS : state | LOCKED;
  while (!__atomic_compare_exchange_n (&mutex->state, &state, next, false,
                                       __ATOMIC_ACQUIRE, __ATOMIC_RELAXED));
  return !(state & LOCKED);
}

static void
after_mutex (struct cairni_m *m, struct cairni_goroutine *g)
{
  struct cairn_mutex *mutex = g->waiter.element;
  if (g->result)
    {
      g->result = 0;
      return;
    }
  acquire (LOCK_OF (mutex), QUEUE_OF (mutex->first));
  if (mutex_take_locked (mutex))
    {
      cairni_spin_release (LOCK_OF (mutex));
      return;
    }
  g->waiter.value = true;
  g->waiter.source = mutex;
  cairni_wait_push_front (QUEUE_OF (mutex->first), &g->waiter);
  cairni_park (m, CAIRNI_WAIT_MUTEX, LOCK_OF (mutex), after_mutex);
}

static void
mutex_lock (struct cairni_m *m, struct cairn_mutex *mutex)
{
  struct cairni_goroutine *g = m->g;
  acquire (LOCK_OF (mutex), QUEUE_OF (mutex->first));
  if (mutex_take_locked (mutex))
    {
      cairni_spin_release (LOCK_OF (mutex));
      return;
    }
  g->result = 0;
  g->waiter.element = mutex;
  g->waiter.source = mutex;
  g->waiter.value = false;
  cairni_wait_push (QUEUE_OF (mutex->first), &g->waiter);
  cairni_park (m, CAIRNI_WAIT_MUTEX, LOCK_OF (mutex), after_mutex);
}

/* Called by assembly: see parking.def.  */
extern void cairni_park_mutex_lock_slow (struct cairn_mutex *mutex);
extern void cairni_park_rwmutex_lock (struct cairn_rwmutex *rwmutex);
extern void cairni_park_rwmutex_read_lock (struct cairn_rwmutex *rwmutex);
extern void cairni_park_waitgroup_wait (struct cairn_waitgroup *group);
extern int cairni_park_once_begin (struct cairn_once *once);
extern void cairni_park_cond_wait (struct cairn_cond *cond,
                                   struct cairn_mutex *mutex);
extern void cairni_park_semaphore_acquire (struct cairn_semaphore *semaphore,
                                           uint32_t count);

void
cairni_park_mutex_lock_slow (struct cairn_mutex *mutex)
{
  mutex_lock (cairni_sched_enter (), mutex);
  cairni_sched_leave ();
}

static void
mutex_unlock (struct cairni_m *m, struct cairn_mutex *mutex)
{
  struct cairni_waiter *waiter;
  acquire (LOCK_OF (mutex), QUEUE_OF (mutex->first));
  if (!(__atomic_load_n (&mutex->state, __ATOMIC_RELAXED) & LOCKED))
    fault (LOCK_OF (mutex), "sync: unlock of unlocked mutex");
  waiter = cairni_wait_pop (QUEUE_OF (mutex->first));
  bool hand_over = waiter && waiter->value;
  __atomic_store_n (&mutex->state,
                    (hand_over ? LOCKED : 0) | (mutex->first ? HAS_WAITERS : 0),
                    __ATOMIC_RELEASE);
  if (waiter)
    waiter->g->result = hand_over;
  cairni_spin_release (LOCK_OF (mutex));
  if (waiter)
    ready (m, waiter, hand_over);
}

CAIRNI_PUBLIC void
cairn_mutex_unlock_slow (struct cairn_mutex *mutex)
{
  mutex_unlock (cairni_sched_enter (), mutex);
  cairni_sched_leave ();
}

/* -- Read-write mutexes.  */

static void
acquire_rwmutex (struct cairn_rwmutex *rwmutex)
{
  if (cairni_unlikely (cairni_spin_acquire (LOCK_OF (rwmutex))))
    rwmutex->first_reader = rwmutex->last_reader = rwmutex->first_writer
        = rwmutex->last_writer = NULL;
}

void
cairni_park_rwmutex_lock (struct cairn_rwmutex *rwmutex)
{
  struct cairni_m *m = cairni_sched_enter ();
  acquire_rwmutex (rwmutex);
  if (rwmutex->nreaders == 0 && !rwmutex->has_writer)
    {
      rwmutex->has_writer = 1;
      cairni_spin_release (LOCK_OF (rwmutex));
    }
  else
    wait_in (m, QUEUE_OF (rwmutex->first_writer), LOCK_OF (rwmutex), 0,
             CAIRNI_WAIT_RWMUTEX);
  cairni_sched_leave ();
}

void
cairni_park_rwmutex_read_lock (struct cairn_rwmutex *rwmutex)
{
  struct cairni_m *m = cairni_sched_enter ();
  acquire_rwmutex (rwmutex);
  if (!rwmutex->has_writer && !rwmutex->first_writer)
    {
      rwmutex->nreaders++;
      cairni_spin_release (LOCK_OF (rwmutex));
    }
  else
    wait_in (m, QUEUE_OF (rwmutex->first_reader), LOCK_OF (rwmutex), 0,
             CAIRNI_WAIT_RWMUTEX_READ);
  cairni_sched_leave ();
}

CAIRNI_PUBLIC void
cairn_rwmutex_read_unlock (struct cairn_rwmutex *rwmutex)
{
  struct cairni_m *m = cairni_sched_enter ();
  struct cairni_waiter *writer = NULL;
  acquire_rwmutex (rwmutex);
  if (rwmutex->nreaders == 0)
    fault (LOCK_OF (rwmutex), "sync: RUnlock of unlocked RWMutex");
  if (--rwmutex->nreaders == 0
      && (writer = cairni_wait_pop (QUEUE_OF (rwmutex->first_writer))))
    rwmutex->has_writer = 1;
  cairni_spin_release (LOCK_OF (rwmutex));
  if (writer)
    ready (m, writer, false);
  cairni_sched_leave ();
}

CAIRNI_PUBLIC void
cairn_rwmutex_unlock (struct cairn_rwmutex *rwmutex)
{
  struct cairni_m *m = cairni_sched_enter ();
  struct cairni_waiter *readers, *writer = NULL;
  acquire_rwmutex (rwmutex);
  if (!rwmutex->has_writer)
    fault (LOCK_OF (rwmutex), "sync: Unlock of unlocked RWMutex");
  rwmutex->has_writer = 0;
  readers = take_all (QUEUE_OF (rwmutex->first_reader));
  for (struct cairni_waiter *w = readers; w; w = w->next)
    rwmutex->nreaders++;
  if (!readers && (writer = cairni_wait_pop (QUEUE_OF (rwmutex->first_writer))))
    rwmutex->has_writer = 1;
  cairni_spin_release (LOCK_OF (rwmutex));
  if (writer)
    ready (m, writer, false);
  ready_all (m, readers);
  cairni_sched_leave ();
}

/* -- Wait groups.  */

CAIRNI_PUBLIC void
cairn_waitgroup_add (struct cairn_waitgroup *group, int delta)
{
  struct cairni_m *m = cairni_sched_enter ();
  struct cairni_waiter *waiters = NULL;
  acquire (LOCK_OF (group), QUEUE_OF (group->first));
  if (__builtin_add_overflow (group->count, delta, &group->count)
      || group->count < 0)
    fault (LOCK_OF (group), "sync: negative WaitGroup counter");
  if (group->count == 0)
    waiters = take_all (QUEUE_OF (group->first));
  cairni_spin_release (LOCK_OF (group));
  ready_all (m, waiters);
  cairni_sched_leave ();
}

CAIRNI_PUBLIC void
cairn_waitgroup_done (struct cairn_waitgroup *group)
{
  cairn_waitgroup_add (group, -1);
}

void
cairni_park_waitgroup_wait (struct cairn_waitgroup *group)
{
  struct cairni_m *m = cairni_sched_enter ();
  acquire (LOCK_OF (group), QUEUE_OF (group->first));
  if (group->count == 0)
    cairni_spin_release (LOCK_OF (group));
  else
    wait_in (m, QUEUE_OF (group->first), LOCK_OF (group), 0,
             CAIRNI_WAIT_WAITGROUP);
  cairni_sched_leave ();
}

/* -- Once.  STATE is 0, 1 while it is being done, 2.  */

int
cairni_park_once_begin (struct cairn_once *once)
{
  struct cairni_m *m = cairni_sched_enter ();
  bool is_first = false;
  m->g->result = 0;
  acquire (LOCK_OF (once), QUEUE_OF (once->first));
  if (once->state == 1)
    wait_in (m, QUEUE_OF (once->first), LOCK_OF (once), 0, CAIRNI_WAIT_ONCE);
  else
    {
      is_first = once->state == 0;
      if (is_first)
        cairni_poke (once->state, 1);
      cairni_spin_release (LOCK_OF (once));
    }
  cairni_sched_leave ();
  return is_first;
}

CAIRNI_PUBLIC void
cairn_once_end (struct cairn_once *once)
{
  struct cairni_m *m = cairni_sched_enter ();
  acquire (LOCK_OF (once), QUEUE_OF (once->first));
  __atomic_store_n (&once->state, 2, __ATOMIC_RELEASE);
  struct cairni_waiter *waiters = take_all (QUEUE_OF (once->first));
  cairni_spin_release (LOCK_OF (once));
  ready_all (m, waiters);
  cairni_sched_leave ();
}

/* -- Conditions.  */

static void
after_cond (struct cairni_m *m, struct cairni_goroutine *g)
{
  mutex_lock (m, g->waiter.element);
}

void
cairni_park_cond_wait (struct cairn_cond *cond, struct cairn_mutex *mutex)
{
  struct cairni_m *m = cairni_sched_enter ();
  struct cairni_goroutine *g = m->g;
  acquire (LOCK_OF (cond), QUEUE_OF (cond->first));
  g->waiter.element = mutex;
  g->waiter.source = cond;
  cairni_wait_push (QUEUE_OF (cond->first), &g->waiter);
  mutex_unlock (m, mutex);
  cairni_park (m, CAIRNI_WAIT_COND, LOCK_OF (cond), after_cond);
  cairni_sched_leave ();
}

CAIRNI_PUBLIC void
cairn_cond_signal (struct cairn_cond *cond)
{
  struct cairni_m *m = cairni_sched_enter ();
  acquire (LOCK_OF (cond), QUEUE_OF (cond->first));
  struct cairni_waiter *waiter = cairni_wait_pop (QUEUE_OF (cond->first));
  cairni_spin_release (LOCK_OF (cond));
  if (waiter)
    ready (m, waiter, false);
  cairni_sched_leave ();
}

CAIRNI_PUBLIC void
cairn_cond_broadcast (struct cairn_cond *cond)
{
  struct cairni_m *m = cairni_sched_enter ();
  acquire (LOCK_OF (cond), QUEUE_OF (cond->first));
  struct cairni_waiter *waiters = take_all (QUEUE_OF (cond->first));
  cairni_spin_release (LOCK_OF (cond));
  ready_all (m, waiters);
  cairni_sched_leave ();
}

/* -- Semaphores.  */

static bool
semaphore_take_locked (struct cairn_semaphore *semaphore, uint32_t count)
{
  if (semaphore->first || semaphore->count < count)
    return false;
  semaphore->count -= count;
  return true;
}

void
cairni_park_semaphore_acquire (struct cairn_semaphore *semaphore,
                               uint32_t count)
{
  struct cairni_m *m = cairni_sched_enter ();
  acquire (LOCK_OF (semaphore), QUEUE_OF (semaphore->first));
  if (semaphore_take_locked (semaphore, count))
    cairni_spin_release (LOCK_OF (semaphore));
  else
    wait_in (m, QUEUE_OF (semaphore->first), LOCK_OF (semaphore), count,
             CAIRNI_WAIT_SEMAPHORE);
  cairni_sched_leave ();
}

CAIRNI_PUBLIC int
cairn_semaphore_try_acquire (struct cairn_semaphore *semaphore, uint32_t count)
{
  cairni_sched_enter ();
  acquire (LOCK_OF (semaphore), QUEUE_OF (semaphore->first));
  bool done = semaphore_take_locked (semaphore, count);
  cairni_spin_release (LOCK_OF (semaphore));
  cairni_sched_leave ();
  return done;
}

CAIRNI_PUBLIC void
cairn_semaphore_release (struct cairn_semaphore *semaphore, uint32_t count)
{
  struct cairni_m *m = cairni_sched_enter ();
  struct cairni_wait_queue *queue = QUEUE_OF (semaphore->first);
  struct cairni_wait_queue served = { NULL, NULL };
  acquire (LOCK_OF (semaphore), QUEUE_OF (semaphore->first));
  if (__builtin_add_overflow (semaphore->count, count, &semaphore->count))
    fault (LOCK_OF (semaphore), "semaphore: too many permits released");
  while (queue->first && queue->first->value <= semaphore->count)
    {
      struct cairni_waiter *waiter = cairni_wait_pop (queue);
      semaphore->count -= waiter->value;
      cairni_wait_push (&served, waiter);
    }
  cairni_spin_release (LOCK_OF (semaphore));
  ready_all (m, served.first);
  cairni_sched_leave ();
}
