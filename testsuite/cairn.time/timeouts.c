/* Selects with timeouts, in a race with sends: no element is lost, doubled or
   out of order, and no timeout is early, not even by a timer of the select
   before, which somebody had found due when that was served.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "../lib/check.h"
#include <cairn/go.h>
#include <cairn/sync.h>
#include <cairn/time.h>

#define NPAIRS 8
#define NELEMENTS 1500

static struct cairn_waitgroup all;
static long ntimeouts;

struct pair
{
  cairn_chan (int) chan;
  unsigned seed;
};

static unsigned
random_below (unsigned *state, unsigned n)
{
  *state = *state * 1103515245 + 12345;
  return (*state >> 8) % n;
}

/* A select that sends gives up, too, and tries again.  */
static void
send (void *arg)
{
  struct pair *pair = arg;
  unsigned state = pair->seed + 77;
  for (int i = 0; i < NELEMENTS;)
    {
      int64_t ns = random_below (&state, 30) * 1000, start = cairn_now ();
      if (cairn_select (CAIRN_SEND (pair->chan, &i), CAIRN_TIMEOUT (ns)) == 0)
        i++;
      else
        CHECK (cairn_now () - start >= ns);
      if (random_below (&state, 4) == 0)
        cairn_sleep (random_below (&state, 30) * 1000);
    }
  cairn_close (pair->chan);
  cairn_waitgroup_done (&all);
}

static void
receive (void *arg)
{
  struct pair *pair = arg;
  unsigned state = pair->seed;
  int next = 0, x, ok;
  for (;;)
    {
      int64_t ns = random_below (&state, 30) * 1000, start = cairn_now ();
      switch (cairn_select (CAIRN_TIMEOUT (ns),
                            CAIRN_RECEIVE (pair->chan, &x, &ok)))
        {
        case 0:
          CHECK (cairn_now () - start >= ns);
          __atomic_fetch_add (&ntimeouts, 1, __ATOMIC_RELAXED);
          break;
        case 1:
          if (!ok)
            {
              CHECK (next == NELEMENTS);
              cairn_waitgroup_done (&all);
              return;
            }
          CHECK (x == next);
          next++;
          break;
        default:
          CHECK (!"a case that there is not");
        }
    }
}

int
main (void)
{
  static struct pair pairs[NPAIRS];
  cairn_waitgroup_add (&all, 2 * NPAIRS);
  for (int i = 0; i < NPAIRS; i++)
    {
      pairs[i] = (struct pair){ cairn_make_chan (int, i % 3), i * 1000 + 1 };
      cairn_go (send, &pairs[i]);
      cairn_go (receive, &pairs[i]);
    }
  cairn_waitgroup_wait (&all);
  CHECK (ntimeouts > 0);
  return 0;
}
