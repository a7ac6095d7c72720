/* reasons.c: the dump says of each goroutine why it waits, where, and who made
   it.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).  */

/* { seen-run "" 0 "^goroutine 1 \[running\]:.  main \+ [0-9]+..goroutine" } */
/* { seen-says "goroutine [0-9]+ \[chan receive\]:.  receives \+ [0-9]+.created by main in goroutine 1." } */
/* { seen-says "\[chan receive\]:.  receives_large \+ [0-9]+.created" } */
/* { seen-says "\[chan receive \(nil chan\)\]:.  receives_from_none \+ [0-9]+.created" } */
/* { seen-says "\[chan send\]:.  sends \+ [0-9]+.created" } */
/* { seen-says "\[chan send \(nil chan\)\]:.  sends_to_none \+ [0-9]+.created" } */
/* { seen-says "\[select\]:.  selects \+ [0-9]+.created" } */
/* { seen-says "\[select \(no cases\)\]:.  selects_none \+ [0-9]+.created" } */
/* { seen-says "\[sleep\]:.  sleeps \+ [0-9]+.created" } */
/* { seen-says "\[sync.Mutex.Lock\]:.(  cairn_mutex_lock \+ [0-9]+.)?  locks \+ [0-9]+.created" } */
/* { seen-says "\[sync.RWMutex.Lock\]:.  writes \+ [0-9]+.created" } */
/* { seen-says "\[sync.RWMutex.RLock\]:.  reads \+ [0-9]+.created" } */
/* { seen-says "\[sync.WaitGroup.Wait\]:.  waits \+ [0-9]+.created" } */
/* { seen-says "\[sync.Once.Do\]:.  does_once \+ [0-9]+.created" } */
/* { seen-says "\[sync.Cond.Wait\]:.  awaits \+ [0-9]+.created" } */
/* { seen-says "\[semacquire\]:.  acquires \+ [0-9]+.created" } */
/* { seen-says "\[chan receive, locked to thread\]:.  receives_bound \+ [0-9]+.created" } */
/* { seen-says "\[chan receive\]:.  inner \+ [0-9]+.  middle \+ [0-9]+.  outer \+ [0-9]+.created by maker in goroutine 1." } */
/* { seen-says "\[sync.Mutex.Lock\] \(a thread of the program\):.(  cairn_mutex_lock \+ [0-9]+.)?  locks_in_thread \+ [0-9]+." } */
/* { seen-not "__morestack|cairni_|futex|syscall|start_main" } */

#include "../lib/check.h"
#include <cairn/chan.h>
#include <cairn/go.h>
#include <cairn/sync.h>

#include <pthread.h>

struct large
{
  char bytes[100];
};

static cairn_chan (int) chan;
static cairn_chan (struct large) large_chan;
static struct cairn_mutex mutex, other_mutex;
static struct cairn_rwmutex write_mutex, read_mutex;
static struct cairn_waitgroup group;
static struct cairn_once once;
static struct cairn_cond cond;
static struct cairn_semaphore semaphore;
static volatile int after;

/* What follows keeps the function's frame.  */
#define FUNCTION(name, ...)                                                    \
  static NOINLINE void name (void *unused)                                     \
  {                                                                            \
    (void)unused;                                                              \
    __VA_ARGS__;                                                               \
    after++;                                                                   \
  }

FUNCTION (receives, cairn_receive (chan))
FUNCTION (receives_large, cairn_receive (large_chan))
FUNCTION (receives_from_none, cairn_receive ((cairn_chan (int))opaque (NULL)))
FUNCTION (sends, cairn_send (cairn_make_chan (int, 0), 1))
FUNCTION (sends_to_none, cairn_send ((cairn_chan (int))opaque (NULL), 1))
FUNCTION (selects, cairn_select (CAIRN_RECEIVE (chan, NULL, NULL)))
FUNCTION (selects_none, cairn_select_cases (NULL, 0))
FUNCTION (sleeps, cairn_sleep (100 * CAIRN_SECOND))
FUNCTION (locks, cairn_mutex_lock (&mutex))
FUNCTION (writes, cairn_rwmutex_lock (&write_mutex))
FUNCTION (reads, cairn_rwmutex_read_lock (&read_mutex))
FUNCTION (waits, cairn_waitgroup_wait (&group))
FUNCTION (does_once, cairn_once_begin (&once))
FUNCTION (awaits, cairn_mutex_lock (&other_mutex);
          cairn_cond_wait (&cond, &other_mutex))
FUNCTION (acquires, cairn_semaphore_acquire (&semaphore, 1))
FUNCTION (receives_bound, cairn_lock_thread (); cairn_receive (chan))
FUNCTION (inner, cairn_receive (chan))
FUNCTION (middle, inner (unused))
FUNCTION (outer, middle (unused))
FUNCTION (maker, cairn_go (outer, NULL))

static NOINLINE void *
locks_in_thread (void *unused)
{
  (void)unused;
  cairn_mutex_lock (&mutex);
  after++;
  return NULL;
}

int
main (void)
{
  pthread_t thread;
  chan = cairn_make_chan (int, 0);
  large_chan = cairn_make_chan (struct large, 0);
  cairn_mutex_lock (&mutex);
  cairn_rwmutex_lock (&write_mutex);
  cairn_rwmutex_lock (&read_mutex);
  cairn_waitgroup_add (&group, 1);
  CHECK (cairn_once_begin (&once));
  void (*const all[]) (void *)
      = { receives,     receives_large, receives_from_none, sends,
          sends_to_none, selects,       selects_none,       sleeps,
          locks,        writes,         reads,              waits,
          does_once,    awaits,         acquires,           receives_bound };
  for (unsigned i = 0; i < sizeof all / sizeof *all; i++)
    cairn_go (all[i], NULL);
  maker (NULL);
  pthread_create (&thread, NULL, locks_in_thread, NULL);
  cairn_sleep (200 * CAIRN_MILLISECOND);
  cairn_dump_goroutines ();
  return after - 1;
}
