/* select.c: wait for one of several channels.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   After Go's select.go.  All channels are locked, in the order of their
   addresses; if no case can happen at once, the goroutine waits in all their
   queues, by records in the cases themselves, which lie where nothing moves.
   Whoever serves one of them ends the wait first, so that nobody else does.  */

#include "heap/object.h"
#include "os/sys.h"
#include "sched/channel.h"

#include <string.h>

_Static_assert(sizeof (struct cairni_waiter)
                   <= sizeof ((struct cairn_case){ 0 }.reserved),
               "a case has room for its waiter");

/* So many cases are put in order without allocating.  */
#define NORDERED 64

static struct cairni_waiter *
waiter_of (struct cairn_case *c)
{
  return (struct cairni_waiter *)c->reserved;
}

static bool
has_channel (const struct cairn_case *c)
{
  return c->kind <= CAIRN_CASE_RECEIVE && c->chan;
}

static unsigned
random_below (unsigned n)
{
  static __thread uint32_t state __attribute__ ((tls_model ("initial-exec")));
  uint32_t x = state ? state : (uint32_t)cairni_arch_ticks () | 1;
  x ^= x << 13;
  x ^= x >> 17;
  x ^= x << 5;
  state = x;
  return (uint64_t)x * n >> 32;
}

/* Lock or unlock the channels of the COUNT cases, which are in ORDER by
   address.  */
static void
lock_all (struct cairn_case *const *order, size_t count)
{
  struct cairn_chan *last = NULL;
  for (size_t i = 0; i < count; i++)
    if (order[i]->chan != last)
      {
        last = order[i]->chan;
        cairni_channel_lock (last);
      }
}

static void
unlock_all (struct cairn_case *const *order, size_t count)
{
  struct cairn_chan *last = NULL;
  for (size_t i = count; i-- > 0;)
    if (order[i]->chan != last)
      {
        last = order[i]->chan;
        cairni_spin_release (&last->lock);
      }
}

/* By address; heapsort, so that many cases take no room.  */
static void
sift_down (struct cairn_case **order, size_t i, size_t n)
{
  struct cairn_case *c = order[i];
  for (size_t child; (child = 2 * i + 1) < n; i = child)
    {
      if (child + 1 < n && order[child]->chan < order[child + 1]->chan)
        child++;
      if (order[child]->chan <= c->chan)
        break;
      order[i] = order[child];
    }
  order[i] = c;
}

static void
sort (struct cairn_case **order, size_t n)
{
  for (size_t i = n / 2; i-- > 0;)
    sift_down (order, i, n);
  while (n > 1)
    {
      struct cairn_case *last = order[--n];
      order[n] = order[0];
      order[0] = last;
      sift_down (order, 0, n);
    }
}

/* Have C happen, if that is possible without waiting.  *IS_FAULT: it is a send
   on a closed channel.  The channels are locked.  */
static bool
try_locked (struct cairni_m *m, struct cairn_case *c, bool *is_fault)
{
  bool ok;
  if (c->kind == CAIRN_CASE_SEND)
    {
      *is_fault = c->chan->is_closed;
      return *is_fault || cairni_channel_send_locked (m, c->chan, c->element);
    }
  if (!cairni_channel_receive_locked (m, c->chan, c->element, &ok))
    return false;
  if (c->ok)
    *c->ok = ok;
  return true;
}

/* The cases of a select that waits, and what it remembers of them, in its
   goroutine's waiter.  */
static void
set_cases (struct cairni_goroutine *g, struct cairn_case *cases, size_t count)
{
  g->waiter.element = cases;
  g->waiter.value = count;
}

static void
time_is_over (struct cairni_m *m, void *arg, uint64_t number)
{
  struct cairni_goroutine *g = arg;
  if (!cairni_goroutine_end_wait (g, number))
    return;
  g->result = g->waiter.index;
  cairni_ready (m, g, false);
}

