/* Timers that are stopped, or have happened, and are dropped, go away; those
   that are active stay, with what they are given, though the program has no
   pointer to them.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "../lib/check.h"
#include <cairn/go.h>
#include <cairn/sync.h>
#include <cairn/time.h>

#define MS CAIRN_MILLISECOND
#define HOUR (3600 * CAIRN_SECOND)
#define N 2000

static struct cairn_waitgroup called;

struct tree
{
  struct tree *left, *right;
  int value;
};

static NOINLINE struct tree *
grow (int depth, int value)
{
  struct tree t = { NULL, NULL, value };
  if (depth > 0)
    {
      t.left = grow (depth - 1, 2 * value);
      t.right = grow (depth - 1, 2 * value + 1);
    }
  return &t;
}

static NOINLINE int
sum (const struct tree *t)
{
  return t ? t->value + sum (t->left) + sum (t->right) : 0;
}

static void
look (void *arg)
{
  CHECK (sum (arg) == 136 - 16);
  cairn_waitgroup_done (&called);
}

static NOINLINE void
drop_active (void)
{
  cairn_waitgroup_add (&called, 20);
  for (int i = 0; i < 20; i++)
    cairn_after_func (i * MS, look, grow (3, 1));
}

static NOINLINE void
drop_stopped (void)
{
  for (int i = 0; i < N; i++)
    {
      struct cairn_ticker *ticker = cairn_ticker_new (HOUR);
      struct cairn_timer *timer = cairn_timer_new (HOUR);
      struct cairn_timer *function
          = cairn_after_func (HOUR, look, malloc (100));
      cairn_ticker_stop (ticker);
      cairn_timer_stop (timer);
      cairn_timer_stop (function);
      cairn_after (0);
    }
  /* Until the last of those that are due at once was run.  */
  cairn_receive (cairn_after (0));
}

static NOINLINE uint64_t
objects (void)
{
  struct cairn_mem_stats stats;
  cairn_gc ();
  cairn_mem_stats (&stats);
  return stats.heap_objects;
}

static void
run (void *unused)
{
  uint64_t before = objects ();
  drop_stopped ();
  clobber ();
  uint64_t after = objects ();
  /* Eight a round were made.  */
  CHECK (after < before + N);
  drop_active ();
  clobber ();
  cairn_gc ();
  clobber ();
  cairn_waitgroup_wait (&called);
  cairn_waitgroup_done (unused);
}

int
main (void)
{
  static struct cairn_waitgroup end;
  cairn_waitgroup_add (&end, 1);
  cairn_go (run, &end);
  cairn_waitgroup_wait (&end);
  return 0;
}
