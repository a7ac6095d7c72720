/* Deadlines of contexts: not before their time, the earliest above counts,
   those below are cancelled with them; cancelling in time leaves ECANCELED.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "../lib/check.h"
#include <cairn/context.h>
#include <cairn/go.h>
#include <cairn/sync.h>
#include <errno.h>

#define MS CAIRN_MILLISECOND
#define HOUR (3600 * CAIRN_SECOND)

static struct cairn_waitgroup all;

static void
wait (void *arg)
{
  struct cairn_context *context = arg;
  int64_t when;
  CHECK (cairn_context_deadline (context, &when));
  cairn_receive (cairn_context_done (context));
  CHECK (cairn_now () >= when);
  CHECK (cairn_context_err (context) == ETIMEDOUT);
  CHECK (cairn_context_cause (context) == NULL);
  cairn_waitgroup_done (&all);
}

int
main (void)
{
  struct cairn_context *background = cairn_context_background ();
  int64_t when;
  for (int i = 0; i < 50; i++)
    {
      struct cairn_context *context
          = cairn_context_with_timeout (background, (i * 7 % 50 + 1) * MS / 10);
      cairn_waitgroup_add (&all, 3);
      cairn_go (wait, context);
      cairn_go (wait, cairn_context_with_cancel (context));
      /* The child's own is later.  */
      cairn_go (wait, cairn_context_with_timeout (context, HOUR));
    }
  cairn_waitgroup_wait (&all);

  int64_t start = cairn_now ();
  struct cairn_context *outer
      = cairn_context_with_deadline (background, start + HOUR);
  CHECK (cairn_context_deadline (outer, &when) && when == start + HOUR);
  struct cairn_context *later
      = cairn_context_with_deadline (outer, start + 2 * HOUR);
  CHECK (cairn_context_deadline (later, &when) && when == start + HOUR);
  struct cairn_context *inner = cairn_context_with_timeout (outer, MS);
  cairn_receive (cairn_context_done (inner));
  CHECK (cairn_context_err (inner) == ETIMEDOUT);
  CHECK (cairn_context_err (outer) == 0 && cairn_context_err (later) == 0);
  cairn_context_cancel (inner);
  CHECK (cairn_context_err (inner) == ETIMEDOUT);
  cairn_context_cancel (outer);
  CHECK (cairn_context_err (outer) == ECANCELED);
  CHECK (cairn_context_err (later) == ECANCELED);

  /* Over already, or never.  */
  CHECK (cairn_context_err (cairn_context_with_timeout (background, 0))
         == ETIMEDOUT);
  CHECK (cairn_context_err (cairn_context_with_timeout (background, -HOUR))
         == ETIMEDOUT);
  struct cairn_context *never
      = cairn_context_with_timeout (background, INT64_MAX);
  CHECK (cairn_context_err (never) == 0);
  CHECK (!cairn_context_deadline (never, NULL));

  /* Stopped in time.  */
  struct cairn_context *context
      = cairn_context_with_timeout (background, 20 * MS);
  cairn_context_cancel (context);
  int err = cairn_context_err (context);
  cairn_sleep (25 * MS);
  CHECK (err && cairn_context_err (context) == err);
  return 0;
}
