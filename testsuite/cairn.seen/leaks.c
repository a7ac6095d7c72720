/* leaks.c: goroutines that wait for ever are found, and no others.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).  */

/* { seen-run "" 0 "(leaked).*\]:.  receives \+ [0-9]+.created by make_all in goroutine 1" } */
/* { seen-says "\[chan send \(leaked\)\]:.  sends \+ [0-9]+.created" } */
/* { seen-says "\[chan receive \(nil chan\) \(leaked\)\]:.  receives_none \+ [0-9]+.created" } */
/* { seen-says "\[select \(leaked\)\]:.  selects \+ [0-9]+.created" } */
/* { seen-says "\[select \(no cases\) \(leaked\)\]:.  selects_none \+ [0-9]+.created" } */
/* { seen-says "\[sync.Mutex.Lock \(leaked\)\]:.(  cairn_mutex_lock \+ [0-9]+.)?  locks \+ [0-9]+.created" } */
/* { seen-says "\[sync.Mutex.Lock \(leaked\)\]:.(  cairn_mutex_lock \+ [0-9]+.)?  locks_own \+ [0-9]+.created" } */
/* { seen-says "\[sync.RWMutex.Lock \(leaked\)\]:.  writes \+ [0-9]+.created" } */
/* { seen-says "\[sync.RWMutex.RLock \(leaked\)\]:.  reads \+ [0-9]+.created" } */
/* { seen-says "\[sync.WaitGroup.Wait \(leaked\)\]:.  waits \+ [0-9]+.created" } */
/* { seen-says "\[sync.Cond.Wait \(leaked\)\]:.  awaits \+ [0-9]+.created" } */
/* { seen-says "\[semacquire \(leaked\)\]:.  acquires \+ [0-9]+.created" } */
/* { seen-says "\[sync.Once.Do \(leaked\)\]:.  onces \+ [0-9]+.created" } */
/* { seen-says "\[chan receive \(leaked\)\]:.  forwards \+ [0-9]+.created by make_pair" } */
/* { seen-not "sleeps|timeout|not so" } */

#include "../lib/check.h"
#include <cairn/chan.h>
#include <cairn/go.h>
#include <cairn/sync.h>

static volatile int after;

struct both
{
  cairn_chan (int) in;
  cairn_chan (int) out;
  struct cairn_mutex mutex;
  struct cairn_rwmutex rwmutex;
  struct cairn_waitgroup group;
  struct cairn_cond cond;
  struct cairn_semaphore semaphore;
  struct cairn_once once;
  struct both *other, *next;
};

static struct both *
make (void)
{
  struct both *both = calloc (1, sizeof *both);
  both->in = cairn_make_chan (int, 0);
  both->out = cairn_make_chan (int, 0);
  return both;
}

#define FUNCTION(name, ...)                                                    \
  static NOINLINE void name (void *arg)                                        \
  {                                                                            \
    struct both *both = arg;                                                   \
    __VA_ARGS__;                                                               \
    after++;                                                                   \
  }

FUNCTION (receives, cairn_receive (both->in))
FUNCTION (sends, cairn_send (both->out, 1))
FUNCTION (receives_none, cairn_receive ((cairn_chan (int))opaque (NULL)))
FUNCTION (selects, int one = 1; cairn_select (CAIRN_RECEIVE (both->in, NULL, NULL),
                                              CAIRN_SEND (both->out, &one)))
FUNCTION (selects_none, cairn_select_cases (NULL, 0))
FUNCTION (selects_timeout, cairn_select (CAIRN_RECEIVE (both->in, NULL, NULL),
                                         CAIRN_TIMEOUT (100 * CAIRN_SECOND)))
FUNCTION (sleeps, cairn_sleep (100 * CAIRN_SECOND); cairn_send (both->in, 1))
FUNCTION (locks, cairn_mutex_lock (&both->mutex); cairn_mutex_lock (&both->mutex))
FUNCTION (locks_own, struct cairn_mutex own = { 0 }; cairn_mutex_lock (&own);
          cairn_mutex_lock (&own); cairn_mutex_unlock (&own))
FUNCTION (writes, cairn_rwmutex_lock (&both->rwmutex);
          cairn_rwmutex_lock (&both->rwmutex))
FUNCTION (reads, cairn_rwmutex_lock (&both->rwmutex);
          cairn_rwmutex_read_lock (&both->rwmutex))
FUNCTION (waits, cairn_waitgroup_add (&both->group, 1);
          cairn_waitgroup_wait (&both->group))
FUNCTION (awaits, cairn_mutex_lock (&both->mutex);
          cairn_cond_wait (&both->cond, &both->mutex))
