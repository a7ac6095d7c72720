/* Tickers: no beat before its time, and not more than there were periods; a
   slow receiver finds one beat, not all that it has missed; none after stop;
   reset changes the period.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "../lib/check.h"
#include <cairn/go.h>
#include <cairn/time.h>

#define MS CAIRN_MILLISECOND

static size_t
waiting (struct cairn_ticker *ticker)
{
  return cairn_chan_len (cairn_chan_of (ticker->chan));
}

static void
beats (void)
{
  int64_t start = cairn_now (), last = start;
  struct cairn_ticker *ticker = cairn_ticker_new (2 * MS);
  for (int i = 1; i <= 10; i++)
    {
      int64_t now = cairn_receive (ticker->chan);
      CHECK (now > last && now >= start + i * 2 * MS);
      last = now;
    }
  cairn_ticker_stop (ticker);
}

static void
slow (void)
{
  int64_t now;
  struct cairn_ticker *ticker = cairn_ticker_new (MS);
  while (waiting (ticker) == 0)
    cairn_sleep (MS);
  int64_t start = cairn_now ();
  cairn_sleep (30 * MS);
  CHECK (waiting (ticker) == 1);
  /* What is there was sent when there was room.  */
  CHECK (cairn_receive (ticker->chan) <= start);
  int64_t before = cairn_now ();
  int n = 0;
  while (cairn_chan_try_receive (cairn_chan_of (ticker->chan), &now, NULL))
    n++;
  CHECK (n <= (cairn_now () - before) / MS + 1);

  while (waiting (ticker) == 0)
    cairn_sleep (MS);
  cairn_ticker_stop (ticker);
  CHECK (waiting (ticker) == 0);
  cairn_sleep (3 * MS);
  CHECK (waiting (ticker) == 0);

  start = cairn_now ();
  cairn_ticker_reset (ticker, 5 * MS);
  for (int i = 1; i <= 3; i++)
    CHECK (cairn_receive (ticker->chan) >= start + i * 5 * MS);
  cairn_ticker_reset (ticker, 3600 * CAIRN_SECOND);
  CHECK (waiting (ticker) == 0);
  start = cairn_now ();
  cairn_ticker_reset (ticker, 2 * MS);
  CHECK (cairn_receive (ticker->chan) >= start + 2 * MS);
  cairn_ticker_stop (ticker);
}

/* All get their beats though the processors are busy without a pause.  */
static int stop;

static void
compute (void *unused)
{
  while (!__atomic_load_n (&stop, __ATOMIC_RELAXED))
    ;
}

static void
busy (void)
{
  for (int i = 0; i < 5; i++)
    cairn_go (compute, NULL);
  struct cairn_ticker *ticker = cairn_ticker_new (MS);
  for (int i = 0; i < 3; i++)
    cairn_receive (ticker->chan);
  cairn_ticker_stop (ticker);
  __atomic_store_n (&stop, 1, __ATOMIC_RELAXED);
}

int
main (void)
{
  beats ();
  slow ();
  busy ();
  return 0;
}
