/* A timer's function has a goroutine of its own: it may wait; it begins with
   the floating-point modes of who made the timer, not of whoever happens to run
   where the time is noticed; it may be a nested function.

     { cairn-libraries "-lm" }

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "../lib/check.h"
#include <cairn/go.h>
#include <cairn/sync.h>
#include <cairn/time.h>
#include <fenv.h>

#define MS CAIRN_MILLISECOND

static struct cairn_waitgroup all;
static cairn_chan (int) numbers;

static void
send (void *arg)
{
  cairn_send (numbers, *(int *)arg);
}

static void
check_mode (void *arg)
{
  CHECK (fegetround () == (int)(intptr_t)arg);
  cairn_waitgroup_done (&all);
}

/* Waits again and again with another mode.  */
static void
round_upward (void *stop)
{
  fesetround (FE_UPWARD);
  while (!__atomic_load_n ((int *)stop, __ATOMIC_ACQUIRE))
    {
      cairn_sleep (MS / 20);
      CHECK (fegetround () == FE_UPWARD);
    }
  cairn_waitgroup_done (&all);
}

static NOINLINE void
nested (int n)
{
  int sum = 0;
  struct cairn_waitgroup ends = { 0 };
  struct cairn_mutex mutex = { 0 };
  void add (void *arg)
  {
    cairn_mutex_lock (&mutex);
    sum += *(int *)arg;
    cairn_mutex_unlock (&mutex);
    cairn_waitgroup_done (&ends);
  }
  cairn_waitgroup_add (&ends, n);
  for (int i = 1; i <= n; i++)
    {
      int number = i;
      cairn_after_func (i * MS / 10, add, &number);
    }
  cairn_waitgroup_wait (&ends);
  CHECK (sum == n * (n + 1) / 2);
}

int
main (void)
{
  int stop = 0, sum = 0;
  numbers = cairn_make_chan (int, 0);
  for (int i = 0; i < 20; i++)
    {
      int number = i;
      cairn_after_func (i % 3 * MS, send, &number);
    }
  for (int i = 0; i < 20; i++)
    sum += cairn_receive (numbers);
  CHECK (sum == 190);

  cairn_waitgroup_add (&all, 1);
  cairn_go (round_upward, &stop);
  for (int i = 0; i < 50; i++)
    {
      int mode = i % 2 ? FE_TONEAREST : FE_DOWNWARD;
      cairn_waitgroup_add (&all, 1);
      fesetround (mode);
      cairn_after_func (i * MS / 10, check_mode, (void *)(intptr_t)mode);
      fesetround (FE_TONEAREST);
    }
  cairn_sleep (10 * MS);
  __atomic_store_n (&stop, 1, __ATOMIC_RELEASE);
  cairn_waitgroup_wait (&all);
  nested (30);
  return 0;
}
