/* time.c: the interface of cairn/time.h.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   After Go's time/sleep.go and tick.go, with what Go 1.23 promises of stopping:
   a time that was sent but not received yet is taken back.

   Timers and tickers are objects of one kind.  The object is active, and marked
   by the timers' heap, which leads to it by its ARG, or it is just memory.

     .inv.time.serial  The timers' SERIAL counts the settings.  It changes only
                       with the object's lock and while the object is not in the
                       timers' heap; what happens on behalf of an earlier setting
                       does nothing.

   Order of locks: the object's, its channel's, timers.  */

#include "cairn/time.h"
#include "heap/object.h"
#include "os/sys.h"
#include "sched/channel.h"
#include "sched/dump.h"

/* What the program sees is the first field, alone.  */
struct alarm
{
  struct cairn_chan *chan; /* NULL: FN is called.  Constant.  */
  void (*fn) (void *);     /* Constant, as the rest that tells of it.  */
  void *arg;
  struct cairni_arch_float float_settings;
  uintptr_t created_at; /* For the goroutine.  */
  uint64_t created_by;
  struct cairni_spin lock; /* Guards what follows.  */
  bool is_set;             /* Not stopped, and has not happened.  */
  struct cairni_timer timer;
};

_Static_assert(offsetof (struct cairn_timer, chan)
                       == offsetof (struct alarm, chan)
                   && offsetof (struct cairn_ticker, chan)
                          == offsetof (struct alarm, chan),
               "the program's view of a timer");

/* The moment NS from now.  */
static size_t
from_now (int64_t ns)
{
  size_t now_ns = cairni_sys_now_ns ();
  return ns > 0 ? now_ns + ns : now_ns;
}

static void
start_goroutine (struct cairni_m *m, const struct alarm *alarm)
{
  struct cairni_goroutine *g
      = cairni_goroutine_create (m, alarm->fn, alarm->arg);
  if (!g)
    cairni_fatal ("out of memory for a goroutine");
  /* Not those of whatever ran in this thread.  */
  g->float_settings = alarm->float_settings;
  g->created_at = alarm->created_at;
  g->created_by = alarm->created_by;
  cairni_sched_start_goroutine (m, g);
}

/* Send the time, unless there is one already.  What the program closed, though
   it should not, is left alone.  */
static void
send_time (struct cairni_m *m, struct cairn_chan *chan)
{
  int64_t now_ns = cairni_sys_now_ns ();
  cairni_channel_lock (chan);
  if (!chan->is_closed)
    cairni_channel_send_locked (m, chan, &now_ns);
  cairni_spin_release (&chan->lock);
}

/* Take back a time that was sent; false: there was none.  */
static bool
take_back (struct cairni_m *m, struct cairn_chan *chan)
{
  bool ok = false;
  cairni_channel_lock (chan);
  if (chan->count > 0)
    cairni_channel_receive_locked (m, chan, NULL, &ok);
  cairni_spin_release (&chan->lock);
  return ok;
}

static void
happen (struct cairni_m *m, void *arg, uint64_t serial)
{
  struct alarm *alarm = arg;
  cairni_spin_acquire (&alarm->lock);
  if (alarm->is_set && alarm->timer.serial == serial)
    {
      if (alarm->timer.period_ns == 0)
        alarm->is_set = false;
      if (alarm->chan)
        send_time (m, alarm->chan);
      else
        start_goroutine (m, alarm);
    }
  cairni_spin_release (&alarm->lock);
}

/* Returns whether that keeps ALARM from happening.  */
static bool
stop_locked (struct cairni_m *m, struct alarm *alarm)
{
  bool was_set = alarm->is_set;
  if (was_set)
    cairni_timers_remove (&alarm->timer);
  alarm->is_set = false;
  return (alarm->chan && take_back (m, alarm->chan)) || was_set;
}

/* Have ALARM, which is not set, happen at WHEN_NS, and then every PERIOD_NS if
   that is not 0.  */
static void
set_locked (struct alarm *alarm, size_t when_ns, size_t period_ns)
{
  alarm->is_set = true;
  alarm->timer.when_ns = when_ns;
  alarm->timer.period_ns = period_ns;
  alarm->timer.serial++;
  cairni_timers_add (&alarm->timer);
}

