/* Goroutines set and stop the same timers while they happen.  No setting is
   lost or counted twice: each is received, or a stop or a reset says that it
   has stopped it.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "../lib/check.h"
#include <cairn/go.h>
#include <cairn/sync.h>
#include <cairn/time.h>

#define NTIMERS 8
#define NGOROUTINES 6
#define NSTEPS 300

static struct cairn_timer *timers[NTIMERS];
static struct cairn_waitgroup setters, receivers;
static cairn_chan (char) done;
static long nset, nstopped, nreceived;

static void
add (long *count, long n)
{
  __atomic_fetch_add (count, n, __ATOMIC_RELAXED);
}

static void
receive (void *arg)
{
  struct cairn_timer *timer = arg;
  while (cairn_select (CAIRN_RECEIVE (timer->chan, NULL, NULL),
                       CAIRN_RECEIVE (done, NULL, NULL))
         == 0)
    add (&nreceived, 1);
  cairn_waitgroup_done (&receivers);
}

static void
change (void *arg)
{
  unsigned x = (uintptr_t)arg;
  for (int i = 0; i < NSTEPS; i++)
    {
      x = x * 1103515245 + 12345;
      struct cairn_timer *timer = timers[(x >> 16) % NTIMERS];
      if ((x >> 24) % 4 == 0)
        add (&nstopped, cairn_timer_stop (timer));
      else
        {
          add (&nstopped, cairn_timer_reset (timer, (x >> 20) % 64 * 1000));
          add (&nset, 1);
        }
      if ((x >> 28) % 4 == 0)
        cairn_sleep ((x >> 20) % 64 * 1000);
    }
  cairn_waitgroup_done (&setters);
}

int
main (void)
{
  done = cairn_make_chan (char, 0);
  cairn_waitgroup_add (&setters, NGOROUTINES);
  cairn_waitgroup_add (&receivers, NTIMERS);
  for (int i = 0; i < NTIMERS; i++)
    {
      timers[i] = cairn_timer_new (i * 1000);
      nset++;
    }
  for (int i = 0; i < NTIMERS; i++)
    cairn_go (receive, timers[i]);
  for (uintptr_t i = 0; i < NGOROUTINES; i++)
    cairn_go (change, (void *)i);
  cairn_waitgroup_wait (&setters);
  for (int i = 0; i < NTIMERS; i++)
    nstopped += cairn_timer_stop (timers[i]);
  cairn_close (done);
  cairn_waitgroup_wait (&receivers);
  CHECK (nset == nstopped + nreceived);
  return 0;
}