FUNCTION (acquires, cairn_semaphore_acquire (&both->semaphore, 1))
FUNCTION (onces, cairn_once_begin (&both->once); cairn_once_begin (&both->once))
/* Wakes who waits for its partner's channel, once it is woken itself.  */
FUNCTION (forwards, cairn_receive (both->in); cairn_send (both->other->in, 1))

static void (*const leaking[]) (void *)
    = { receives, sends,  receives_none, selects, selects_none, locks, locks_own,
        writes,   reads,  waits,         awaits,  acquires,     onces };
#define NLEAKING (sizeof leaking / sizeof *leaking)

/* A word that is left somewhere may keep one that is leaked: so there are several
   of each.  */
#define NEACH 5

static NOINLINE void
make_all (void)
{
  for (int n = 0; n < NEACH; n++)
    for (unsigned i = 0; i < NLEAKING; i++)
      cairn_go (leaking[i], make ());
  after++;
}

/* Two that could only wake each other.  */
static NOINLINE void
make_pair (void)
{
  for (int n = 0; n < NEACH; n++)
    {
      struct both *a = make (), *b = make ();
      a->other = b;
      b->other = a;
      cairn_go (forwards, a);
      cairn_go (forwards, b);
    }
  after++;
}

/* A row of them, and its first.  */
#define NROW 20
static NOINLINE struct both *
make_row (void)
{
  struct both *first = make (), *last = first;
  for (int i = 0; i < NROW; i++)
    {
      last->other = make ();
      cairn_go (forwards, last);
      last = last->other;
    }
  cairn_go (receives, last);
  return first;
}

static struct both *volatile kept;
static struct both global;

/* Reachable by a global, by heap memory, by their own structure being global, by
   a goroutine that sleeps, or because time wakes them.  */
static NOINLINE void
make_reachable (void)
{
  kept = make_row ();
  for (unsigned i = 0; i < NLEAKING; i++)
    if (leaking[i] != receives_none && leaking[i] != selects_none
        && leaking[i] != locks_own)
      {
        struct both *both = make ();
        both->next = kept->next;
        kept->next = both;
        cairn_go (leaking[i], both);
      }
  struct both *both = make ();
  cairn_go (receives, both);
  cairn_go (sleeps, both);
  cairn_go (selects_timeout, make ());
  global.in = cairn_make_chan (int, 0);
  cairn_go (receives, &global);
  cairn_go (locks, &global);
  cairn_go (writes, &global);
  cairn_go (waits, &global);
  cairn_go (acquires, &global);
}

static NOINLINE void
use_stack (int n)
{
  volatile uintptr_t words[256];
  for (int i = 0; i < 256; i++)
    words[i] = 0;
  if (n > 0)
    use_stack (n - 1);
  after += words[n];
}

/* Let go of all that KEPT leads to, each by itself: a word that is left somewhere
   may still keep one of them.  */
static NOINLINE void
drop (void)
{
  for (struct both *both = kept, *next; both; both = next)
    {
      next = both->next;
      both->next = both->other = NULL;
    }
  kept = NULL;
}

static NOINLINE size_t
find (uint64_t *ids, size_t max)
{
  cairn_sleep (50 * CAIRN_MILLISECOND);
  use_stack (3);
  return cairn_find_leaked_goroutines (ids, max);
}

int
main (void)
{
  uint64_t ids[2] = { 0, 0 };
  CHECK (find (NULL, 0) == 0);
  make_reachable ();
  CHECK (find (ids, 2) == 0);
  CHECK (ids[0] == 0);
  make_all ();
  size_t n = find (ids, 2);
  CHECK (n <= NEACH * NLEAKING && n >= (NEACH - 1) * NLEAKING);
  CHECK (ids[0] > 1 && ids[1] > 1 && ids[0] != ids[1]);
  make_pair ();
  n = find (NULL, 0);
  CHECK (n <= NEACH * (NLEAKING + 2) && n >= (NEACH - 1) * (NLEAKING + 2));
  CHECK (cairn_dump_leaked_goroutines () >= (NEACH - 1) * (NLEAKING + 2));
  /* Those that are reachable still work.  */
  int before = after;
  cairn_send (kept->in, 1);
  for (int i = 0; i < 200 && after < before + NROW + 1; i++)
    cairn_sleep (10 * CAIRN_MILLISECOND);
  CHECK (after == before + NROW + 1);
  /* And others are not any more.  */
  size_t last = find (NULL, 0);
  drop ();
  CHECK (find (NULL, 0) > last);
  return 0;
}
