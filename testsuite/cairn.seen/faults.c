/* faults.c: misuse ends the program with status 2, a message, and the frames of
   whose fault it is.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).  */

/* { seen-run "deadlock" 2 "^fatal error: all goroutines are asleep - deadlock!.*goroutine 1 \[chan receive\]:.  deadlock \+ [0-9]+.  main \+ [0-9]+.*goroutine [0-9]+ \[chan receive\]:.  waits \+ [0-9]+.created by deadlock in goroutine 1$" } */
/* { seen-run "deadlock_bound" 2 "^fatal error: all goroutines are asleep - deadlock!.*goroutine 1 \[chan receive, locked to thread\]:.  deadlock_bound \+ [0-9]+.  main \+ [0-9]+" } */
/* { seen-run "send_closed" 2 "^fatal error: send on closed channel..goroutine 1 \[running\]:.  send_closed \+ [0-9]+.  main \+ [0-9]+$" } */
/* { seen-run "try_send_closed" 2 "^fatal error: send on closed channel..goroutine 1 \[running\]:.  try_send_closed \+ [0-9]+.  main \+ [0-9]+$" } */
/* { seen-run "select_closed" 2 "^fatal error: send on closed channel..goroutine 1 \[running\]:.  select_closed \+ [0-9]+.  main \+ [0-9]+$" } */
/* { seen-run "close_under_sender" 2 "^fatal error: send on closed channel..goroutine [2-9] \[running\]:.  sends \+ [0-9]+.created by close_under_sender in goroutine 1$" } */
/* { seen-run "close_under_yielder" 2 "^fatal error: send on closed channel..goroutine [2-9] \[running\]:.  sends \+ [0-9]+.created by close_under_yielder in goroutine 1$" } */
/* { seen-run "close_under_select" 2 "^fatal error: send on closed channel..goroutine [2-9] \[running\]:.  selects \+ [0-9]+.created by close_under_select in goroutine 1$" } */
/* { seen-run "close_closed" 2 "^fatal error: close of closed channel..goroutine 1 \[running\]:.  close_closed \+ [0-9]+.  main \+ [0-9]+$" } */
/* { seen-run "close_nil" 2 "^fatal error: close of nil channel..goroutine 1 \[running\]:.  close_nil \+ [0-9]+.  main \+ [0-9]+$" } */
/* { seen-run "go_nil" 2 "^fatal error: go of nil func value..goroutine 1 \[running\]:.  go_nil \+ [0-9]+.  main \+ [0-9]+$" } */
/* { seen-run "unlock" 2 "^fatal error: sync: unlock of unlocked mutex..goroutine 1 \[running\]:.(  cairn_mutex_unlock \+ [0-9]+.)?  unlock \+ [0-9]+.  main \+ [0-9]+$" } */
/* { seen-run "unlock_rwmutex" 2 "^fatal error: sync: Unlock of unlocked RWMutex..goroutine 1 \[running\]:.  unlock_rwmutex \+ [0-9]+.  main \+ [0-9]+$" } */
/* { seen-run "unlock_reader" 2 "^fatal error: sync: RUnlock of unlocked RWMutex..goroutine 1 \[running\]:.  unlock_reader \+ [0-9]+.  main \+ [0-9]+$" } */
/* { seen-run "negative" 2 "^fatal error: sync: negative WaitGroup counter..goroutine 1 \[running\]:.  negative \+ [0-9]+.  main \+ [0-9]+$" } */
/* { seen-run "cond_unlocked" 2 "^fatal error: sync: unlock of unlocked mutex..goroutine 1 \[running\]:.  cond_unlocked \+ [0-9]+.  main \+ [0-9]+$" } */
/* { seen-run "in_goroutine" 2 "^fatal error: close of nil channel..goroutine [2-9] \[running\]:.  closes_nil \+ [0-9]+.created by in_goroutine in goroutine 1$" } */
/* { seen-run "in_thread" 2 "^fatal error: close of nil channel..goroutine [1-9] \[running\] \(a thread of the program\):.  closes_nil_in_thread \+ [0-9]+" } */

#include "../lib/check.h"
#include <cairn/chan.h>
#include <cairn/go.h>
#include <cairn/sync.h>

#include <pthread.h>