static struct alarm *
new_alarm (void)
{
  struct alarm *alarm = cairni_object_alloc (sizeof *alarm, 0, NULL, 0);
  if (!alarm)
    cairni_fatal ("out of memory for a timer");
  alarm->timer.fn = happen;
  alarm->timer.arg = alarm;
  return alarm;
}

static struct alarm *
new_sender (void)
{
  struct alarm *alarm = new_alarm ();
  alarm->chan = cairn_chan_new (sizeof (int64_t), 1);
  return alarm;
}

static void
set (struct alarm *alarm, int64_t ns, size_t period_ns)
{
  cairni_sched_enter ();
  cairni_spin_acquire (&alarm->lock);
  set_locked (alarm, from_now (ns), period_ns);
  cairni_spin_release (&alarm->lock);
  cairni_sched_leave ();
}

static bool
stop (struct alarm *alarm)
{
  struct cairni_m *m = cairni_sched_enter ();
  cairni_spin_acquire (&alarm->lock);
  bool stopped = stop_locked (m, alarm);
  cairni_spin_release (&alarm->lock);
  cairni_sched_leave ();
  return stopped;
}

static bool
reset (struct alarm *alarm, int64_t ns, size_t period_ns)
{
  struct cairni_m *m = cairni_sched_enter ();
  cairni_spin_acquire (&alarm->lock);
  bool stopped = stop_locked (m, alarm);
  set_locked (alarm, from_now (ns), period_ns);
  cairni_spin_release (&alarm->lock);
  cairni_sched_leave ();
  return stopped;
}

CAIRNI_PUBLIC struct cairn_timer *
cairn_timer_new (int64_t ns)
{
  struct alarm *alarm = new_sender ();
  set (alarm, ns, 0);
  return (struct cairn_timer *)alarm;
}

CAIRNI_PUBLIC
cairn_chan (int64_t) cairn_after (int64_t ns)
{
  return cairn_timer_new (ns)->chan;
}

CAIRNI_PUBLIC struct cairn_timer *
cairn_after_func (int64_t ns, void (*fn) (void *), void *arg)
{
  if (!fn)
    cairni_sched_fault ("go of nil func value");
  struct alarm *alarm = new_alarm ();
  alarm->fn = fn;
  alarm->arg = arg;
  cairni_arch_get_float (&alarm->float_settings);
  struct cairni_m *m = cairni_sched_enter ();
  alarm->created_at = cairni_goroutine_caller (m);
  alarm->created_by = m->g->id;
  cairni_sched_leave ();
  set (alarm, ns, 0);
  return (struct cairn_timer *)alarm;
}

CAIRNI_PUBLIC int
cairn_timer_stop (struct cairn_timer *timer)
{
  if (!timer)
    cairni_sched_fault ("stop of nil timer");
  return stop ((struct alarm *)timer);
}

CAIRNI_PUBLIC int
cairn_timer_reset (struct cairn_timer *timer, int64_t ns)
{
  if (!timer)
    cairni_sched_fault ("reset of nil timer");
  return reset ((struct alarm *)timer, ns, 0);
}

CAIRNI_PUBLIC struct cairn_ticker *
cairn_ticker_new (int64_t ns)
{
  if (ns <= 0)
    cairni_sched_fault ("non-positive interval for a new ticker");
  struct alarm *alarm = new_sender ();
  set (alarm, ns, ns);
  return (struct cairn_ticker *)alarm;
}

CAIRNI_PUBLIC void
cairn_ticker_stop (struct cairn_ticker *ticker)
{
  if (!ticker)
    cairni_sched_fault ("stop of nil ticker");
  stop ((struct alarm *)ticker);
}

CAIRNI_PUBLIC void
cairn_ticker_reset (struct cairn_ticker *ticker, int64_t ns)
{
  if (!ticker)
    cairni_sched_fault ("reset of nil ticker");
  if (ns <= 0)
    cairni_sched_fault ("non-positive interval for a ticker's reset");
  reset ((struct alarm *)ticker, ns, ns);
}
