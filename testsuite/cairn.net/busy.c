/* Descriptors are looked at though all threads are busy, or sleep in the
   system, or sleep until a timer is due.  */

#include "net.h"

#include <pthread.h>
#include <time.h>

static int stop;
static int ends[2];
static struct cairn_waitgroup group;

static void
compute (void *arg)
{
  volatile unsigned n = 0;
  while (!__atomic_load_n (&stop, __ATOMIC_RELAXED))
    n++;
  cairn_waitgroup_done (&group);
}

/* A byte that comes after 20 ms is there soon.  */
static void *
write_later (void *arg)
{
  struct timespec delay = { 0, 20000000 };
  nanosleep (&delay, NULL);
  int64_t *sent = arg;
  *sent = cairn_now ();
  CHECK (write (ends[1], "x", 1) == 1);
  return NULL;
}

static void
expect_byte (void)
{
  pthread_t thread;
  int64_t sent;
  char c;
  CHECK (pthread_create (&thread, NULL, write_later, &sent) == 0);
  CHECK (cairn_read (ends[0], &c, 1) == 1);
  CHECK (cairn_now () - sent < CAIRN_SECOND);
  pthread_join (thread, NULL);
}

int
main (void)
{
  CHECK (pipe (ends) == 0);

  int n = 2 * cairn_max_procs ();
  cairn_waitgroup_add (&group, n);
  for (int i = 0; i < n; i++)
    GO (compute, i);
  expect_byte ();
  __atomic_store_n (&stop, 1, __ATOMIC_RELAXED);
  cairn_waitgroup_wait (&group);

  cairn_waitgroup_add (&group, n);
  for (int i = 0; i < n; i++)
    cairn_go_do (struct timespec delay = { 1, 500000000 };
                 nanosleep (&delay, NULL); cairn_waitgroup_done (&group));
  cairn_sleep (CAIRN_MILLISECOND);
  expect_byte ();
  cairn_waitgroup_wait (&group);

  cairn_go_do (cairn_sleep (3600 * CAIRN_SECOND));
  cairn_sleep (CAIRN_MILLISECOND);
  for (int i = 0; i < 3; i++)
    expect_byte ();
  return 0;
}
