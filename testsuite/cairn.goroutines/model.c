/* Random programs of channels, selects and mutexes, against a model.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

   Each seed makes some channels, some goroutines and what they do, by chance:
   send, receive, select among several, with and without default or timeout,
   lock, yield.  Every element says who sent it and as which of his.  The model:

     - A channel gives each receiver the elements of one sender in the order in
       which they were sent.
     - What was sent is received once, or is in a buffer at the end; what was
   not is not.
     - Never more is in a buffer than fits.
     - What a mutex guards is what the last who had it left.

   A second argument is the first seed, a third their number.  */

#include "goroutines.h"
#include <string.h>
#include <time.h>

#define NCHANS 5
#define NGOROUTINES 12
#define NOPS 60

static unsigned seed;
static cairn_chan (unsigned) chans[NCHANS];
static size_t capacities[NCHANS];
static struct cairn_waitgroup group;

/* By channel and sender: sent, received.  */
static unsigned sent[NCHANS][NGOROUTINES];
static unsigned received[NCHANS][NGOROUTINES];
/* By receiver, channel and sender: the last that was received.  */
static int last[NGOROUTINES + 1][NCHANS][NGOROUTINES];

static struct cairn_mutex mutex;
static uint64_t guarded[2];

static unsigned
next (unsigned *state, unsigned n)
{
  *state = *state * 1664525 + 1013904223;
  return (*state >> 8) % n;
}

static void
take (int who, int chan, unsigned element)
{
  int sender = element >> 16, number = element & 0xffff;
  CHECK (sender < NGOROUTINES);
  CHECK (number > last[who][chan][sender]);
  last[who][chan][sender] = number;
  __atomic_fetch_add (&received[chan][sender], 1, __ATOMIC_RELAXED);
}

/* The next element of WHO for CHAN.  */
static unsigned
make (int who, int chan)
{
  return (unsigned)who << 16 | (sent[chan][who] + 1);
}

static void
select_some (int who, unsigned *state)
{
  struct cairn_case cases[4];
  int chan[4], n = 1 + next (state, 3), total = n;
  unsigned elements[4];
  memset (cases, 0, sizeof cases);
  for (int i = 0; i < n; i++)
    {
      chan[i] = next (state, NCHANS);
      int twice = 0;
      for (int j = 0; j < i; j++)
        twice |= chan[j] == chan[i];
      cases[i].kind = next (state, 2) ? CAIRN_CASE_SEND : CAIRN_CASE_RECEIVE;
      cases[i].chan = twice ? NULL : cairn_chan_of (chans[chan[i]]);
      elements[i] = make (who, chan[i]);
      cases[i].element = &elements[i];
    }
  cases[total].kind = next (state, 2) ? CAIRN_CASE_DEFAULT : CAIRN_CASE_TIMEOUT;
  cases[total].timeout_ns = next (state, 200000);
  total++;
  int chosen = cairn_select_cases (cases, total);
  CHECK (chosen >= 0 && chosen < total);
  if (chosen == n)
    return;
  CHECK (cases[chosen].chan);
  if (cases[chosen].kind == CAIRN_CASE_SEND)
    sent[chan[chosen]][who]++;
  else
    take (who, chan[chosen], elements[chosen]);
}

static void
act (void *arg)
{
  int who = (long)arg;
  unsigned state = seed * 31 + who;
  for (int i = 0; i < NOPS; i++)
    {
      int chan = next (&state, NCHANS);
      unsigned element = make (who, chan);
      int ok;
      switch (next (&state, 6))
        {
        case 0:
          if (cairn_chan_try_send (cairn_chan_of (chans[chan]), &element))
            sent[chan][who]++;
          break;
        case 1:
          if (cairn_chan_try_receive (cairn_chan_of (chans[chan]), &element,
                                      &ok))
            take (who, chan, element);
          break;
        case 2:
          cairn_mutex_lock (&mutex);
          CHECK (guarded[0] == guarded[1]);
          guarded[0]++;
          if (next (&state, 4) == 0)
            cairn_yield ();
          guarded[1]++;
          cairn_mutex_unlock (&mutex);
          break;
        case 3:
          cairn_yield ();
          break;
        default:
          select_some (who, &state);
          break;
        }
      for (int c = 0; c < NCHANS; c++)
        CHECK (cairn_chan_len (cairn_chan_of (chans[c])) <= capacities[c]);
    }
  cairn_waitgroup_done (&group);
}

/* Sends and receives that wait, in equal numbers.  */
static void
send_many (void *arg)
{
  int who = (long)arg;
  for (int i = 0; i < NOPS; i++)
    {
      unsigned element = make (who, who % NCHANS);
      cairn_send (chans[who % NCHANS], element);
      sent[who % NCHANS][who]++;
    }
  cairn_waitgroup_done (&group);
}

static void
receive_many (void *arg)
{
  int who = (long)arg;
  for (int i = 0; i < NOPS; i++)
    take (who, who % NCHANS, cairn_receive (chans[who % NCHANS]));
  cairn_waitgroup_done (&group);
}

static void
settle (void)
{
  for (int c = 0; c < NCHANS; c++)
    {
      unsigned element;
      int ok;
      memset (last[NGOROUTINES], -1, sizeof last[NGOROUTINES]);
      while (cairn_chan_try_receive (cairn_chan_of (chans[c]), &element, &ok))
        take (NGOROUTINES, c, element);
      for (int g = 0; g < NGOROUTINES; g++)
        CHECK (sent[c][g] == received[c][g]);
    }
}

static void
run_one (void)
{
  unsigned state = seed;
  for (int c = 0; c < NCHANS; c++)
    {
      capacities[c] = next (&state, 3) ? next (&state, 5) : 0;
      chans[c] = cairn_make_chan (unsigned, capacities[c]);
    }
  memset (sent, 0, sizeof sent);
  memset (received, 0, sizeof received);
  memset (last, -1, sizeof last);
  cairn_waitgroup_add (&group, NGOROUTINES);
  for (long i = 0; i < NGOROUTINES; i++)
    cairn_go (act, (void *)i);
  cairn_waitgroup_wait (&group);
  settle ();
  memset (last, -1, sizeof last);
  /* Of two that differ by NCHANS one sends and one receives.  */
  cairn_waitgroup_add (&group, 2 * NCHANS);
  for (long i = 0; i < NCHANS; i++)
    {
      cairn_go (send_many, (void *)i);
      cairn_go (receive_many, (void *)(i + NCHANS));
    }
  cairn_waitgroup_wait (&group);
  settle ();
}

int
main (int argc, char **argv)
{
  unsigned first = argc > 2 ? strtoul (argv[2], NULL, 10) : (unsigned)time (NULL);
  int count = argc > 3 ? atoi (argv[3]) : 5 * amount (argc, argv);
  for (int i = 0; i < count; i++)
    {
      seed = first + i;
      fflush (stdout);
      run_one ();
    }
  return 0;
}
