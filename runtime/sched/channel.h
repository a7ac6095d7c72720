/* channel.h: what a channel is.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A channel is one collected object.  Its queues lead to records that are not;
   a waiting goroutine is a root by itself.

     .inv.channel  If somebody waits to receive, the buffer is empty; if somebody
                   waits to send, it is full.  A closed channel has nobody
                   waiting.  (A select that waits in both queues is no
                   exception.)  */

#ifndef CAIRNI_CHANNEL_H
#define CAIRNI_CHANNEL_H

#include "cairn/chan.h"
#include "sched/scheduler.h"

struct cairn_chan
{
  struct cairni_spin lock; /* Guards the rest.  */
  bool is_closed;
  uint32_t element_nbytes;
  size_t capacity, count;
  size_t send_index, receive_index; /* In the buffer.  */
  struct cairni_wait_queue senders, receivers;
  char buffer[] __attribute__ ((aligned (16)));
};

/* Copy an element of NBYTES.  */
CAIRNI_INLINE void
cairni_channel_copy (void *to, const void *from, size_t nbytes)
{
  if (nbytes == 8)
    *(uint64_t *)to = *(const uint64_t *)from;
  else if (nbytes == 4)
    *(uint32_t *)to = *(const uint32_t *)from;
  else
    __builtin_memcpy (to, from, nbytes);
}

/* Where element INDEX of CHAN's buffer is; the index after it.  */
CAIRNI_INLINE void *
cairni_channel_slot (struct cairn_chan *chan, size_t index)
{
  return chan->buffer + index * chan->element_nbytes;
}

CAIRNI_INLINE size_t
cairni_channel_behind (const struct cairn_chan *chan, size_t index)
{
  return index + 1 == chan->capacity ? 0 : index + 1;
}

CAIRNI_INLINE void
cairni_channel_clear (void *element, size_t nbytes)
{
  if (nbytes == 8)
    *(uint64_t *)element = 0;
  else if (nbytes == 4)
    *(uint32_t *)element = 0;
  else
    memset (element, 0, nbytes);
}

/* The order of changes in the next two matters to who forks meanwhile: COUNT is
   never less than what is between the indices, where all elements are whole.  */

CAIRNI_INLINE void
cairni_channel_put (struct cairn_chan *chan, const void *element, size_t nbytes)
{
  cairni_channel_copy (cairni_channel_slot (chan, chan->send_index), element,
                       nbytes);
  cairni_compiler_barrier ();
  cairni_poke (chan->count, chan->count + 1);
  cairni_compiler_barrier ();
  cairni_poke (chan->send_index,
               cairni_channel_behind (chan, chan->send_index));
}

/* ELEMENT may be NULL.  */
CAIRNI_INLINE void
cairni_channel_take (struct cairn_chan *chan, void *element, size_t nbytes)
{
  void *from = cairni_channel_slot (chan, chan->receive_index);
  if (element)
    cairni_channel_copy (element, from, nbytes);
  cairni_poke (chan->receive_index,
               cairni_channel_behind (chan, chan->receive_index));
  cairni_compiler_barrier ();
  cairni_poke (chan->count, chan->count - 1);
  /* What was received shall not be kept alive.  */
  cairni_channel_clear (from, nbytes);
}

/* CHAN is as it was when the process forked: nobody waits any more, and what
   another thread was doing just then has happened or not.  */
extern void cairni_channel_mend_locked (struct cairn_chan *chan)
    __attribute__ ((cold));

/* The thread has been told to stop: park, and return WORD, which stays alive.  */
extern struct cairn_chan_word cairni_channel_park_with (uint64_t word);

CAIRNI_INLINE void
cairni_channel_lock (struct cairn_chan *chan)
{
  if (cairni_unlikely (cairni_spin_acquire (&chan->lock)))
    cairni_channel_mend_locked (chan);
}

/* With the lock, which is kept: send ELEMENT, or receive into ELEMENT, which
   may be NULL, if that needs no wait; false: it does.  The channel is not
   closed, or *OK is set.  */
extern bool cairni_channel_send_locked (struct cairni_m *m,
                                        struct cairn_chan *chan,
                                        const void *element);
extern bool cairni_channel_receive_locked (struct cairni_m *m,
                                           struct cairn_chan *chan,
                                           void *element, bool *ok);

/* Close CHAN.  In a section.  False: it is closed already.  */
extern bool cairni_channel_close (struct cairni_m *m, struct cairn_chan *chan);

/* End the program: the fault is the caller's.  Leaves the section.  */
extern void cairni_channel_fault (const char *what)
    __attribute__ ((noreturn, cold));

#endif /* CAIRNI_CHANNEL_H */
