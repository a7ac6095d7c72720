/* Each of many timers happens, once, and none before its time; so do sleeps.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "../lib/check.h"
#include <cairn/go.h>
#include <cairn/sync.h>
#include <cairn/time.h>

#define N 500

static struct cairn_waitgroup all;
static int nfired[N];

static void
sleep_once (void *arg)
{
  int64_t ns = (intptr_t)arg, start = cairn_now ();
  cairn_sleep (ns);
  CHECK (cairn_now () - start >= ns);
  cairn_waitgroup_done (&all);
}

static void
count (void *arg)
{
  __atomic_fetch_add ((int *)arg, 1, __ATOMIC_RELAXED);
  cairn_waitgroup_done (&all);
}

int
main (void)
{
  static cairn_chan (int64_t) chans[N];
  int64_t due[N];
  cairn_waitgroup_add (&all, 2 * N);
  for (int i = 0; i < N; i++)
    {
      int64_t ns = (i * 7919 % 20011 - 10) * CAIRN_MICROSECOND;
      due[i] = cairn_now () + ns;
      chans[i] = cairn_after (ns);
      cairn_after_func (ns, count, &nfired[i]);
      cairn_go (sleep_once, (void *)(intptr_t)(ns > 0 ? ns : 0));
    }
  for (int i = N; i-- > 0;)
    {
      CHECK (cairn_receive (chans[i]) >= due[i]);
      CHECK (cairn_chan_len (cairn_chan_of (chans[i])) == 0);
    }
  cairn_waitgroup_wait (&all);
  for (int i = 0; i < N; i++)
    CHECK (nfired[i] == 1);
  return 0;
}