/* The goroutine's select has got a result: leave all other queues.  */
static void
after_select (struct cairni_m *m, struct cairni_goroutine *g)
{
  struct cairn_case *cases = g->waiter.element;
  size_t count = g->waiter.value;
  (void)m;
  if (g->waiter.index >= 0)
    cairni_timers_remove (&g->timer);
  for (size_t i = 0; i < count; i++)
    {
      struct cairn_case *c = &cases[i];
      if (!has_channel (c) || i == g->result)
        continue;
      struct cairni_wait_queue *queue = c->kind == CAIRN_CASE_SEND
                                            ? &c->chan->senders
                                            : &c->chan->receivers;
      struct cairni_waiter *waiter = waiter_of (c);
      cairni_channel_lock (c->chan);
      /* Who found it chosen already has taken it out.  */
      if (waiter->prev || queue->first == waiter)
        cairni_wait_remove (queue, waiter);
      cairni_spin_release (&c->chan->lock);
    }
  struct cairn_case *chosen = &cases[g->result];
  bool served = waiter_of (chosen)->value;
  if (chosen->kind == CAIRN_CASE_RECEIVE && chosen->ok)
    *chosen->ok = served;
  g->waiter.element = NULL;
  if (chosen->kind == CAIRN_CASE_SEND && !served)
    cairni_channel_fault ("send on closed channel");
}

/* What is to be done when a select can be found: its timer begins, the channels
   are unlocked.  */
struct departure
{
  struct cairn_case **order;
  size_t nordered;
  struct cairni_timer *timer; /* NULL: none.  */
};

static void
depart (void *arg)
{
  const struct departure *departure = arg;
  if (departure->timer)
    cairni_timers_add (departure->timer);
  unlock_all (departure->order, departure->nordered);
}

/* Called by assembly: see parking.def.  */
extern int cairni_park_select_cases (struct cairn_case *cases, size_t count);

int
cairni_park_select_cases (struct cairn_case *cases, size_t count)
{
  struct cairn_case *small[NORDERED], **order = small;
  size_t nordered = 0;
  int otherwise = -1, timeout = -1, chosen = -1;
  bool is_fault = false;
  if (count > INT_MAX)
    cairni_fatal ("too many cases in a select: %z", count);
  if (count > NORDERED
      && !(order = cairni_object_alloc (count * sizeof *order, 0, NULL, 0)))
    cairni_fatal ("out of memory for a select of %z cases", count);
  for (size_t i = 0; i < count; i++)
    if (has_channel (&cases[i]))
      order[nordered++] = &cases[i];
    else if (cases[i].kind == CAIRN_CASE_DEFAULT)
      otherwise = i;
    else if (cases[i].kind == CAIRN_CASE_TIMEOUT)
      timeout = i;
  sort (order, nordered);
  struct cairni_m *m = cairni_sched_enter ();
  struct cairni_goroutine *g = m->g;
  lock_all (order, nordered);
  size_t start = count ? random_below (count) : 0;
  for (size_t n = 0; n < count && chosen < 0; n++)
    {
      size_t i = start + n < count ? start + n : start + n - count;
      if (has_channel (&cases[i]) && try_locked (m, &cases[i], &is_fault))
        chosen = i;
    }
  if (chosen < 0 && timeout >= 0 && cases[timeout].timeout_ns <= 0)
    chosen = timeout;
  if (otherwise >= 0 && chosen < 0)
    chosen = otherwise;
  if (chosen >= 0)
    {
      unlock_all (order, nordered);
      cairni_sched_leave ();
      if (is_fault)
        cairni_channel_fault ("send on closed channel");
      return chosen;
    }
  uint64_t number = cairni_goroutine_begin_wait (g);
  set_cases (g, cases, count);
  g->waiter.index = timeout;
  for (size_t i = 0; i < count; i++)
    if (has_channel (&cases[i]))
      {
        struct cairn_case *c = &cases[i];
        struct cairni_waiter *waiter = waiter_of (c);
        waiter->g = g;
        waiter->source = c->chan;
        waiter->element = c->element;
        waiter->index = i;
        waiter->value = 0;
        cairni_wait_push (c->kind == CAIRN_CASE_SEND ? &c->chan->senders
                                                     : &c->chan->receivers,
                          waiter);
      }
  if (timeout >= 0)
    {
      size_t now_ns = cairni_sys_now_ns ();
      g->timer = (struct cairni_timer){
        .when_ns = now_ns + cases[timeout].timeout_ns,
        .fn = time_is_over,
        .arg = g,
        .serial = number,
      };
    }
  struct departure departure
      = { order, nordered, timeout >= 0 ? &g->timer : NULL };
  cairni_park_with (m, count ? CAIRNI_WAIT_SELECT : CAIRNI_WAIT_SELECT_NONE,
                    depart, &departure, after_select);
  chosen = g->result;
  cairni_sched_leave ();
  return chosen;
}
