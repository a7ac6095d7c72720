/* channel.c: channels between goroutines.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   After Go's chan.go.  Whoever comes second copies the element straight from,
   or to, where the first waits.  A waiter's VALUE is 1 when it was served, 0
   when the channel was closed.  */

#include "sched/channel.h"
#include "base/hooks.h"
#include "heap/object.h"
#include "sched/dump.h"

#include <string.h>

CAIRNI_PUBLIC struct cairn_chan *
cairn_chan_new (size_t element_nbytes, size_t capacity)
{
  size_t nbytes;
  if (element_nbytes > UINT32_MAX)
    cairni_fatal ("a channel's elements are too large: %z bytes",
                  element_nbytes);
  if (__builtin_mul_overflow (element_nbytes, capacity, &nbytes)
      || __builtin_add_overflow (nbytes, sizeof (struct cairn_chan), &nbytes))
    cairni_fatal ("a channel's capacity is too large: %z", capacity);
  struct cairn_chan *chan = cairni_object_alloc (nbytes, 0, NULL, 0);
  if (!chan)
    cairni_fatal ("out of memory for a channel of %z elements", capacity);
  chan->element_nbytes = element_nbytes;
  chan->capacity = capacity;
  return chan;
}

void
cairni_channel_fault (const char *what)
{
  if (cairni_thread_self->in_section)
    cairni_sched_leave ();
  cairni_sched_fault (what);
}

/* Take a waiter out of QUEUE that nobody else has chosen yet.  */
CAIRNI_INLINE struct cairni_waiter *
pop_waiter (struct cairni_wait_queue *queue)
{
  struct cairni_waiter *waiter;
  while ((waiter = cairni_wait_pop (queue)))
    {
      if (waiter->index < 0 || cairni_goroutine_end_this_wait (waiter->g))
        return waiter;
    }
  return NULL;
}

/* WAITER, taken out of its queue, has been served, or not, because the channel
   was closed.  */
static void
release (struct cairni_m *m, struct cairni_waiter *waiter, bool served)
{
  struct cairni_goroutine *g = waiter->g;
  waiter->value = served;
  g->result = waiter->index < 0 ? served : (uintptr_t)waiter->index;
  cairni_ready (m, g, true);
}

void
cairni_channel_mend_locked (struct cairn_chan *chan)
{
  size_t n = chan->send_index - chan->receive_index;
  chan->senders = chan->receivers = (struct cairni_wait_queue){ NULL, NULL };
  if (chan->send_index < chan->receive_index)
    n += chan->capacity;
  /* A full one has equal indices, as an empty one has.  */
  if (n > 0 || chan->count != chan->capacity)
    chan->count = n;
}

bool
cairni_channel_send_locked (struct cairni_m *m, struct cairn_chan *chan,
                            const void *element)
{
  struct cairni_waiter *receiver = pop_waiter (&chan->receivers);
  if (receiver)
    {
      if (receiver->element)
        cairni_channel_copy (receiver->element, element, chan->element_nbytes);
      release (m, receiver, true);
      return true;
    }
  if (chan->count == chan->capacity)
    return false;
  cairni_channel_put (chan, element, chan->element_nbytes);
  return true;
}

bool
cairni_channel_receive_locked (struct cairni_m *m, struct cairn_chan *chan,
                               void *element, bool *ok)
{
  size_t nbytes = chan->element_nbytes;
  struct cairni_waiter *sender;
  *ok = true;
  if (chan->count > 0)
    {
      cairni_channel_take (chan, element, chan->element_nbytes);
      if ((sender = pop_waiter (&chan->senders)))
        {
          cairni_channel_put (chan, sender->element, chan->element_nbytes);
          release (m, sender, true);
        }
      return true;
    }
  if (chan->is_closed)
    {
      *ok = false;
      if (element)
        memset (element, 0, nbytes);
      return true;
    }
  if (!(sender = pop_waiter (&chan->senders)))
    return false;
  if (element)
    cairni_channel_copy (element, sender->element, nbytes);
  release (m, sender, true);
  return true;
}

