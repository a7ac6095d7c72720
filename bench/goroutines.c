/* goroutines.c: goroutines and channels, to be timed.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

     goroutines WORK N

   spawn     N goroutines begin and end, 100 at a time
   yield     two take turns, N times together
   pingpong  N rounds of two over two channels without buffers
   buffered  N elements through a channel for 100
   parked    N wait on a channel at once
   deep      N wait on a channel, one of them 64 MB deep
   compute   N goroutines compute

   With -DCOROUTINES=1 yield is Boost's fcontext, with 2 libpcl's coroutines. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static long n;

#if !COROUTINES

#include <cairn/chan.h>
#include <cairn/go.h>
#include <cairn/sync.h>

static struct cairn_waitgroup group;
static cairn_chan (long) there, back;

static void
nothing (void *unused)
{
  (void)unused;
  cairn_waitgroup_done (&group);
}

static void
spawn (void)
{
  for (long i = 0; i < n; i++)
    {
      if (i % 100 == 0)
        {
          cairn_waitgroup_wait (&group);
          cairn_waitgroup_add (&group, 100);
        }
      cairn_go (nothing, NULL);
    }
  cairn_waitgroup_wait (&group);
}

static void
take_turns (void *unused)
{
  (void)unused;
  for (long i = 0; i < n / 2; i++)
    cairn_yield ();
  cairn_waitgroup_done (&group);
}

static void
answer (void *unused)
{
  (void)unused;
  for (long i = 0; i < n; i++)
    cairn_send (back, cairn_receive (there));
  cairn_waitgroup_done (&group);
}

static void
ask (void *unused)
{
  (void)unused;
  for (long i = 0; i < n; i++)
    {
      cairn_send (there, i);
      if (cairn_receive (back) != i)
        abort ();
    }
  cairn_waitgroup_done (&group);
}

static void
produce (void *unused)
{
  (void)unused;
  for (long i = 0; i < n; i++)
    cairn_send (there, i);
  cairn_waitgroup_done (&group);
}

static void
consume (void *unused)
{
  (void)unused;
  for (long i = 0; i < n; i++)
    if (cairn_receive (there) != i)
      abort ();
  cairn_waitgroup_done (&group);
}

static void
two (void (*first) (void *), void (*second) (void *))
{
  cairn_waitgroup_add (&group, 2);
  cairn_go (first, NULL);
  cairn_go (second, NULL);
  cairn_waitgroup_wait (&group);
}

static void
wait_there (void *unused)
{
  (void)unused;
  cairn_receive (there);
}

static __attribute__ ((noinline)) long
recurse (long depth)
{
  return depth == 0 ? 0 : recurse (depth - 1) + 1;
}

static void
go_deep (void *unused)
{
  (void)unused;
  /* Frames have 16 bytes or more.  */
  if (recurse (4L << 20) != 4L << 20)
    abort ();
  cairn_waitgroup_done (&group);
}

static void
park (void)
{
  for (long i = 0; i < n; i++)
    {
      cairn_go (wait_there, NULL);
      if (i % 100 == 99)
        cairn_yield ();
    }
  while (cairn_num_goroutine () < (size_t)n)
    cairn_yield ();
}

static __attribute__ ((noinline)) unsigned long
fib (unsigned long k)
{
  return k < 2 ? k : fib (k - 1) + fib (k - 2);
}

static void
compute_one (void *unused)
{
  (void)unused;
  if (fib (32) != 2178309)
    abort ();
  cairn_waitgroup_done (&group);
}

int
main (int argc, char **argv)
{
  const char *work = argc > 2 ? argv[1] : "";
  n = argc > 2 ? atol (argv[2]) : 0;
  there = cairn_make_chan (long, 0);
  back = cairn_make_chan (long, 0);
  if (strcmp (work, "spawn") == 0)
    spawn ();
  else if (strcmp (work, "yield") == 0)
    two (take_turns, take_turns);
  else if (strcmp (work, "pingpong") == 0)
    two (answer, ask);
  else if (strcmp (work, "buffered") == 0)
    {
      there = cairn_make_chan (long, 100);
      two (produce, consume);
    }
  else if (strcmp (work, "parked") == 0)
    park ();
  else if (strcmp (work, "deep") == 0)
    {
      park ();
      cairn_waitgroup_add (&group, 1);
      cairn_go (go_deep, NULL);
      cairn_waitgroup_wait (&group);
    }
  else if (strcmp (work, "compute") == 0)
    {
      cairn_waitgroup_add (&group, n);
      for (long i = 0; i < n; i++)
        cairn_go (compute_one, NULL);
      cairn_waitgroup_wait (&group);
    }
  else
    return 2;
  return 0;
}

#elif COROUTINES == 1

/* As in Boost's boost/context/detail/fcontext.hpp, in C.  */
typedef void *fcontext_t;
struct transfer
{
  fcontext_t from;
  void *data;
};
extern struct transfer jump_fcontext (fcontext_t to, void *data);
extern fcontext_t make_fcontext (void *sp, size_t nbytes,
                                 void (*fn) (struct transfer));

static void
take_turns (struct transfer transfer)
{
  for (;;)
    transfer = jump_fcontext (transfer.from, NULL);
}

int
main (int argc, char **argv)
{
  static char stack[65536];
  n = argc > 2 ? atol (argv[2]) : 0;
  fcontext_t other
      = make_fcontext (stack + sizeof stack, sizeof stack, take_turns);
  for (long i = 0; i < n / 2; i++)
    other = jump_fcontext (other, NULL).from;
  return 0;
}

#else

#include <pcl.h>

static void
take_turns (void *unused)
{
  (void)unused;
  for (;;)
    co_resume ();
}

int
main (int argc, char **argv)
{
  n = argc > 2 ? atol (argv[2]) : 0;
  coroutine_t other = co_create (take_turns, NULL, NULL, 65536);
  for (long i = 0; i < n / 2; i++)
    co_call (other);
  return 0;
}

#endif
