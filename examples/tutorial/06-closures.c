/* Fourth rule: what a closure uses lives as long as the closure.  One that is
   called at once needs no heap; one that a goroutine runs does.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include <cairn/chan.h>
#include <cairn/go.h>
#include <stdio.h>

static int
called_at_once (void)
{
  int sum = 0;
  void add (int n) { sum += n; }
  for (int i = 1; i <= 10; i++)
    add (i);
  return sum;
}

static int
run_by_a_goroutine (void)
{
  int total = 0;
  cairn_chan (int) done = cairn_make_chan (int, 0);
  cairn_go_do (for (int i = 1; i <= 10; i++) total += i;
               cairn_send (done, total));
  return cairn_receive (done);
}

int
main (void)
{
  printf ("called at once: %d\n", called_at_once ());
  printf ("run by a goroutine: %d\n", run_by_a_goroutine ());
  return 0;
}
