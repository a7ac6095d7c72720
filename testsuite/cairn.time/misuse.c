/* What ends the program, and the words.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

/* clang-format off */
/* { time-ends "ticker 0" "non-positive interval for a new ticker" } */
/* { time-ends "ticker reset" "non-positive interval for a ticker's reset" } */
/* { time-ends "no function" "go of nil func value" } */
/* { time-ends "stop NULL" "stop of nil timer" } */
/* { time-ends "reset NULL" "reset of nil timer" } */
/* { time-ends "ticker NULL" "stop of nil ticker" } */
/* { time-ends "err NULL" "use of nil context" } */
/* { time-ends "child of NULL" "use of nil context" } */
/* { time-ends "cancel background" "cancel of a context that cannot be cancelled" } */
/* { time-ends "cancel value" "cancel of a context that cannot be cancelled" } */
/* { time-ends "stopped timer" "all goroutines are asleep - deadlock!" } */
/* { time-ends "stopped ticker" "all goroutines are asleep - deadlock!" } */
/* { time-ends "context for ever" "all goroutines are asleep - deadlock!" } */
/* { time-ends "nobody cancels" "all goroutines are asleep - deadlock!" } */
/* clang-format on */

#include "../lib/check.h"
#include <cairn/context.h>
#include <cairn/go.h>
#include <cairn/time.h>

#define HOUR (3600 * CAIRN_SECOND)

int
main (int argc, char **argv)
{
  const char *what = argc > 1 ? argv[1] : "";
  struct cairn_context *background = cairn_context_background ();
  if (!strcmp (what, "ticker 0"))
    cairn_ticker_new (0);
  else if (!strcmp (what, "ticker reset"))
    cairn_ticker_reset (cairn_ticker_new (HOUR), -1);
  else if (!strcmp (what, "no function"))
    cairn_after_func (1, NULL, NULL);
  else if (!strcmp (what, "stop NULL"))
    cairn_timer_stop (NULL);
  else if (!strcmp (what, "reset NULL"))
    cairn_timer_reset (NULL, 1);
  else if (!strcmp (what, "ticker NULL"))
    cairn_ticker_stop (NULL);
  else if (!strcmp (what, "err NULL"))
    cairn_context_err (NULL);
  else if (!strcmp (what, "child of NULL"))
    cairn_context_with_cancel (NULL);
  else if (!strcmp (what, "cancel background"))
    cairn_context_cancel (background);
  else if (!strcmp (what, "cancel value"))
    cairn_context_cancel (cairn_context_with_value (
        cairn_context_with_cancel (background), &what, NULL));
  else if (!strcmp (what, "stopped timer"))
    {
      struct cairn_timer *timer = cairn_timer_new (HOUR);
      cairn_timer_stop (timer);
      cairn_receive (timer->chan);
    }
  else if (!strcmp (what, "stopped ticker"))
    {
      struct cairn_ticker *ticker = cairn_ticker_new (CAIRN_MILLISECOND);
      cairn_receive (ticker->chan);
      cairn_ticker_stop (ticker);
      cairn_receive (ticker->chan);
    }
  else if (!strcmp (what, "context for ever"))
    cairn_receive (cairn_context_done (background));
  else if (!strcmp (what, "nobody cancels"))
    {
      /* A deadline that was cancelled in time is none any more.  */
      cairn_context_cancel (cairn_context_with_timeout (background, HOUR));
      cairn_receive (
          cairn_context_done (cairn_context_with_cancel (background)));
    }
  return 0;
}
