/* A pipeline of goroutines that is told to stop by a deadline: one makes
   numbers without end, three square them, and when the time is over all of
   them return.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include <cairn/context.h>
#include <cairn/go.h>
#include <cairn/sync.h>
#include <errno.h>
#include <stdio.h>

#define NWORKERS 3

/* Send 1, 2, 3 …, until nobody wants more.  */
static void
make_numbers (struct cairn_context *context, cairn_chan (long) numbers)
{
  for (long n = 1;; n++)
    if (cairn_select (CAIRN_SEND (numbers, &n),
                      CAIRN_RECEIVE (cairn_context_done (context), NULL, NULL))
        == 1)
      break;
  cairn_close (numbers);
}

static void
square (struct cairn_context *context, cairn_chan (long) numbers,
        cairn_chan (long) squares)
{
  cairn_range (n, numbers)
  {
    long result = n * n;
    if (cairn_select (CAIRN_SEND (squares, &result),
                      CAIRN_RECEIVE (cairn_context_done (context), NULL, NULL))
        == 1)
      return;
  }
}

int
main (void)
{
  struct cairn_context *context = cairn_context_with_timeout (
      cairn_context_background (), 100 * CAIRN_MILLISECOND);
  cairn_chan (long) numbers = cairn_make_chan (long, 0);
  cairn_chan (long) squares = cairn_make_chan (long, 0);
  struct cairn_waitgroup workers = { 0 };

  cairn_go_do (make_numbers (context, numbers));
  cairn_waitgroup_add (&workers, NWORKERS);
  for (int i = 0; i < NWORKERS; i++)
    cairn_go_do (square (context, numbers, squares);
                 cairn_waitgroup_done (&workers));
  cairn_go_do (cairn_waitgroup_wait (&workers); cairn_close (squares));

  /* The workers may overtake each other.  On a slow machine few squares come
     before the deadline.  */
  long wrong = 0;
  cairn_range (s, squares)
  {
    long root = 0;
    while (root * root < s)
      root++;
    wrong += root * root != s;
    cairn_sleep (CAIRN_MILLISECOND);
  }
  /* The channel was closed, so the workers have returned.  */
  printf ("%ld squares are wrong\n", wrong);
  printf ("stopped by the deadline: %s\n",
          cairn_context_err (context) == ETIMEDOUT ? "yes" : "no");
  cairn_context_cancel (context);
  return 0;
}
