/* A program that has no goroutines, and no growable stack, may wait for the
   time, too: nobody else started the scheduler, on which timers depend.

     { cairn-libraries "-lcairn -pthread" }

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "../../lib/check.h"
#include <cairn/context.h>
#include <cairn/go.h>
#include <cairn/time.h>
#include <errno.h>
#include <pthread.h>

#define MS CAIRN_MILLISECOND

static void *
wait (void *unused)
{
  int64_t start = cairn_now ();
  cairn_sleep (2 * MS);
  CHECK (cairn_now () - start >= 2 * MS);
  return unused;
}

int
main (void)
{
  pthread_t thread;
  CHECK (pthread_create (&thread, NULL, wait, NULL) == 0);
  wait (NULL);
  pthread_join (thread, NULL);
  int64_t start = cairn_now ();
  CHECK (cairn_receive (cairn_after (2 * MS)) >= start + 2 * MS);
  struct cairn_context *context
      = cairn_context_with_timeout (cairn_context_background (), 2 * MS);
  cairn_receive (cairn_context_done (context));
  CHECK (cairn_context_err (context) == ETIMEDOUT);
  return 0;
}
