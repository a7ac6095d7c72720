/* channel-in-place.c: the common cases of channels, on the caller's stack.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A buffer that is neither empty nor full, elements of 8 or 4 bytes, and nobody
   who waits or has the lock.  Nothing is called but at the end, by a jump: when the
   goroutine waits, nothing is on its stack of these functions, which are not
   compiled for one that moves.  See parking.def.  */

#include "arch/x86_64/arch.h"
#include "sched/channel.h"

#define BY_JUMPS __attribute__ ((optimize ("O2", "omit-frame-pointer")))

/* The address to return to.  (ThreadSanitizer runs no growable stacks.)  */
#ifndef __SANITIZE_THREAD__
#pragma GCC diagnostic error "-Wstack-usage=8"
#endif

/* Enter a section and take CHAN's lock, if that takes no time; NULL: not so, and
   there is no section.  If there are NOT_SO_MANY elements, it is not worth while. */
CAIRNI_INLINE struct cairni_m *
try_enter (struct cairn_chan *chan, size_t not_so_many)
{
  struct cairni_m *m = cairni_m_self;
  if (!m || cairni_peek (chan->count) == not_so_many
      || (chan->element_nbytes != 8 && chan->element_nbytes != 4))
    return NULL;
  cairni_thread_enter (m->thread);
  if (cairni_likely (cairni_spin_try (&chan->lock)))
    return m;
  /* If it has been told to stop, it does where it goes now.  */
  cairni_thread_leave_asked (m->thread);
  return NULL;
}

/* Undo that; true: the thread has been told to stop.  */
CAIRNI_INLINE bool
leave_asked (struct cairni_m *m, struct cairn_chan *chan)
{
  cairni_spin_release (&chan->lock);
  return cairni_thread_leave_asked (m->thread);
}

/* Called by assembly, and the way on.  */
extern void cairni_try_chan_send_word (struct cairn_chan *chan, uint64_t word);
extern void cairni_wait_chan_send_word (struct cairn_chan *chan, uint64_t word)
    __attribute__ ((visibility ("hidden")));
extern struct cairn_chan_word
cairni_try_chan_receive_word (struct cairn_chan *chan);
extern struct cairn_chan_word
cairni_wait_chan_receive_word (struct cairn_chan *chan)
    __attribute__ ((visibility ("hidden")));

BY_JUMPS void
cairni_try_chan_send_word (struct cairn_chan *chan, uint64_t word)
{
  struct cairni_m *m = chan ? try_enter (chan, chan->capacity) : NULL;
  if (!m)
    {
      cairni_wait_chan_send_word (chan, word);
      return;
    }
  if (cairni_unlikely (chan->count == chan->capacity || chan->is_closed
                       || chan->receivers.first))
    {
      leave_asked (m, chan);
      cairni_wait_chan_send_word (chan, word);
      return;
    }
  if (cairni_likely (chan->element_nbytes == 8))
    cairni_channel_put (chan, &word, 8);
  else
    cairni_channel_put (chan, &word, 4);
  if (cairni_unlikely (leave_asked (m, chan)))
    CAIRNI_ARCH_ON_SYSTEM (cairni_hooks.park);
}

BY_JUMPS struct cairn_chan_word
cairni_try_chan_receive_word (struct cairn_chan *chan)
{
  struct cairni_m *m = chan ? try_enter (chan, 0) : NULL;
  uint64_t word = 0;
  if (!m)
    return cairni_wait_chan_receive_word (chan);
  if (cairni_unlikely (chan->count == 0 || chan->senders.first))
    {
      leave_asked (m, chan);
      return cairni_wait_chan_receive_word (chan);
    }
  if (cairni_likely (chan->element_nbytes == 8))
    cairni_channel_take (chan, &word, 8);
  else
    cairni_channel_take (chan, &word, 4);
  if (cairni_unlikely (leave_asked (m, chan)))
    return CAIRNI_ARCH_ON_SYSTEM (cairni_channel_park_with, word);
  return (struct cairn_chan_word){ word, true };
}
