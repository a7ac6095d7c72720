/* 100,000 goroutines sleep at once: each wakes up, and not before its time.

     { time-slow "100,000 stacks" }

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "../lib/check.h"
#include <cairn/go.h>
#include <cairn/sync.h>

#define N 100000

static struct cairn_waitgroup all;
static long nasleep, most;

static void
sleep_once (void *arg)
{
  int64_t ns = (intptr_t)arg, start = cairn_now ();
  long n = __atomic_add_fetch (&nasleep, 1, __ATOMIC_RELAXED);
  long seen = __atomic_load_n (&most, __ATOMIC_RELAXED);
  while (n > seen
         && !__atomic_compare_exchange_n (&most, &seen, n, 0, __ATOMIC_RELAXED,
                                          __ATOMIC_RELAXED))
    ;
  cairn_sleep (ns);
  CHECK (cairn_now () - start >= ns);
  __atomic_sub_fetch (&nasleep, 1, __ATOMIC_RELAXED);
  cairn_waitgroup_done (&all);
}

int
main (void)
{
  /* Until all have been started none wakes up.  */
  int64_t start = cairn_now (), ns = 2 * CAIRN_SECOND;
  cairn_waitgroup_add (&all, N);
  for (int i = 0; i < N; i++)
    cairn_go (sleep_once, (void *)(intptr_t)(ns + i % 1000 * 1000));
  int64_t spent = cairn_now () - start;
  cairn_waitgroup_wait (&all);
  CHECK (nasleep == 0);
  /* Unless the machine is that slow.  */
  if (spent < ns / 2)
    CHECK (most > N / 2);
  return 0;
}