/* M's goroutine waits in QUEUE, of CHAN, whose lock is held.  */
static void
wait_in (struct cairni_m *m, struct cairni_wait_queue *queue,
         struct cairn_chan *chan, void *element,
         enum cairni_reason_to_wait reason,
         void (*after) (struct cairni_m *m, struct cairni_goroutine *g))
{
  struct cairni_waiter *waiter = &m->g->waiter;
  waiter->source = chan;
  waiter->element = element;
  waiter->index = -1;
  cairni_wait_push (queue, waiter);
  cairni_park (m, reason, &chan->lock, after);
}

static void
after_send (struct cairni_m *m, struct cairni_goroutine *g)
{
  (void)m;
  g->word = 0;
  g->waiter.source = NULL;
  g->waiter.element = NULL;
  if (!g->waiter.value)
    cairni_channel_fault ("send on closed channel");
}

static void
after_receive (struct cairni_m *m, struct cairni_goroutine *g)
{
  (void)m;
  g->waiter.source = NULL;
  g->waiter.element = NULL;
}

/* After a receive of a word: the results are that and whether there was one. */
static void
after_receive_word (struct cairni_m *m, struct cairni_goroutine *g)
{
  after_receive (m, g);
  g->result2 = g->waiter.value;
  g->result = g->word;
  g->word = 0;
}

/* With CHAN's lock, which is released, in a section, which is left.  */
static CAIRNI_NOINLINE void
send_locked (struct cairni_m *m, struct cairn_chan *chan, const void *element,
             bool is_word)
{
  struct cairni_goroutine *g = m->g;
  if (chan->is_closed)
    {
      cairni_spin_release (&chan->lock);
      cairni_channel_fault ("send on closed channel");
    }
  if (cairni_channel_send_locked (m, chan, element))
    {
      cairni_spin_release (&chan->lock);
      cairni_sched_leave ();
      return;
    }
  if (is_word)
    {
      g->word = *(const uint64_t *)element;
      element = &g->word;
    }
  wait_in (m, &chan->senders, chan, (void *)element, CAIRNI_WAIT_SEND,
           after_send);
  cairni_sched_leave ();
}

CAIRNI_INLINE void
send (struct cairn_chan *chan, const void *element, bool is_word)
{
  struct cairni_m *m = cairni_sched_enter ();
  if (cairni_unlikely (!chan))
    cairni_park (m, CAIRNI_WAIT_SEND_NIL, NULL, NULL);
  cairni_channel_lock (chan);
  /* Most often nothing else is to be looked at.  */
  if (chan->count == chan->capacity || chan->is_closed || chan->receivers.first)
    {
      send_locked (m, chan, element, is_word);
      return;
    }
  cairni_channel_put (chan, element, chan->element_nbytes);
  cairni_spin_release (&chan->lock);
  cairni_thread_leave (m->thread);
}

/* Called by assembly: see parking.def.  */
extern void cairni_park_chan_send (struct cairn_chan *chan,
                                   const void *element);
extern void cairni_park_chan_send_word (struct cairn_chan *chan, uint64_t word);
extern int cairni_park_chan_receive (struct cairn_chan *chan, void *element);
extern struct cairn_chan_word
cairni_park_chan_receive_word (struct cairn_chan *chan);

void
cairni_park_chan_send (struct cairn_chan *chan, const void *element)
{
  send (chan, element, false);
}

void
cairni_park_chan_send_word (struct cairn_chan *chan, uint64_t word)
{
  send (chan, &word, true);
}

int
cairni_park_chan_receive (struct cairn_chan *chan, void *element)
{
  struct cairni_m *m = cairni_sched_enter ();
  bool ok;
  if (!chan)
    cairni_park (m, CAIRNI_WAIT_RECEIVE_NIL, NULL, NULL);
  cairni_channel_lock (chan);
  if (cairni_channel_receive_locked (m, chan, element, &ok))
    {
      cairni_spin_release (&chan->lock);
      cairni_sched_leave ();
      return ok;
    }
  wait_in (m, &chan->receivers, chan, element, CAIRNI_WAIT_RECEIVE,
           after_receive);
  ok = m->g->result;
  cairni_sched_leave ();
  return ok;
}

