/* timers.c: what is to happen at a time.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A heap in which each has up to four children: a timer at place i is not due
   before its parent at (i - 2) / 4 + 1.  */

#include "sched/timers.h"
#include "os/sys.h"
#include "sched/scheduler.h"

#define FANOUT 4

static struct cairni_lock lock;
static struct cairni_timer **heap; /* From place 1 on.  */
static size_t ntimers, capacity;
static size_t nhappening; /* Those taken out, until their FN has returned.  */

size_t cairni_timers_next_ns = SIZE_MAX;

static void
put (size_t place, struct cairni_timer *timer)
{
  heap[place] = timer;
  timer->place = place;
}

static void
sift_up (size_t place, struct cairni_timer *timer)
{
  while (place > 1)
    {
      size_t parent = (place - 2) / FANOUT + 1;
      if (heap[parent]->when_ns <= timer->when_ns)
        break;
      put (place, heap[parent]);
      place = parent;
    }
  put (place, timer);
}

static void
sift_down (size_t place, struct cairni_timer *timer)
{
  for (;;)
    {
      size_t child = (place - 1) * FANOUT + 2, best = 0;
      for (size_t c = child; c < child + FANOUT && c <= ntimers; c++)
        if (best == 0 || heap[c]->when_ns < heap[best]->when_ns)
          best = c;
      if (best == 0 || heap[best]->when_ns >= timer->when_ns)
        break;
      put (place, heap[best]);
      place = best;
    }
  put (place, timer);
}

static void
grow_locked (void)
{
  size_t old_nbytes = capacity * sizeof *heap;
  size_t nbytes = old_nbytes ? 2 * old_nbytes : 65536;
  void *bigger = heap ? cairni_sys_remap (heap, old_nbytes, nbytes)
                      : cairni_sys_map (nbytes);
  if (!bigger)
    cairni_fatal ("out of memory for timers");
  heap = bigger;
  capacity = nbytes / sizeof *heap;
}

static void
note_next_locked (void)
{
  __atomic_store_n (&cairni_timers_next_ns,
                    ntimers ? heap[1]->when_ns : SIZE_MAX, __ATOMIC_RELEASE);
}

static void
insert_locked (struct cairni_timer *timer)
{
  if (ntimers + 1 >= capacity)
    grow_locked ();
  cairni_poke (ntimers, ntimers + 1);
  sift_up (ntimers, timer);
}

static void
remove_locked (struct cairni_timer *timer)
{
  size_t place = timer->place;
  struct cairni_timer *last = heap[ntimers];
  __atomic_store_n (&ntimers, ntimers - 1, __ATOMIC_RELEASE);
  timer->place = 0;
  if (last == timer)
    return;
  if (place > 1 && last->when_ns < heap[(place - 2) / FANOUT + 1]->when_ns)
    sift_up (place, last);
  else
    sift_down (place, last);
}

void
cairni_timers_add (struct cairni_timer *timer)
{
  cairni_lock_acquire (&lock);
  insert_locked (timer);
  bool is_first = heap[1] == timer;
  note_next_locked ();
  cairni_lock_release (&lock);
  if (is_first)
    cairni_sched_timer_changed ();
}

bool
cairni_timers_remove (struct cairni_timer *timer)
{
  cairni_lock_acquire (&lock);
  bool was_active = timer->place != 0;
  if (was_active)
    {
      remove_locked (timer);
      note_next_locked ();
    }
  cairni_lock_release (&lock);
  return was_active;
}

unsigned
cairni_timers_run (struct cairni_m *m, size_t now_ns)
{
  unsigned n = 0;
  while (__atomic_load_n (&cairni_timers_next_ns, __ATOMIC_ACQUIRE) <= now_ns)
    {
      cairni_lock_acquire (&lock);
      struct cairni_timer *timer = ntimers ? heap[1] : NULL;
      if (!timer || timer->when_ns > now_ns)
        {
          cairni_lock_release (&lock);
          break;
        }
      void (*fn) (struct cairni_m *, void *, uint64_t) = timer->fn;
      void *arg = timer->arg;
      uint64_t serial = timer->serial;
      __atomic_fetch_add (&nhappening, 1, __ATOMIC_RELAXED);
      if (timer->period_ns)
        {
          /* Beats that were missed are left out.  */
          timer->when_ns += (1 + (now_ns - timer->when_ns) / timer->period_ns)
                            * timer->period_ns;
          sift_down (1, timer);
        }
      else
        remove_locked (timer);
      note_next_locked ();
      cairni_lock_release (&lock);
      fn (m, arg, serial);
      __atomic_fetch_sub (&nhappening, 1, __ATOMIC_RELEASE);
      n++;
    }
  return n;
}

size_t
cairni_timers_count (void)
{
  /* Without the lock.  One that is taken out to happen is counted there first.
   */
  size_t n = __atomic_load_n (&ntimers, __ATOMIC_SEQ_CST);
  return n + __atomic_load_n (&nhappening, __ATOMIC_SEQ_CST);
}

void
cairni_timers_visit (void (*fn) (uintptr_t lo, uintptr_t hi))
{
  for (size_t i = 1; i <= ntimers; i++)
    fn ((uintptr_t)&heap[i]->arg, (uintptr_t)(&heap[i]->arg + 1));
}

void
cairni_timers_after_fork (void)
{
  lock.word = 0;
  for (size_t i = 1; i <= ntimers; i++)
    heap[i]->place = 0;
  ntimers = nhappening = 0;
  note_next_locked ();
}
