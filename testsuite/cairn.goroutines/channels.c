/* What Go says of channels.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

   Catches: an element that is lost, doubled or overtaken; a close that leaves
   somebody waiting; a NULL channel that happens; elements that are copied in
   other sizes than theirs.  */

#include "goroutines.h"
#include <string.h>

struct large
{
  int n;
  char text[300];
};

static struct cairn_waitgroup group;

static void
send_numbers (void *arg)
{
  cairn_chan (int) chan = arg;
  for (int i = 0; i < 1000; i++)
    cairn_send (chan, i);
  cairn_close (chan);
}

static void
in_order (size_t capacity)
{
  cairn_chan (int) chan = cairn_make_chan (int, capacity);
  int expected = 0;
  cairn_go (send_numbers, chan);
  cairn_range (n, chan) CHECK (n == expected++);
  CHECK (expected == 1000);
  int ok = 1;
  CHECK (cairn_receive_ok (chan, &ok) == 0 && ok == 0);
  CHECK (cairn_chan_cap (cairn_chan_of (chan)) == capacity);
  CHECK (cairn_chan_len (cairn_chan_of (chan)) == 0);
}

static void
send_large (void *arg)
{
  cairn_chan (struct large) chan = arg;
  for (int i = 0; i < 100; i++)
    {
      struct large large = { .n = i };
      memset (large.text, i, sizeof large.text);
      cairn_send (chan, large);
    }
  cairn_waitgroup_done (&group);
}

static void
large_elements (size_t capacity)
{
  cairn_chan (struct large) chan = cairn_make_chan (struct large, capacity);
  cairn_waitgroup_add (&group, 1);
  cairn_go (send_large, chan);
  for (int i = 0; i < 100; i++)
    {
      struct large large = cairn_receive (chan);
      CHECK (large.n == i && large.text[0] == (char)i
             && large.text[299] == (char)i);
    }
  cairn_waitgroup_wait (&group);
}

#define SIZES(T, VALUE)                                                        \
  do                                                                           \
    {                                                                          \
      cairn_chan (T) chan = cairn_make_chan (T, 3);                            \
      T value = VALUE;                                                         \
      for (int i = 0; i < 3; i++)                                              \
        cairn_send (chan, value);                                              \
      CHECK (!cairn_chan_try_send (cairn_chan_of (chan), &value));             \
      CHECK (cairn_chan_len (cairn_chan_of (chan)) == 3);                      \
      for (int i = 0; i < 3; i++)                                              \
        CHECK (cairn_receive (chan) == value);                                 \
      CHECK (!cairn_chan_try_receive (cairn_chan_of (chan), &value, NULL));    \
    }                                                                          \
  while (0)

static void
wait_for_close (void *arg)
{
  cairn_chan (long) chan = arg;
  int ok = 1;
  CHECK (cairn_receive_ok (chan, &ok) == 0 && !ok);
  cairn_waitgroup_done (&group);
}

static void
close_wakes_all (void)
{
  cairn_chan (long) chan = cairn_make_chan (long, 0);
  cairn_waitgroup_add (&group, 50);
  for (int i = 0; i < 50; i++)
    cairn_go (wait_for_close, chan);
  cairn_yield ();
  cairn_close (chan);
  cairn_waitgroup_wait (&group);
}

static void
send_pointers (void *arg)
{
  cairn_chan (int *) chan = arg;
  for (int i = 0; i < 500; i++)
    {
      int *p = malloc (sizeof *p);
      *p = i;
      cairn_send (chan, p);
    }
  cairn_close (chan);
}

/* What is on its way is not collected.  */
static void
pointers_live (size_t capacity)
{
  cairn_chan (int *) chan = cairn_make_chan (int *, capacity);
  int expected = 0;
  cairn_go (send_pointers, chan);
  cairn_range (p, chan)
  {
    if (expected % 50 == 0)
      cairn_gc ();
    CHECK (*p == expected++);
  }
  CHECK (expected == 500);
}

