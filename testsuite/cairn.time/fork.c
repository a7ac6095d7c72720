/* A child has no active timers, and its own work: also those that are objects
   of the parent's, which were active, and tickers.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "../lib/check.h"
#include <cairn/context.h>
#include <cairn/go.h>
#include <cairn/time.h>
#include <errno.h>
#include <sys/wait.h>

#define MS CAIRN_MILLISECOND
#define HOUR (3600 * CAIRN_SECOND)

int
main (void)
{
  struct cairn_timer *timers[20];
  struct cairn_ticker *ticker = cairn_ticker_new (MS);
  cairn_receive (ticker->chan);
  for (int i = 0; i < 20; i++)
    timers[i] = cairn_timer_new (HOUR + i);
  struct cairn_context *context
      = cairn_context_with_timeout (cairn_context_background (), HOUR);
  pid_t child = fork ();
  CHECK (child >= 0);
  if (child == 0)
    {
      cairn_timer_stop (timers[0]);
      cairn_timer_reset (timers[1], 2 * MS);
      cairn_receive (timers[1]->chan);
      for (int i = 0; i < 20; i++)
        cairn_timer_stop (timers[i]);
      cairn_ticker_reset (ticker, MS);
      cairn_receive (ticker->chan);
      cairn_receive (ticker->chan);
      cairn_ticker_stop (ticker);
      cairn_sleep (MS);
      cairn_context_cancel (context);
      CHECK (cairn_context_err (context) == ECANCELED);
      _exit (0);
    }
  int status;
  CHECK (waitpid (child, &status, 0) == child && status == 0);
  /* The parent's are as they were.  */
  for (int i = 0; i < 20; i++)
    CHECK (cairn_timer_stop (timers[i]) == 1);
  cairn_receive (ticker->chan);
  cairn_ticker_stop (ticker);
  return 0;
}
