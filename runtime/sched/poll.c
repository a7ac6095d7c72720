/* poll.c: goroutines that wait for descriptors.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Vocabulary
     instance     The epoll instance of the process, made at the first wait.
     record       What is known of a descriptor's number: who waits for it.
     arm          Have the instance report a descriptor once, for all events
                  that somebody waits for.

   A descriptor is armed at each wait, and disarms itself when it is reported.
   So nothing has to be undone when it is closed, by whatever means, and nothing
   is wrong if its number means another file then: the next wait arms that one.
   A report about a file that the number does not mean any more, which a
   duplicate kept alive, wakes goroutines that have to wait again.  That is why
   to be woken only means that something may have happened: who is has to try
   again.

   A report wakes all who wait for what it says.  One of them gets it, the
   others wait anew.

   The end of a wait: a report, the time, or the descriptor's end, of which the
   first ends it by its number and takes it out of its queue.

     .inv.poll.armed   While a record has waiters the instance reports the
                       descriptor if one of their events happens, unless the
                       descriptor was closed by others than cairn_close_fd.
     .inv.poll.polled  While there are waiters some thread polls, or will look
                       for work before it sleeps.  The monitor looks, too, as
                       long as a P is in use.

   Order of locks: a record's, then those that goroutine.h says.  */

#include "os/epoll.h"
#include "os/sys.h"
#include "sched/scheduler.h"

#include "cairn/net.h"

#include <errno.h>
#include <poll.h>

_Static_assert(EPOLLIN == POLLIN && EPOLLPRI == POLLPRI && EPOLLOUT == POLLOUT
                   && EPOLLERR == POLLERR && EPOLLHUP == POLLHUP
                   && EPOLLRDHUP == 0x2000,
               "epoll's events are poll's");

/* Reported whether or not they are asked for.  */
#define ALWAYS (EPOLLERR | EPOLLHUP)

/* So many reports are taken at once.  */
#define NREPORTS 128

/* The records of all numbers that a descriptor may have: a table of tables,
   which are there once they are needed.  */
#define RECORDS_BITS 16
#define NTABLES ((size_t)1 << (31 - RECORDS_BITS))

struct record
{
  struct cairni_lock lock;
  uint16_t nclosing;                /* Threads about to close it.  Lock.  */
  bool is_known;                    /* To the instance, probably.  Lock.  */
  struct cairni_wait_queue waiters; /* VALUE: the events.  Lock.  */
};

static struct record *tables[NTABLES];

/* Guards the making of what follows, and of tables.  */
static struct cairni_lock lock;
static int instance = -1, wake_fd = -1;

unsigned cairni_poll_nwaiters;
bool cairni_poll_was_run;

/* Make the instance: 0, or an error number.  */
static int
make_instance (void)
{
  int error = 0;
  cairni_lock_acquire (&lock);
  if (instance < 0)
    {
      int made = cairni_epoll_create ();
      int wake = made < 0 ? made : cairni_epoll_make_wake (made);
      if (wake < 0)
        {
          error = -wake;
          if (made >= 0)
            cairni_epoll_close (made);
        }
      else
        {
          wake_fd = wake;
          __atomic_store_n (&instance, made, __ATOMIC_RELEASE);
        }
    }
  cairni_lock_release (&lock);
  return error;
}

/* FD's record; NULL: there is none yet, and none is to be made, or no memory
   for it.  FD is not negative.  */
static struct record *
get_record (int fd, bool make)
{
  struct record **table = &tables[fd >> RECORDS_BITS];
  struct record *records = __atomic_load_n (table, __ATOMIC_ACQUIRE);
  if (!records && make)
    {
      cairni_lock_acquire (&lock);
      if (!(records = *table))
        {
          records = cairni_sys_map (sizeof *records << RECORDS_BITS);
          __atomic_store_n (table, records, __ATOMIC_RELEASE);
        }
      cairni_lock_release (&lock);
    }
  return records ? &records[fd & ((1 << RECORDS_BITS) - 1)] : NULL;
}

/* Establish .inv.poll.armed for FD, whose record is RECORD: 0, or an error
   number.  */
static int
arm_locked (struct record *record, int fd)
{
  uint32_t events = 0;
  for (struct cairni_waiter *w = record->waiters.first; w; w = w->next)
    events |= w->value;
  int error = cairni_epoll_arm (instance, fd, events, record->is_known);
  record->is_known = error == 0;
  return error;
}

