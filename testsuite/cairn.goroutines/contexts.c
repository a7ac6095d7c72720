/* Contexts of ucontext.h in goroutines.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

   Catches (.inv.reach, .inv.frame): a context that a goroutine made, whose
   address stack is lost or another's when the goroutine goes on with it in
   another thread; one that waits for a channel on its own stack, and takes its
   thread's address stack with it.  */

#include "goroutines.h"
#include <stdlib.h>
#include <ucontext.h>

#define NGOROUTINES 24
#define NSTEPS 40
#define STACK_NBYTES 65536

struct generator
{
  ucontext_t own, caller;
  cairn_chan (long) chan;
  long seed, value;
  int ended;
};

static struct cairn_waitgroup group;
/* The one that makecontext starts; it has no parameter that can hold a
   pointer.  */
static _Thread_local struct generator *starting;

static NOINLINE void
add (long *sum, long n)
{
  if (n % 8)
    add (sum, n - 1);
  *sum += n;
}

/* The values of a generator: the sum is in memory of the address stack, or of
   the heap.  */
static long
expected (long seed, long step)
{
  long sum = seed;
  for (long i = 0; i <= step; i++)
    add (&sum, i);
  return sum;
}

static void
generate (void)
{
  struct generator *g = starting;
  long sum = g->seed;
  for (long i = 0; i < NSTEPS; i++)
    {
      add (&sum, i);
      /* It waits where it is, or for a goroutine.  */
      if (i % 7 == 3)
        cairn_yield ();
      if (i % 5 == 2)
        sum += cairn_receive (g->chan) - i;
      g->value = sum;
      CHECK (swapcontext (&g->own, &g->caller) == 0);
    }
  g->ended = 1;
}

static NOINLINE void
step (struct generator *g)
{
  starting = g;
  CHECK (swapcontext (&g->caller, &g->own) == 0);
}

static void
help (void *arg)
{
  struct generator *g = arg;
  for (long i = 0; i < NSTEPS; i++)
    if (i % 5 == 2)
      cairn_send (g->chan, i);
  cairn_waitgroup_done (&group);
}

static struct generator *
start (long seed)
{
  struct generator *g = calloc (1, sizeof *g);
  CHECK (g && getcontext (&g->own) == 0);
  g->own.uc_stack.ss_sp = malloc (STACK_NBYTES);
  g->own.uc_stack.ss_size = STACK_NBYTES;
  g->own.uc_link = &g->caller;
  g->seed = seed;
  g->chan = cairn_make_chan (long, seed % 2);
  makecontext (&g->own, generate, 0);
  cairn_go (help, g);
  return g;
}

static void
use (void *arg)
{
  long number = (long)arg, local = number;
  struct generator *one = start (number), *other = start (number + 100);
  for (long i = 0; i < NSTEPS; i++)
    {
      step (one);
      /* Let another thread have it.  */
      cairn_yield ();
      add (&local, 0);
      step (other);
      if (i % 3 == 0)
        cairn_yield ();
      CHECK (one->value == expected (number, i));
      CHECK (other->value == expected (number + 100, i));
    }
  step (one);
  step (other);
  CHECK (one->ended && other->ended && local == number);
  cairn_waitgroup_done (&group);
}

int
main (void)
{
  cairn_waitgroup_add (&group, 3 * NGOROUTINES);
  for (long i = 0; i < NGOROUTINES; i++)
    cairn_go (use, (void *)i);
  cairn_waitgroup_wait (&group);
  return 0;
}
