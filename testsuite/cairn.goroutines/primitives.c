/* Mutexes, wait groups and their like.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

   Catches: two in a critical section, a lost wake-up, a reader beside a writer,
   more holders than permits, something that is done twice.  */

#include "goroutines.h"

static struct cairn_waitgroup group;
static struct cairn_mutex mutex;
static struct cairn_rwmutex rwmutex;
static struct cairn_once once;
static struct cairn_cond cond;
static struct cairn_semaphore semaphore = CAIRN_SEMAPHORE (3);
static int counter, inside, readers, writers, ndone, turn, nholders;
static int nrounds;

static void
count (void *unused)
{
  (void)unused;
  for (int i = 0; i < 100 * nrounds; i++)
    {
      cairn_mutex_lock (&mutex);
      CHECK (++inside == 1);
      int seen = counter;
      if (i % 7 == 0)
        cairn_yield ();
      counter = seen + 1;
      CHECK (--inside == 0);
      cairn_mutex_unlock (&mutex);
    }
  cairn_waitgroup_done (&group);
}

static void
read_or_write (void *arg)
{
  for (int i = 0; i < 50 * nrounds; i++)
    if ((i + (long)arg) % 4 == 0)
      {
        cairn_rwmutex_lock (&rwmutex);
        CHECK (__atomic_add_fetch (&writers, 1, __ATOMIC_SEQ_CST) == 1);
        CHECK (__atomic_load_n (&readers, __ATOMIC_SEQ_CST) == 0);
        cairn_yield ();
        __atomic_fetch_sub (&writers, 1, __ATOMIC_SEQ_CST);
        cairn_rwmutex_unlock (&rwmutex);
      }
    else
      {
        cairn_rwmutex_read_lock (&rwmutex);
        __atomic_fetch_add (&readers, 1, __ATOMIC_SEQ_CST);
        CHECK (__atomic_load_n (&writers, __ATOMIC_SEQ_CST) == 0);
        cairn_yield ();
        __atomic_fetch_sub (&readers, 1, __ATOMIC_SEQ_CST);
        cairn_rwmutex_read_unlock (&rwmutex);
      }
  cairn_waitgroup_done (&group);
}

static void
initialize (void)
{
  cairn_yield ();
  ndone++;
}

static void
do_once (void *unused)
{
  (void)unused;
  cairn_once_do (&once, initialize);
  CHECK (ndone == 1);
  cairn_waitgroup_done (&group);
}

static void
take_turns (void *arg)
{
  long number = (long)arg;
  for (int i = 0; i < 20 * nrounds; i++)
    {
      cairn_mutex_lock (&mutex);
      while (turn % 5 != number)
        cairn_cond_wait (&cond, &mutex);
      turn++;
      cairn_cond_broadcast (&cond);
      cairn_mutex_unlock (&mutex);
    }
  cairn_waitgroup_done (&group);
}

static void
hold (void *arg)
{
  unsigned want = 1 + (long)arg % 3;
  for (int i = 0; i < 50 * nrounds; i++)
    {
      cairn_semaphore_acquire (&semaphore, want);
      int now = __atomic_add_fetch (&nholders, want, __ATOMIC_SEQ_CST);
      CHECK (now <= 3);
      cairn_yield ();
      __atomic_fetch_sub (&nholders, want, __ATOMIC_SEQ_CST);
      cairn_semaphore_release (&semaphore, want);
    }
  cairn_waitgroup_done (&group);
}

static void
run (void (*fn) (void *), int n)
{
  cairn_waitgroup_add (&group, n);
  for (long i = 0; i < n; i++)
    cairn_go (fn, (void *)i);
  cairn_waitgroup_wait (&group);
}

int
main (int argc, char **argv)
{
  nrounds = amount (argc, argv);
  run (count, 20);
  CHECK (counter == 20 * 100 * nrounds);
  run (read_or_write, 12);
  run (do_once, 20);
  run (take_turns, 5);
  CHECK (turn == 5 * 20 * nrounds);
  run (hold, 9);
  CHECK (cairn_semaphore_try_acquire (&semaphore, 3));
  CHECK (!cairn_semaphore_try_acquire (&semaphore, 1));
  CHECK (cairn_mutex_try_lock (&mutex) && !cairn_mutex_try_lock (&mutex));
  return 0;
}
