/* Descriptors that are closed behind the runtime's back: what is opened next
   has the same number, and who waits for it is woken by its events, and does
   not take those of another that a duplicate keeps alive for its own.  */

#include "net.h"

static struct cairn_waitgroup group;

struct wait
{
  int fd;
  char expected;
};

static void
read_one (void *arg)
{
  struct wait *wait = arg;
  char c;
  CHECK (cairn_read (wait->fd, &c, 1) == 1 && c == wait->expected);
  cairn_waitgroup_done (&group);
}

/* Have a goroutine wait for C on READER, and write it to WRITER.  */
static void
pass (int reader, int writer, char c)
{
  struct wait wait = { reader, c };
  cairn_waitgroup_add (&group, 1);
  cairn_go (read_one, &wait);
  cairn_sleep (CAIRN_MILLISECOND);
  CHECK (cairn_write (writer, &c, 1) == 1);
  cairn_waitgroup_wait (&group);
}

int
main (void)
{
  int first[2], second[2];
  for (int i = 0; i < 20; i++)
    {
      CHECK (pipe (first) == 0);
      pass (first[0], first[1], 'a');
      CHECK (close (first[0]) == 0 && close (first[1]) == 0);
      CHECK (socketpair (AF_UNIX, SOCK_STREAM, 0, second) == 0);
      CHECK (second[0] == first[0]);
      pass (second[0], second[1], 'b');
      CHECK (close (second[0]) == 0 && close (second[1]) == 0);

      /* A wait that is over leaves the first pipe armed no more; a poll that
         has run out does, and a duplicate keeps it so.  */
      CHECK (pipe (first) == 0);
      CHECK (cairn_poll (first[0], POLLIN, CAIRN_MILLISECOND) == 0);
      int copy = dup (first[0]);
      CHECK (close (first[0]) == 0);
      CHECK (pipe (second) == 0 && second[0] == first[0]);
      struct wait wait = { second[0], 'd' };
      cairn_waitgroup_add (&group, 1);
      cairn_go (read_one, &wait);
      cairn_sleep (CAIRN_MILLISECOND);
      CHECK (cairn_write (first[1], "c", 1) == 1);
      cairn_sleep (CAIRN_MILLISECOND);
      CHECK (cairn_write (second[1], "d", 1) == 1);
      cairn_waitgroup_wait (&group);

      /* The number means the first pipe again, which was armed before.  */
      char c;
      CHECK (cairn_read (copy, &c, 1) == 1 && c == 'c');
      CHECK (dup2 (copy, second[0]) == second[0]);
      pass (second[0], first[1], 'e');
      close (copy);
      close (second[0]);
      close (second[1]);
      close (first[1]);
    }
  return 0;
}