static volatile int after;
static cairn_chan (int) chan;

static NOINLINE void
waits (void *unused)
{
  cairn_receive (cairn_make_chan (int, 0));
  after++;
}

static NOINLINE void
sends (void *unused)
{
  cairn_send (chan, 1);
  after++;
}

static NOINLINE void
selects (void *unused)
{
  int one = 1;
  cairn_select (CAIRN_SEND (chan, &one));
  after++;
}

static NOINLINE void
closes_nil (void *unused)
{
  cairn_close ((cairn_chan (int))opaque (NULL));
  after++;
}

static NOINLINE void *
closes_nil_in_thread (void *unused)
{
  cairn_close ((cairn_chan (int))opaque (NULL));
  after++;
  return NULL;
}

static NOINLINE void
yields (void *unused)
{
  for (;;)
    cairn_yield ();
}

#define FAULT(name, ...)                                                       \
  static NOINLINE void name (void)                                             \
  {                                                                            \
    __VA_ARGS__;                                                               \
    after++;                                                                   \
  }

FAULT (deadlock, cairn_go (waits, NULL); cairn_receive (chan))
FAULT (deadlock_bound, cairn_lock_thread (); cairn_receive (chan))
FAULT (send_closed, cairn_close (chan); cairn_send (chan, 1))
FAULT (try_send_closed, int one = 1; cairn_close (chan);
       cairn_chan_try_send (cairn_chan_of (chan), &one))
FAULT (select_closed, int one = 1; cairn_close (chan);
       cairn_select (CAIRN_SEND (chan, &one)))
FAULT (close_under_sender, cairn_go (sends, NULL);
       cairn_sleep (10 * CAIRN_MILLISECOND); cairn_close (chan);
       cairn_sleep (CAIRN_SECOND))
FAULT (close_under_yielder, cairn_go (sends, NULL); cairn_go (yields, NULL);
       cairn_sleep (10 * CAIRN_MILLISECOND); cairn_close (chan);
       cairn_sleep (CAIRN_SECOND))
FAULT (close_under_select, cairn_go (selects, NULL);
       cairn_sleep (10 * CAIRN_MILLISECOND); cairn_close (chan);
       cairn_sleep (CAIRN_SECOND))
FAULT (close_closed, cairn_close (chan); cairn_close (chan))
FAULT (close_nil, cairn_close ((cairn_chan (int))opaque (NULL)))
FAULT (go_nil, cairn_go (opaque (NULL), NULL))
static struct cairn_mutex mutex;
static struct cairn_rwmutex rwmutex;
static struct cairn_waitgroup group;
static struct cairn_cond cond;
FAULT (unlock, cairn_mutex_unlock (&mutex))
FAULT (unlock_rwmutex, cairn_rwmutex_unlock (&rwmutex))
FAULT (unlock_reader, cairn_rwmutex_read_unlock (&rwmutex))
FAULT (negative, cairn_waitgroup_add (&group, -1))
FAULT (cond_unlocked, cairn_cond_wait (&cond, &mutex))
FAULT (in_goroutine, cairn_go (closes_nil, NULL); cairn_sleep (CAIRN_SECOND))
FAULT (in_thread, pthread_t thread;
       pthread_create (&thread, NULL, closes_nil_in_thread, NULL);
       pthread_join (thread, NULL))

static const struct
{
  const char *name;
  void (*fn) (void);
} all[] = {
#define CASE(name) { #name, name }
  CASE (deadlock),          CASE (deadlock_bound),      CASE (send_closed),
  CASE (try_send_closed),   CASE (select_closed),       CASE (close_under_sender),
  CASE (close_under_yielder), CASE (close_under_select), CASE (close_closed),
  CASE (close_nil),         CASE (go_nil),              CASE (unlock),
  CASE (unlock_rwmutex),    CASE (unlock_reader),       CASE (negative),
  CASE (cond_unlocked),     CASE (in_goroutine),        CASE (in_thread),
};

int
main (int argc, char **argv)
{
  chan = cairn_make_chan (int, 0);
  for (unsigned i = 0; i < sizeof all / sizeof *all; i++)
    if (strcmp (argv[1], all[i].name) == 0)
      all[i].fn ();
  return 9 + after;
}
