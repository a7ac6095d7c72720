/* time.h: what happens at a time.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Timers are Go's: one that has a channel sends the time on it, once; a ticker
   does so again and again; one that has a function calls it in a goroutine of
   its own.  Nothing happens before its time; how much later depends on how busy
   the program and the machine are.

   Times and durations are in nanoseconds, times on the clock of cairn_now.  A
   channel of a timer has room for one time.  It is only to be received from;
   the runtime never closes it.

   A timer is collected like other memory.  While it is active it stays, and
   what its function is given; once it has happened or was stopped, it is up to
   the program's pointers.  So a ticker that is not wanted any more has to be
   stopped.

   Threads that the program made itself may use timers, too; a signal handler
   may not.  A child made by fork has no active timers.

     cairn_chan (int64_t) late = cairn_after (CAIRN_SECOND);
     switch (cairn_select (CAIRN_RECEIVE (replies, &reply, NULL),
                           CAIRN_RECEIVE (late, NULL, NULL)))
       …

     struct cairn_ticker *ticker = cairn_ticker_new (10 * CAIRN_MILLISECOND);
     for (int i = 0; i < 5; i++)
       {
         cairn_receive (ticker->chan);
         beat ();
       }
     cairn_ticker_stop (ticker);

   A NULL for a timer, and a ticker's period that is not positive, end the
   program with a message; so does a want of memory.  */

#ifndef CAIRN_TIME_H
#define CAIRN_TIME_H

#include <cairn/chan.h>

/* A new channel that receives the time once, after NS; at once, if that is not
   positive.  */
extern cairn_chan (int64_t) cairn_after (int64_t NS);

/* -- Timers.  There is more behind the field, so only cairn_timer_new and
   cairn_after_func make them.  */

struct cairn_timer
{
  /* Where the time is sent; NULL if a function is called instead.  Not to be
     changed.  */
  cairn_chan (int64_t) chan;
};

/* A timer that sends on its channel, after NS.  */
extern struct cairn_timer *cairn_timer_new (int64_t NS);

/* A timer that calls FN (ARG) in a new goroutine, after NS.  That begins with
   the floating-point modes of the caller of this.  */
extern struct cairn_timer *cairn_after_func (int64_t NS, void (*FN) (void *),
                                             void *ARG);

/* Stop TIMER.  Returns 1 if that keeps it from happening: nothing will be
   received from its channel then, even if a time was there; else 0: the time
   was received, the goroutine begun, or the timer stopped, before.  Does not
   wait for the goroutine.  */
extern int cairn_timer_stop (struct cairn_timer *TIMER) CAIRN_NOESCAPE ();

/* Have TIMER happen after NS from now, whether it is active or not.  Returns 1
   if it was stopped by this, as by cairn_timer_stop, else 0.  A time that is
   received afterwards is of the new setting.  */
extern int cairn_timer_reset (struct cairn_timer *TIMER, int64_t NS);

/* -- Tickers.  A beat finds room in the channel, or is lost: a receiver that
   is too slow gets fewer beats, not late ones in a row.  */

struct cairn_ticker
{
  cairn_chan (int64_t) chan; /* Not to be changed.  */
};

/* A ticker that sends the time every NS, for the first time after NS.  */
extern struct cairn_ticker *cairn_ticker_new (int64_t NS);

/* No beat will be received any more.  */
extern void cairn_ticker_stop (struct cairn_ticker *TICKER) CAIRN_NOESCAPE ();

/* Send every NS from now on, whether TICKER was stopped or not.  */
extern void cairn_ticker_reset (struct cairn_ticker *TICKER, int64_t NS);

#endif /* CAIRN_TIME_H */