static void
remove_locked (struct record *record, struct cairni_waiter *waiter, int result)
{
  cairni_wait_remove (&record->waiters, waiter);
  __atomic_sub_fetch (&cairni_poll_nwaiters, 1, __ATOMIC_RELAXED);
  waiter->g->result = result;
}

/* Take those out of RECORD's queue who wait for one of EVENTS, with that as
   their result, or ERROR, negated, if that is not 0; a list.  */
static struct cairni_waiter *
take_locked (struct record *record, uint32_t events, int error)
{
  struct cairni_wait_queue taken = { NULL, NULL };
  for (struct cairni_waiter *w = record->waiters.first, *next; w; w = next)
    {
      uint32_t happened = events & (w->value | ALWAYS);
      next = w->next;
      /* One whose time is over is about to be taken out.  */
      if (happened == 0 || !cairni_goroutine_end_this_wait (w->g))
        continue;
      remove_locked (record, w, error ? -error : (int)happened);
      cairni_wait_push (&taken, w);
    }
  return taken.first;
}

/* Make those of the list FIRST ready; returns how many.  *IS_FIRST: the next is
   the first of several, which may well run in this thread.  */
static unsigned
ready_all (struct cairni_m *m, struct cairni_waiter *first, bool *is_first)
{
  unsigned n = 0;
  while (first)
    {
      struct cairni_waiter *waiter = first;
      first = waiter->next;
      waiter->next = waiter->prev = NULL;
      cairni_ready (m, waiter->g, *is_first);
      *is_first = false;
      n++;
    }
  return n;
}

/* FD was reported to be ready for EVENTS.  */
static unsigned
report (struct cairni_m *m, int fd, uint32_t events, bool *is_first)
{
  struct record *record = get_record (fd, false);
  if (!record)
    return 0;
  cairni_lock_acquire (&record->lock);
  struct cairni_waiter *taken = take_locked (record, events, 0);
  struct cairni_waiter *others = NULL;
  /* If it was closed, those who wait for something else find out.  */
  if (record->waiters.first && arm_locked (record, fd) != 0)
    others = take_locked (record, UINT32_MAX, 0);
  cairni_lock_release (&record->lock);
  return ready_all (m, taken, is_first) + ready_all (m, others, is_first);
}

unsigned
cairni_poll_run (struct cairni_m *m, size_t timeout_ns)
{
  struct epoll_event reports[NREPORTS];
  unsigned nready = 0;
  bool is_first = true;
  int from = __atomic_load_n (&instance, __ATOMIC_ACQUIRE);
  cairni_check1 (from >= 0);
  __atomic_store_n (&cairni_poll_was_run, true, __ATOMIC_RELAXED);
  if (timeout_ns)
    {
      cairni_sched_leave ();
      cairni_sys_wipe_stack ();
    }
  int n = cairni_epoll_wait (from, reports, NREPORTS, timeout_ns);
  if (timeout_ns)
    {
      cairni_thread_enter (cairni_thread_self);
      cairni_sched_stop_polling (m, n > 0);
    }
  if (n == -EBADF)
    cairni_fatal ("a descriptor of the runtime was closed");
  for (int i = 0; i < n; i++)
    if (reports[i].data.fd != wake_fd)
      nready += report (m, reports[i].data.fd, reports[i].events, &is_first);
    else if (timeout_ns && __atomic_load_n (&m->wake, __ATOMIC_ACQUIRE))
      /* Others leave it to the thread that was meant.  */
      cairni_epoll_take_wake (wake_fd);
  return nready;
}

void
cairni_poll_wake (void)
{
  cairni_epoll_wake (wake_fd);
}

static void
time_is_over (struct cairni_m *m, void *arg, uint64_t number)
{
  struct cairni_goroutine *g = arg;
  if (!cairni_goroutine_end_wait (g, number))
    return;
  struct record *record = get_record (g->waiter.index, false);
  cairni_lock_acquire (&record->lock);
  remove_locked (record, &g->waiter, 0);
  cairni_lock_release (&record->lock);
  cairni_ready (m, g, false);
}

/* A wait with a timer has ended.  */
static void
after_timed (struct cairni_m *m, struct cairni_goroutine *g)
{
  (void)m;
  cairni_timers_remove (&g->timer);
}

