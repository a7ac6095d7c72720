/* Contexts: cancelling one cancels those below it, not those above or beside
   it; the first reason counts; values are found upwards; the background is
   never cancelled.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "../lib/check.h"
#include <cairn/context.h>
#include <cairn/go.h>
#include <errno.h>

#define HOUR (3600 * CAIRN_SECOND)

static int
is_done (struct cairn_context *context)
{
  int err = cairn_context_err (context);
  int n = cairn_select (
      CAIRN_RECEIVE (cairn_context_done (context), NULL, NULL), CAIRN_DEFAULT);
  CHECK ((n == 0) == (err != 0));
  return err;
}

static void
trees (void)
{
  struct cairn_context *background = cairn_context_background ();
  CHECK (background == cairn_context_background ());
  CHECK (cairn_context_done (background) == NULL);
  CHECK (is_done (background) == 0);
  CHECK (!cairn_context_deadline (background, NULL));

  struct cairn_context *top = cairn_context_with_cancel (background);
  struct cairn_context *left = cairn_context_with_cancel (top);
  struct cairn_context *right = cairn_context_with_cancel (top);
  struct cairn_context *value = cairn_context_with_value (left, &top, &left);
  struct cairn_context *below = cairn_context_with_cancel (value);
  struct cairn_context *leaves[100];
  for (int i = 0; i < 100; i++)
    leaves[i] = cairn_context_with_cancel (i % 2 ? below : right);
  CHECK (cairn_context_done (value) == cairn_context_done (left));

  cairn_context_cancel (leaves[1]);
  CHECK (is_done (leaves[1]) == ECANCELED && !is_done (below));
  CHECK (!is_done (leaves[3]));
  cairn_context_cancel_cause (left, "enough");
  CHECK (is_done (left) && is_done (value) && is_done (below));
  CHECK (!is_done (top) && !is_done (right));
  for (int i = 0; i < 100; i++)
    CHECK (is_done (leaves[i]) == (i % 2 ? ECANCELED : 0));
  CHECK (strcmp (cairn_context_cause (leaves[3]), "enough") == 0);
  /* It was cancelled before that.  */
  CHECK (cairn_context_cause (leaves[1]) == NULL);
  cairn_context_cancel_cause (left, "more");
  CHECK (strcmp (cairn_context_cause (left), "enough") == 0);

  /* Below one that is cancelled.  */
  struct cairn_context *late = cairn_context_with_timeout (below, HOUR);
  CHECK (is_done (late) == ECANCELED);
  CHECK (strcmp (cairn_context_cause (late), "enough") == 0);
  cairn_context_cancel (top);
  CHECK (is_done (top) && is_done (right) && is_done (leaves[0]));
  CHECK (cairn_context_cause (top) == NULL);
  CHECK (strcmp (cairn_context_cause (left), "enough") == 0);
}

static void
values (void)
{
  static int a, b, c;
  struct cairn_context *one
      = cairn_context_with_value (cairn_context_background (), &a, "one");
  struct cairn_context *two
      = cairn_context_with_value (cairn_context_with_cancel (one), &b, "two");
  struct cairn_context *three = cairn_context_with_value (two, &a, "three");
  clobber ();
  CHECK (strcmp (cairn_context_value (three, &a), "three") == 0);
  CHECK (strcmp (cairn_context_value (three, &b), "two") == 0);
  CHECK (strcmp (cairn_context_value (two, &a), "one") == 0);
  CHECK (cairn_context_value (three, &c) == NULL);
  CHECK (cairn_context_value (one, &b) == NULL);
  CHECK (cairn_context_value (cairn_context_background (), &a) == NULL);
}

/* However deep a tree is: no recursion that a stack could be too small for.  */
static void
deep (void)
{
  struct cairn_context *top
      = cairn_context_with_cancel (cairn_context_background ());
  struct cairn_context *bottom = top;
  for (int i = 0; i < 20000; i++)
    bottom = cairn_context_with_cancel (bottom);
  cairn_context_cancel (top);
  CHECK (is_done (bottom) == ECANCELED);
}

int
main (void)
{
  trees ();
  values ();
  deep ();
  return 0;
}
