/* wait.h: queues of goroutines that wait for something.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A queue is part of what is waited for, and guarded by its lock.  */

#ifndef CAIRNI_WAIT_H
#define CAIRNI_WAIT_H

#include "base/base.h"

struct cairni_goroutine;

/* One goroutine in one queue.  A goroutine has one of these; select has one per
   case.  */
struct cairni_waiter
{
  struct cairni_waiter *next, *prev;
  struct cairni_goroutine *g;
  void *source;   /* The channel, mutex, … that it waits for; a root.  */
  void *element;  /* To be sent, or where it is to be received.  */
  int index;               /* Of a select's case; -1: it is no select.  */
  uint32_t value;          /* Whose meaning is between the two parties.  */
};

struct cairni_wait_queue
{
  struct cairni_waiter *first, *last;
};

CAIRNI_INLINE void
cairni_wait_push (struct cairni_wait_queue *queue, struct cairni_waiter *waiter)
{
  waiter->next = NULL;
  waiter->prev = queue->last;
  if (queue->last)
    queue->last->next = waiter;
  else
    queue->first = waiter;
  queue->last = waiter;
}

CAIRNI_INLINE void
cairni_wait_push_front (struct cairni_wait_queue *queue,
                        struct cairni_waiter *waiter)
{
  waiter->prev = NULL;
  waiter->next = queue->first;
  if (queue->first)
    queue->first->prev = waiter;
  else
    queue->last = waiter;
  queue->first = waiter;
}

/* Take WAITER, which is in QUEUE, out of it.  */
CAIRNI_INLINE void
cairni_wait_remove (struct cairni_wait_queue *queue,
                    struct cairni_waiter *waiter)
{
  if (waiter->prev)
    waiter->prev->next = waiter->next;
  else
    queue->first = waiter->next;
  if (waiter->next)
    waiter->next->prev = waiter->prev;
  else
    queue->last = waiter->prev;
  waiter->next = waiter->prev = NULL;
}

CAIRNI_INLINE struct cairni_waiter *
cairni_wait_pop (struct cairni_wait_queue *queue)
{
  struct cairni_waiter *waiter = queue->first;
  if (waiter)
    cairni_wait_remove (queue, waiter);
  return waiter;
}

#endif /* CAIRNI_WAIT_H */
