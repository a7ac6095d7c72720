/* forks.c: the child of a fork can use the channels and the rest that threads and
   goroutines, which are not there any more, were just using or waited for.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

   A program's own threads and goroutines use few channels as fast as they can
   while main forks; the child, which does not live long if it gets stuck,
   uses each of them.  */

#define _GNU_SOURCE
#include "goroutines.h"

#include <cairn/time.h>
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#define NFORKS 40
#define CAPACITY 7

/* Whole if SECOND says so.  */
struct pair
{
  uint64_t first, second;
};

static cairn_chan (struct pair) pairs;
static cairn_chan (long) words, one, handed, never;
static struct cairn_semaphore semaphore;
static struct cairn_waitgroup asleep;
static struct cairn_mutex mutex;
static struct cairn_cond cond;
static struct cairn_rwmutex rwmutex;

static void
send_and_receive (void *unused)
{
  (void)unused;
  for (uint64_t i = 1;; i++)
    {
      struct pair pair = { i, ~i };
      cairn_send (pairs, pair);
      cairn_send (words, i);
      cairn_send (one, i);
      pair = cairn_receive (pairs);
      if (pair.second != ~pair.first || cairn_receive (words) == 0
          || cairn_receive (one) == 0)
        abort ();
    }
}

static void *
thread (void *unused)
{
  send_and_receive (unused);
  return NULL;
}

static void
hand (void *unused)
{
  (void)unused;
  for (long i = 1;; i++)
    cairn_send (handed, i);
}

static void
select_some (void *unused)
{
  (void)unused;
  for (;;)
    {
      long value = 0;
      if (cairn_select (CAIRN_RECEIVE (handed, &value, NULL),
                        CAIRN_RECEIVE (never, &value, NULL))
              != 0
          || value == 0)
        abort ();
    }
}

/* These are asleep when the process forks.  */

static void
wait_for_cond (void *unused)
{
  (void)unused;
  cairn_mutex_lock (&mutex);
  cairn_cond_wait (&cond, &mutex);
  abort ();
}

static void
wait_for_semaphore (void *unused)
{
  (void)unused;
  cairn_semaphore_acquire (&semaphore, 1);
  abort ();
}

static void
wait_for_group (void *unused)
{
  (void)unused;
  cairn_waitgroup_wait (&asleep);
  abort ();
}

static void
wait_for_rwmutex (void *unused)
{
  (void)unused;
  cairn_rwmutex_lock (&rwmutex);
  abort ();
}

static void
wait_for_never (void *unused)
{
  (void)unused;
  cairn_receive (never);
  abort ();
}

static void
fill (void *unused)
{
  (void)unused;
  for (uint64_t i = 1; i <= CAPACITY; i++)
    {
      struct pair pair = { i, ~i };
      cairn_send (pairs, pair);
      cairn_send (words, i);
    }
  cairn_send (one, 1);
  cairn_send (handed, 1);
  cairn_send (never, 1);
}

/* What the parent's left in the buffers is whole, and no more than has room.  */
static void
empty_all (void)
{
  struct pair pair;
  long word;
  int ok, n = 0;
  while (cairn_chan_try_receive (cairn_chan_of (pairs), &pair, &ok))
    CHECK (ok && pair.second == ~pair.first && ++n <= CAPACITY);
  for (n = 0; cairn_chan_try_receive (cairn_chan_of (words), &word, &ok);)
    CHECK (ok && word != 0 && ++n <= CAPACITY);
  for (n = 0; cairn_chan_try_receive (cairn_chan_of (one), &word, &ok);)
    CHECK (ok && word != 0 && ++n <= 1);
  CHECK (!cairn_chan_try_receive (cairn_chan_of (handed), &word, &ok));
  CHECK (!cairn_chan_try_send (cairn_chan_of (handed), &word));
  CHECK (!cairn_chan_try_send (cairn_chan_of (never), &word));
}

static void
be_child (void)
{
  alarm (20);
  empty_all ();
  cairn_go (fill, NULL);
  for (uint64_t i = 1; i <= CAPACITY; i++)
    {
      struct pair pair = cairn_receive (pairs);
      CHECK (pair.first == i && pair.second == ~i);
      CHECK (cairn_receive (words) == (long)i);
    }
  CHECK (cairn_receive (one) == 1);
  CHECK (cairn_receive (handed) == 1);
  long value = 0;
  CHECK (cairn_select (CAIRN_RECEIVE (never, &value, NULL),
                       CAIRN_TIMEOUT (10 * CAIRN_SECOND))
         == 0);
  CHECK (value == 1);
  cairn_semaphore_release (&semaphore, 1);
  CHECK (cairn_semaphore_try_acquire (&semaphore, 1));
  cairn_waitgroup_done (&asleep);
  cairn_waitgroup_wait (&asleep);
  cairn_cond_broadcast (&cond);
  cairn_rwmutex_unlock (&rwmutex);
  cairn_rwmutex_lock (&rwmutex);
  _exit (7);
}

int
main (int argc, char **argv)
{
  int n = amount (argc, argv) > 1 ? 3 * NFORKS : NFORKS;
  pairs = cairn_make_chan (struct pair, CAPACITY);
  words = cairn_make_chan (long, CAPACITY);
  one = cairn_make_chan (long, 1);
  handed = cairn_make_chan (long, 0);
  never = cairn_make_chan (long, 0);
  cairn_waitgroup_add (&asleep, 1);
  cairn_rwmutex_lock (&rwmutex);
  cairn_go (wait_for_cond, NULL);
  cairn_go (wait_for_semaphore, NULL);
  cairn_go (wait_for_group, NULL);
  cairn_go (wait_for_rwmutex, NULL);
  cairn_go (wait_for_never, NULL);
  cairn_sleep (CAIRN_MILLISECOND);
  for (int i = 0; i < 2; i++)
    {
      pthread_t id;
      CHECK (pthread_create (&id, NULL, thread, NULL) == 0);
      cairn_go (send_and_receive, NULL);
      cairn_go (hand, NULL);
      cairn_go (select_some, NULL);
    }
  for (int i = 0; i < n; i++)
    {
      cairn_yield ();
      pid_t pid = fork ();
      CHECK (pid >= 0);
      if (pid == 0)
        be_child ();
      int status;
      CHECK (waitpid (pid, &status, 0) == pid);
      CHECK (WIFEXITED (status) && WEXITSTATUS (status) == 7);
    }
  return 0;
}
