/* cairn_close_fd wakes who waits for the descriptor, in whatever call; a wait
   for a descriptor that takes its number is not disturbed.  */

#include "net.h"

#include <pthread.h>

static struct cairn_waitgroup group;
static int waiting;

static void
read_it (void *arg)
{
  char c;
  __atomic_add_fetch (&waiting, 1, __ATOMIC_SEQ_CST);
  CHECK (cairn_read (NUMBER_OF (arg), &c, 1) == -1 && errno == EBADF);
  cairn_waitgroup_done (&group);
}

static void
write_it (void *arg)
{
  static char much[1 << 20];
  __atomic_add_fetch (&waiting, 1, __ATOMIC_SEQ_CST);
  CHECK (cairn_write (NUMBER_OF (arg), much, sizeof much) == -1
         && errno == EBADF);
  cairn_waitgroup_done (&group);
}

static void
poll_it (void *arg)
{
  __atomic_add_fetch (&waiting, 1, __ATOMIC_SEQ_CST);
  CHECK (cairn_poll (NUMBER_OF (arg), POLLIN, 60 * CAIRN_SECOND) == -1
         && errno == EBADF);
  cairn_waitgroup_done (&group);
}

static void
accept_it (void *arg)
{
  __atomic_add_fetch (&waiting, 1, __ATOMIC_SEQ_CST);
  CHECK (cairn_accept (NUMBER_OF (arg), NULL, NULL) == -1 && errno == EBADF);
  cairn_waitgroup_done (&group);
}

static void *
read_in_thread (void *arg)
{
  read_it (arg);
  return NULL;
}

/* A descriptor's number must not be used when it is closed, and here that is what
   is done: who comes late must find none.  So it is not one of the lowest, which
   the runtime gets for what it reads of the system's.  */
static int
raised (int fd)
{
  int high = fcntl (fd, F_DUPFD, 100);
  CHECK (high >= 0);
  CHECK (close (fd) == 0);
  return high;
}

static void
make_ends (int (*make) (int ends[2]), int ends[2])
{
  CHECK (make (ends) == 0);
  ends[0] = raised (ends[0]);
  ends[1] = raised (ends[1]);
}

static int
make_sockets (int ends[2])
{
  return socketpair (AF_UNIX, SOCK_STREAM, 0, ends);
}

/* Close FD while N wait for it, or are about to.  */
static void
close_it (int fd, int n, int delay)
{
  while (__atomic_load_n (&waiting, __ATOMIC_SEQ_CST) < n)
    cairn_yield ();
  cairn_sleep (delay * CAIRN_MILLISECOND);
  CHECK (cairn_close_fd (fd) == 0);
  cairn_waitgroup_wait (&group);
  waiting = 0;
}

static void
close_soon (void *arg)
{
  cairn_yield ();
  CHECK (cairn_close_fd (NUMBER_OF (arg)) == 0);
  cairn_waitgroup_done (&group);
}

int
main (void)
{
  int ends[2];
  pthread_t thread;
  char address[32], c;

  for (int delay = 0; delay <= 5; delay += 5)
    {
      make_ends (make_sockets, ends);
      cairn_waitgroup_add (&group, 4);
      GO (read_it, ends[0]);
      GO (poll_it, ends[0]);
      GO (read_it, ends[0]);
      CHECK (pthread_create (&thread, NULL, read_in_thread,
                             (void *)(intptr_t)ends[0])
             == 0);
      close_it (ends[0], 4, delay);
      CHECK (pthread_join (thread, NULL) == 0);
      close (ends[1]);

      make_ends (pipe, ends);
      cairn_waitgroup_add (&group, 2);
      GO (write_it, ends[1]);
      GO (write_it, ends[1]);
      close_it (ends[1], 2, delay);
      close (ends[0]);

      int listener = raised (listen_somewhere (address));
      cairn_waitgroup_add (&group, 3);
      for (int i = 0; i < 3; i++)
        GO (accept_it, listener);
      close_it (listener, 3, delay);
    }
  CHECK (cairn_close_fd (ends[1]) == -1 && errno == EBADF);
  CHECK (cairn_close_fd (-1) == -1 && errno == EBADF);
  CHECK (cairn_read (ends[0], &c, 1) == -1 && errno == EBADF);
  CHECK (cairn_poll (-1, POLLIN, -1) == -1 && errno == EBADF);

  /* At any moment of a wait; the next round takes the same numbers.  */
  for (int i = 0; i < 300; i++)
    {
      make_ends (pipe, ends);
      cairn_waitgroup_add (&group, 3);
      GO (read_it, ends[0]);
      GO (close_soon, ends[0]);
      GO (poll_it, ends[0]);
      cairn_waitgroup_wait (&group);
      CHECK (close (ends[1]) == 0);
    }
  return 0;
}
