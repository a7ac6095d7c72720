/* A goroutine that a stack check makes let others run finds all of its
   registers as they were, those that a called function must preserve, too; and
   what only they point to stays, though a collection comes in between.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "../lib/check.h"
#include <cairn/go.h>
#include <cairn/sync.h>

#define N 8
#define ROUNDS 60

static struct cairn_waitgroup all;
static int nleft = N;

struct node
{
  struct node *next;
  long value;
};

static NOINLINE long
leaf (long x)
{
  char room[100];
  opaque (room);
  return x + 1;
}

/* Keeps more in registers over the calls than a caller need save.  */
static NOINLINE long
mix (long a, long b, long c, long d, long e)
{
  for (int i = 0; i < 2000; i++)
    {
      a = leaf (a);
      b = leaf (b) + 1;
      c = leaf (c) + 2;
      d = leaf (d) + 3;
      e = leaf (e) + 4;
    }
  return a + 10 * b + 100 * c + 1000 * d + 10000 * e;
}

static NOINLINE long
length (const struct node *n)
{
  return n ? n->value + length (n->next) : 0;
}

static NOINLINE struct node *
list (int n)
{
  struct node *first = NULL;
  for (int i = 0; i < n; i++)
    {
      struct node node = { first, 1 };
      first = &node;
    }
  return first;
}

static void
compute (void *arg)
{
  long k = (intptr_t)arg;
  long expected = k + 2000 + 10 * (k + 4000) + 100 * (k + 6000)
                  + 1000 * (k + 8000) + 10000 * (k + 10000);
  for (int i = 0; i < ROUNDS; i++)
    {
      CHECK (mix (k, k, k, k, k) == expected);
      CHECK (length (list (100)) == 100);
    }
  __atomic_sub_fetch (&nleft, 1, __ATOMIC_RELEASE);
  cairn_waitgroup_done (&all);
}

static void
collect (void *unused)
{
  while (__atomic_load_n (&nleft, __ATOMIC_ACQUIRE))
    {
      cairn_gc ();
      clobber ();
      cairn_sleep (200 * CAIRN_MICROSECOND);
    }
  cairn_waitgroup_done (&all);
}

int
main (void)
{
  cairn_waitgroup_add (&all, N + 1);
  cairn_go (collect, NULL);
  for (intptr_t i = 0; i < N; i++)
    cairn_go (compute, (void *)i);
  cairn_waitgroup_wait (&all);
  return 0;
}
