/* cairn_poll ends when the time is over, not before, and when something
   happens; also if both do at the same moment.  */

#include "net.h"

static int ends[2];
static struct cairn_waitgroup group;

static void
wait_long (void *arg)
{
  int64_t start = cairn_now (), ns = NUMBER_OF (arg) * CAIRN_MILLISECOND;
  CHECK (cairn_poll (ends[0], POLLIN, ns) == 0);
  int64_t took = cairn_now () - start;
  CHECK (took >= ns && took < ns + 5 * CAIRN_SECOND);
  cairn_waitgroup_done (&group);
}

static int nevents, ntimes;

/* A byte that comes when the time is just over, or not quite.  */
static void
race (void *arg)
{
  int pair[2], tries = NUMBER_OF (arg);
  CHECK (pipe (pair) == 0);
  for (int i = 0; i < tries; i++)
    {
      int64_t ns = 20000 + i % 50 * 1000;
      struct cairn_waitgroup both = { 0 };
      cairn_waitgroup_add (&both, 1);
      cairn_go_do (cairn_sleep (ns - 10000 + i % 7 * 3000);
                   CHECK (cairn_write (pair[1], "x", 1) == 1);
                   cairn_waitgroup_done (&both));
      int events = cairn_poll (pair[0], POLLIN, ns);
      CHECK (events == 0 || events == POLLIN);
      __atomic_add_fetch (events ? &nevents : &ntimes, 1, __ATOMIC_RELAXED);
      char c;
      CHECK (cairn_read (pair[0], &c, 1) == 1);
      cairn_waitgroup_wait (&both);
    }
  cairn_close_fd (pair[0]);
  cairn_close_fd (pair[1]);
  cairn_waitgroup_done (&group);
}

int
main (void)
{
  CHECK (pipe (ends) == 0);
  CHECK (cairn_poll (ends[0], POLLIN, 0) == 0);
  CHECK (cairn_poll (ends[1], POLLIN | POLLOUT, -1) == POLLOUT);
  cairn_waitgroup_add (&group, 20);
  for (int i = 1; i <= 20; i++)
    GO (wait_long, 3 * i);
  cairn_waitgroup_wait (&group);

  cairn_waitgroup_add (&group, 1);
  cairn_go_do (cairn_sleep (10 * CAIRN_MILLISECOND);
               CHECK (cairn_write (ends[1], "x", 1) == 1);
               cairn_waitgroup_done (&group));
  CHECK (cairn_poll (ends[0], POLLIN, 60 * CAIRN_SECOND) == POLLIN);
  CHECK (cairn_poll (ends[0], POLLIN, 0) == POLLIN);
  cairn_waitgroup_wait (&group);

  cairn_waitgroup_add (&group, 4);
  for (int i = 0; i < 4; i++)
    GO (race, 250);
  cairn_waitgroup_wait (&group);
  CHECK (nevents + ntimes == 1000);

  /* The end is an event, too.  */
  close (ends[1]);
  char c;
  CHECK (cairn_read (ends[0], &c, 1) == 1);
  CHECK (cairn_poll (ends[0], POLLIN, -1) == POLLHUP);
  return 0;
}
