/* What stop and reset return, and that nothing is received of what was stopped:
   before it happens, after that, and after it was received.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "../lib/check.h"
#include <cairn/go.h>
#include <cairn/time.h>

#define MS CAIRN_MILLISECOND
#define HOUR (3600 * CAIRN_SECOND)

static NOINLINE size_t
waiting (struct cairn_timer *timer)
{
  return cairn_chan_len (cairn_chan_of (timer->chan));
}

/* Until TIMER has sent.  */
static void
await (struct cairn_timer *timer)
{
  while (waiting (timer) == 0)
    cairn_sleep (MS / 10);
}

static void
never (void *unused)
{
  CHECK (!"a stopped timer's function is called");
}

static int called;

static void
call (void *unused)
{
  __atomic_store_n (&called, 1, __ATOMIC_RELEASE);
}

static void
before (void)
{
  struct cairn_timer *timer = cairn_timer_new (MS);
  /* On a busy machine it may have sent; it is the same to the program.  */
  CHECK (cairn_timer_stop (timer) == 1);
  CHECK (cairn_timer_stop (timer) == 0);
  cairn_sleep (3 * MS);
  CHECK (waiting (timer) == 0);
  CHECK (cairn_timer_reset (timer, HOUR) == 0);
  CHECK (cairn_timer_reset (timer, HOUR) == 1);
  CHECK (cairn_timer_stop (timer) == 1);
}

static void
after (void)
{
  int64_t now;
  struct cairn_timer *timer = cairn_timer_new (MS);
  await (timer);
  CHECK (cairn_timer_stop (timer) == 1);
  CHECK (waiting (timer) == 0);
  CHECK (!cairn_chan_try_receive (cairn_chan_of (timer->chan), &now, NULL));
  CHECK (cairn_timer_stop (timer) == 0);

  /* A time that was not received is not what the new setting sends.  */
  CHECK (cairn_timer_reset (timer, MS) == 0);
  await (timer);
  int64_t start = cairn_now ();
  CHECK (cairn_timer_reset (timer, 2 * MS) == 1);
  CHECK (cairn_receive (timer->chan) >= start + 2 * MS);
  CHECK (cairn_timer_stop (timer) == 0);
  CHECK (cairn_timer_reset (timer, 0) == 0);
  cairn_receive (timer->chan);
}

/* Earlier, and later.  */
static void
again (void)
{
  struct cairn_timer *timer = cairn_timer_new (HOUR);
  int64_t start = cairn_now ();
  CHECK (cairn_timer_reset (timer, MS) == 1);
  int64_t now = cairn_receive (timer->chan);
  CHECK (now >= start + MS && now < start + HOUR);
  cairn_timer_reset (timer, MS);
  start = cairn_now ();
  cairn_timer_reset (timer, 5 * MS);
  CHECK (cairn_receive (timer->chan) >= start + 5 * MS);
}

static void
functions (void)
{
  struct cairn_timer *timer = cairn_after_func (HOUR, never, NULL);
  CHECK (timer->chan == NULL);
  CHECK (cairn_timer_stop (timer) == 1);
  CHECK (cairn_timer_stop (timer) == 0);
  timer = cairn_after_func (MS, call, NULL);
  while (!__atomic_load_n (&called, __ATOMIC_ACQUIRE))
    cairn_sleep (MS);
  CHECK (cairn_timer_stop (timer) == 0);
  called = 0;
  CHECK (cairn_timer_reset (timer, MS) == 0);
  while (!__atomic_load_n (&called, __ATOMIC_ACQUIRE))
    cairn_sleep (MS);
  CHECK (cairn_timer_stop (timer) == 0);
}

/* A channel that the program closes, though it must not, harms nobody else.  */
static void
closed (void)
{
  struct cairn_timer *timer = cairn_timer_new (MS);
  cairn_close (timer->chan);
  cairn_sleep (3 * MS);
  int ok;
  cairn_receive_ok (timer->chan, &ok);
  CHECK (ok == 0 || cairn_timer_stop (timer) == 0);
}

int
main (void)
{
  before ();
  after ();
  again ();
  functions ();
  closed ();
  return 0;
}
