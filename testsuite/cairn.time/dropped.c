/* Contexts that were cancelled leave their parent's list, and go away when they
   are dropped, with their deadlines; so does a whole tree that nobody holds.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "../lib/check.h"
#include <cairn/context.h>
#include <cairn/go.h>
#include <cairn/sync.h>

#define HOUR (3600 * CAIRN_SECOND)
#define N 3000

static struct cairn_context *parent;

static NOINLINE void
drop (void)
{
  struct cairn_context *others = cairn_context_with_cancel (parent);
  for (int i = 0; i < N; i++)
    {
      struct cairn_context *child = cairn_context_with_timeout (parent, HOUR);
      /* Cancelled with its parent, not by itself.  */
      cairn_context_with_timeout (child, HOUR / 2);
      cairn_context_with_cancel (others);
      cairn_context_cancel (child);
    }
  cairn_context_cancel (others);
  struct cairn_context *tree
      = cairn_context_with_cancel (cairn_context_background ());
  for (int i = 0; i < N; i++)
    cairn_context_with_cancel (tree);
}

static NOINLINE uint64_t
objects (void)
{
  /* Not on the stack, where it would show to the collector what was there.  */
  static struct cairn_mem_stats stats;
  cairn_gc ();
  cairn_mem_stats (&stats);
  return stats.heap_objects;
}

static void
run (void *end)
{
  parent = cairn_context_with_cancel (cairn_context_background ());
  uint64_t before = objects ();
  drop ();
  clobber ();
  /* Eight for each I were made.  */
  CHECK (objects () < before + N / 2);
  CHECK (cairn_context_err (parent) == 0);
  cairn_waitgroup_done (end);
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