/* What is to be done when a waiter can be found.  */
struct departure
{
  struct cairni_m *m;
  struct record *record;
  struct cairni_timer *timer; /* NULL: none.  */
  bool is_only;               /* There was no waiter for any descriptor.  */
};

static void
depart (void *arg)
{
  const struct departure *departure = arg;
  if (departure->timer)
    cairni_timers_add (departure->timer);
  cairni_lock_release (&departure->record->lock);
  if (departure->is_only)
    cairni_sched_waiter_added (departure->m);
}

/* Wait in RECORD, FD's, whose lock is held and released.  Returns what
   cairn_poll_wait does, or an error number negated.  */
static int
wait_locked (struct cairni_m *m, struct record *record, int fd, int events,
             int64_t timeout_ns)
{
  struct cairni_goroutine *g = m->g;
  uint64_t number = cairni_goroutine_begin_wait (g);
  g->waiter.index = fd;
  g->waiter.value = events;
  cairni_wait_push (&record->waiters, &g->waiter);
  int error = arm_locked (record, fd);
  if (error)
    {
      cairni_wait_remove (&record->waiters, &g->waiter);
      cairni_lock_release (&record->lock);
      /* Files, which are always ready.  */
      return error == EPERM ? events : -error;
    }
  struct departure departure = { m, record, NULL, false };
  if (timeout_ns >= 0)
    {
      size_t now_ns = cairni_sys_now_ns ();
      g->timer = (struct cairni_timer){
        .when_ns = now_ns + timeout_ns,
        .fn = time_is_over,
        .arg = g,
        .serial = number,
      };
      departure.timer = &g->timer;
    }
  departure.is_only
      = __atomic_fetch_add (&cairni_poll_nwaiters, 1, __ATOMIC_SEQ_CST) == 0;
  cairni_park_with (m, CAIRNI_WAIT_IO, depart, &departure,
                    departure.timer ? after_timed : NULL);
  return g->result;
}

/* Called by assembly: see parking.def.  */
extern int cairni_park_poll_wait (int fd, int events, int64_t timeout_ns);

int
cairni_park_poll_wait (int fd, int events, int64_t timeout_ns)
{
  if (fd < 0)
    return -EBADF;
  if (timeout_ns == 0)
    return 0;
  cairni_sched_start ();
  struct cairni_m *m = cairni_sched_enter ();
  struct record *record = get_record (fd, true);
  int result = record ? -make_instance () : -ENOMEM;
  if (result == 0)
    {
      cairni_lock_acquire (&record->lock);
      if (record->nclosing == 0)
        result = wait_locked (m, record, fd, events, timeout_ns);
      else
        {
          /* It is closed, or soon will be, or is another already.  */
          cairni_lock_release (&record->lock);
          result = events;
        }
    }
  cairni_sched_leave ();
  return result;
}

CAIRNI_PUBLIC int
cairn_close_fd (int fd)
{
  struct record *record = NULL;
  if (fd >= 0
      && __atomic_load_n (&cairni_scheduler.is_started, __ATOMIC_ACQUIRE))
    record = get_record (fd, false);
  if (record)
    {
      bool is_first = false;
      struct cairni_m *m = cairni_sched_enter ();
      cairni_lock_acquire (&record->lock);
      record->nclosing++;
      struct cairni_waiter *waiters = take_locked (record, UINT32_MAX, EBADF);
      cairni_lock_release (&record->lock);
      ready_all (m, waiters, &is_first);
      cairni_sched_leave ();
    }
  int error = cairni_epoll_close (fd);
  if (record)
    {
      cairni_sched_enter ();
      cairni_lock_acquire (&record->lock);
      record->nclosing--;
      record->is_known = false;
      cairni_lock_release (&record->lock);
      cairni_sched_leave ();
    }
  if (error == 0)
    return 0;
  errno = error;
  return -1;
}

void
cairni_poll_after_fork (void)
{
  lock.word = 0;
  cairni_poll_nwaiters = 0;
  /* What is armed in the parent's instance is the parent's.  */
  if (instance >= 0)
    {
      cairni_epoll_close (instance);
      cairni_epoll_close (wake_fd);
    }
  instance = wake_fd = -1;
  for (size_t i = 0; i < NTABLES; i++)
    if (tables[i])
      {
        cairni_sys_unmap (tables[i], sizeof (struct record) << RECORDS_BITS);
        tables[i] = NULL;
      }
}
