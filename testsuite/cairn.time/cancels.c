/* Goroutines cancel the same tree of contexts from all sides while others add
   to it and deadlines pass: everything below a cancelled context is cancelled
   in the end, and everybody who waits is woken.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "../lib/check.h"
#include <cairn/context.h>
#include <cairn/go.h>
#include <cairn/sync.h>

#define NROUNDS 40
#define NGROWERS 4
#define NSHARED 16

static struct cairn_waitgroup growers, cancellers, waiters;
static struct cairn_context *shared[NSHARED];

static void
wait (void *arg)
{
  cairn_receive (cairn_context_done (arg));
  CHECK (cairn_context_err (arg) != 0);
  cairn_waitgroup_done (&waiters);
}

static void
grow (void *arg)
{
  unsigned x = (uintptr_t)arg * 77 + 1;
  for (int i = 0; i < 30; i++)
    {
      x = x * 1103515245 + 12345;
      struct cairn_context *parent
          = __atomic_load_n (&shared[(x >> 16) % NSHARED], __ATOMIC_ACQUIRE);
      struct cairn_context *child
          = (x >> 20) % 4 == 0
                ? cairn_context_with_timeout (parent, (x >> 22) % 100 * 1000)
                : cairn_context_with_cancel (parent);
      if ((x >> 24) % 2)
        __atomic_store_n (&shared[(x >> 25) % NSHARED], child,
                          __ATOMIC_RELEASE);
      if ((x >> 12) % 8 == 0)
        cairn_context_cancel (child);
      cairn_waitgroup_add (&waiters, 1);
      cairn_go (wait, child);
    }
  cairn_waitgroup_done (&growers);
}

static void
cancel (void *arg)
{
  cairn_context_cancel (arg);
  CHECK (cairn_context_err (arg) != 0);
  cairn_waitgroup_done (&cancellers);
}

int
main (void)
{
  for (int round = 0; round < NROUNDS; round++)
    {
      struct cairn_context *top
          = cairn_context_with_cancel (cairn_context_background ());
      for (int i = 0; i < NSHARED; i++)
        shared[i] = top;
      cairn_waitgroup_add (&growers, NGROWERS);
      for (uintptr_t i = 0; i < NGROWERS; i++)
        cairn_go (grow, (void *)(round * NGROWERS + i));
      for (int i = 0; i < round % 8; i++)
        cairn_yield ();
      cairn_waitgroup_add (&cancellers, 4);
      for (int i = 0; i < 4; i++)
        cairn_go (cancel, i < 2 ? top : shared[i]);
      cairn_waitgroup_wait (&cancellers);
      cairn_waitgroup_wait (&growers);
      cairn_waitgroup_wait (&waiters);
    }
  return 0;
}
