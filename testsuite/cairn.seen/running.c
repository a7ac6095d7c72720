/* running.c: the dump shows the frames of goroutines that run: in a loop, in a
   function of the C library, called back from one, and of those that were
   preempted.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).  */

/* { seen-env "CAIRN_MAXPROCS=3" } */
/* { seen-run "" 0 "^goroutine 1 \[(running|runnable)\]:.  main \+ [0-9]+..goroutine" } */
/* { seen-says "\[(running|runnable)\]:.  loops \+ [0-9]+.created by main in goroutine 1" } */
/* { seen-says "\[(running|runnable)\]:.(  deep \+ [0-9]+.)*  calls \+ [0-9]+.created" } */
/* { seen-says "\[running\]:.  [a-z_]*read \+ [0-9]+.  reads \+ [0-9]+.created" } */
/* { seen-says "\[chan receive\]:.  compare \+ [0-9]+..*  sorts \+ [0-9]+.created" } */
/* { seen-not "__morestack|cairni_|futex|could not" } */

#include "../lib/check.h"
#include <cairn/chan.h>
#include <cairn/go.h>

static volatile int n;
static cairn_chan (int) chan;
static int ends[2];
static volatile int nbegun;

static NOINLINE void
loops (void *unused)
{
  for (;;)
    n++;
}

static NOINLINE int
deep (int n)
{
  if (n == 0)
    return 0;
  int depth = deep (n - 1);
  __asm__ volatile ("" : "+r"(depth));
  return depth + 1;
}

static NOINLINE void
calls (void *unused)
{
  for (;;)
    deep (5);
}

static NOINLINE void
reads (void *unused)
{
  char byte;
  nbegun++;
  read (ends[0], &byte, 1);
  n++;
}

static NOINLINE int
compare (const void *a, const void *b)
{
  cairn_receive (chan);
  return *(const int *)a - *(const int *)b;
}

static NOINLINE void
sorts (void *unused)
{
  int numbers[3] = { 3, 2, 1 };
  nbegun++;
  qsort (numbers, 3, sizeof *numbers, compare);
  n++;
}

int
main (void)
{
  CHECK (pipe (ends) == 0);
  chan = cairn_make_chan (int, 0);
  cairn_go (loops, NULL);
  cairn_go (calls, NULL);
  cairn_go (reads, NULL);
  cairn_go (sorts, NULL);
  while (nbegun < 2)
    cairn_sleep (10 * CAIRN_MILLISECOND);
  cairn_sleep (200 * CAIRN_MILLISECOND);
  cairn_dump_goroutines ();
  _exit (0);
}