/* With CHAN's lock, which is released, in a section, which is left.  */
static CAIRNI_NOINLINE struct cairn_chan_word
receive_word_locked (struct cairni_m *m, struct cairn_chan *chan)
{
  uint64_t word = 0;
  bool ok;
  if (cairni_channel_receive_locked (m, chan, &word, &ok))
    {
      cairni_spin_release (&chan->lock);
      cairni_sched_leave ();
      return (struct cairn_chan_word){ word, ok };
    }
  m->g->word = 0;
  wait_in (m, &chan->receivers, chan, &m->g->word, CAIRNI_WAIT_RECEIVE,
           after_receive_word);
  struct cairn_chan_word result = { m->g->result, m->g->result2 };
  cairni_sched_leave ();
  return result;
}

struct cairn_chan_word
cairni_park_chan_receive_word (struct cairn_chan *chan)
{
  struct cairni_m *m = cairni_sched_enter ();
  uint64_t word = 0;
  if (cairni_unlikely (!chan))
    cairni_park (m, CAIRNI_WAIT_RECEIVE_NIL, NULL, NULL);
  cairni_channel_lock (chan);
  if (chan->count == 0 || chan->senders.first)
    return receive_word_locked (m, chan);
  cairni_channel_take (chan, &word, chan->element_nbytes);
  cairni_spin_release (&chan->lock);
  cairni_thread_leave (m->thread);
  return (struct cairn_chan_word){ word, true };
}

CAIRNI_PUBLIC int
cairn_chan_try_send (struct cairn_chan *chan, const void *element)
{
  if (!chan)
    return 0;
  struct cairni_m *m = cairni_sched_enter ();
  cairni_channel_lock (chan);
  bool is_closed = chan->is_closed;
  bool done = !is_closed && cairni_channel_send_locked (m, chan, element);
  cairni_spin_release (&chan->lock);
  cairni_sched_leave ();
  if (is_closed)
    cairni_channel_fault ("send on closed channel");
  return done;
}

CAIRNI_PUBLIC int
cairn_chan_try_receive (struct cairn_chan *chan, void *element, int *ok)
{
  bool received = false;
  if (!chan)
    return 0;
  struct cairni_m *m = cairni_sched_enter ();
  cairni_channel_lock (chan);
  bool done = cairni_channel_receive_locked (m, chan, element, &received);
  cairni_spin_release (&chan->lock);
  cairni_sched_leave ();
  if (done && ok)
    *ok = received;
  return done;
}

bool
cairni_channel_close (struct cairni_m *m, struct cairn_chan *chan)
{
  struct cairni_waiter *waiter, *first = NULL;
  cairni_channel_lock (chan);
  if (chan->is_closed)
    {
      cairni_spin_release (&chan->lock);
      return false;
    }
  chan->is_closed = true;
  /* Nobody else can find them any more: they can wait for the lock to be
     free.  */
  while ((waiter = pop_waiter (&chan->receivers)))
    {
      if (waiter->element)
        memset (waiter->element, 0, chan->element_nbytes);
      waiter->next = first;
      first = waiter;
    }
  while ((waiter = pop_waiter (&chan->senders)))
    {
      waiter->next = first;
      first = waiter;
    }
  cairni_spin_release (&chan->lock);
  while ((waiter = first))
    {
      first = waiter->next;
      waiter->next = NULL;
      release (m, waiter, false);
    }
  return true;
}

CAIRNI_PUBLIC void
cairn_chan_close (struct cairn_chan *chan)
{
  if (!chan)
    cairni_channel_fault ("close of nil channel");
  if (!cairni_channel_close (cairni_sched_enter (), chan))
    cairni_channel_fault ("close of closed channel");
  cairni_sched_leave ();
}

CAIRNI_PUBLIC size_t
cairn_chan_len (const struct cairn_chan *chan)
{
  return chan ? cairni_peek (chan->count) : 0;
}

CAIRNI_PUBLIC size_t
cairn_chan_cap (const struct cairn_chan *chan)
{
  return chan ? chan->capacity : 0;
}

struct cairn_chan_word
cairni_channel_park_with (uint64_t word)
{
  cairni_hooks.park ();
  return (struct cairn_chan_word){ word, true };
}
