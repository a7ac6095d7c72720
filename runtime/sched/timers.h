/* timers.h: what is to happen at a time.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A heap of all timers, by the time when they are due.  Whoever looks for work
   runs those that are; the monitor sees to it that somebody does.  */

#ifndef CAIRNI_TIMERS_H
#define CAIRNI_TIMERS_H

#include "base/base.h"

struct cairni_m;

/* What happens at a time.  FN is called in a section of some thread, without a
   lock; it does not wait.  ARG is a root while the timer is active.

     .inv.timers.late  FN may be called after the timer was removed, and even
                       after it was added anew: by a thread that had found it
                       due before that.  SERIAL, which FN is given as it was
                       then, tells FN whether it is still wanted.  */
struct cairni_timer
{
  size_t when_ns;   /* On the monotonic clock.  */
  size_t period_ns; /* And then each so many; 0: once.  */
  void (*fn) (struct cairni_m *m, void *arg, uint64_t serial);
  void *arg;
  uint64_t serial; /* Whose meaning is FN's.  */
  uint32_t place;  /* In the heap, from 1 on; 0: not active.  Timers' lock.  */
};

/* When the next is due; SIZE_MAX: never.  */
extern size_t cairni_timers_next_ns;

/* Activate TIMER, which is not active, and of which all is set but the place.
 */
extern void cairni_timers_add (struct cairni_timer *timer);

/* False: it was not active; it may be happening right now.  */
extern bool cairni_timers_remove (struct cairni_timer *timer);

/* Run what is due at NOW_NS; returns how many that were.  */
extern unsigned cairni_timers_run (struct cairni_m *m, size_t now_ns);

/* How many are active or happening.  */
extern size_t cairni_timers_count (void);
extern void cairni_timers_visit (void (*fn) (uintptr_t lo, uintptr_t hi));

/* After fork, in the child: no timer is active any more.  */
extern void cairni_timers_after_fork (void);

#endif /* CAIRNI_TIMERS_H */