static void
selects (void)
{
  cairn_chan (int) nobody = cairn_make_chan (int, 0);
  cairn_chan (int) nil = NULL;
  cairn_chan (int) one = cairn_make_chan (int, 1);
  int x = 7, y = 0, ok = -1;
  CHECK (cairn_select (CAIRN_RECEIVE (nobody, &y, &ok),
                       CAIRN_RECEIVE (nil, &y, NULL), CAIRN_DEFAULT)
         == 2);
  CHECK (cairn_select (CAIRN_SEND (nil, &x), CAIRN_SEND (one, &x)) == 1);
  CHECK (cairn_select (CAIRN_SEND (one, &x), CAIRN_TIMEOUT (1000000)) == 1);
  CHECK (cairn_select (CAIRN_RECEIVE (nobody, &y, &ok),
                       CAIRN_RECEIVE (one, &y, &ok))
             == 1
         && y == 7 && ok == 1);
  cairn_close (one);
  CHECK (cairn_select (CAIRN_RECEIVE (one, &y, &ok),
                       CAIRN_RECEIVE (nobody, &y, NULL))
             == 0
         && y == 0 && ok == 0);
}

/* Among cases that can happen each does, sometimes.  */
static void
by_chance (void)
{
  cairn_chan (int) a = cairn_make_chan (int, 1), b = cairn_make_chan (int, 1);
  int counts[2] = { 0 };
  for (int i = 0; i < 300; i++)
    {
      int one = 1;
      counts[cairn_select (CAIRN_SEND (a, &one), CAIRN_SEND (b, &one))]++;
      cairn_select (CAIRN_RECEIVE (a, NULL, NULL),
                    CAIRN_RECEIVE (b, NULL, NULL));
    }
  CHECK (counts[0] > 30 && counts[1] > 30);
}

static void
ping (void *arg)
{
  cairn_chan (int) *chans = arg;
  for (int i = 0; i < 300; i++)
    {
      int x = i;
      /* A send to itself cannot happen.  */
      CHECK (cairn_select (CAIRN_SEND (chans[0], &x),
                           CAIRN_RECEIVE (chans[2], NULL, NULL))
             == 0);
      CHECK (cairn_select (CAIRN_RECEIVE (chans[2], &x, NULL),
                           CAIRN_RECEIVE (chans[1], &x, NULL))
                 == 1
             && x == i + 1);
    }
  cairn_waitgroup_done (&group);
}

static void
pong (void *arg)
{
  cairn_chan (int) *chans = arg;
  for (int i = 0; i < 300; i++)
    {
      int x;
      CHECK (cairn_select (CAIRN_RECEIVE (chans[0], &x, NULL),
                           CAIRN_SEND (chans[2], &x))
             <= 0);
      CHECK (x == i);
      cairn_send (chans[1], x + 1);
    }
  cairn_waitgroup_done (&group);
}

static void
selects_meet (void)
{
  cairn_chan (int) chans[3];
  /* Nobody but two selects ever meet at the third.  */
  for (int i = 0; i < 2; i++)
    chans[i] = cairn_make_chan (int, 0);
  chans[2] = NULL;
  cairn_waitgroup_add (&group, 2);
  cairn_go (ping, chans);
  cairn_go (pong, chans);
  cairn_waitgroup_wait (&group);
}

int
main (int argc, char **argv)
{
  for (int i = 0; i < amount (argc, argv); i++)
    {
      in_order (0);
      in_order (1);
      in_order (7);
      large_elements (0);
      large_elements (3);
      SIZES (char, 'x');
      SIZES (short, -3);
      SIZES (int, 1 << 30);
      SIZES (double, 1.5);
      SIZES (__int128, (__int128)1 << 100);
      close_wakes_all ();
      pointers_live (0);
      pointers_live (4);
      selects ();
      by_chance ();
      selects_meet ();
    }
  return 0;
}
