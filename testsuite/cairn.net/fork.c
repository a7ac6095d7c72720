/* A child has a poller of its own; the parent's waits go on.  */

#include "net.h"

#include <sys/wait.h>

static int ends[2];
static struct cairn_waitgroup group;

static void
read_one (void *arg)
{
  char c;
  CHECK (cairn_read (ends[0], &c, 1) == 1);
  cairn_waitgroup_done (&group);
}

/* Wait for descriptors, among them those that goroutines wait for which are not
   here.  */
static void
child (void)
{
  int own[2];
  char c;
  CHECK (pipe (own) == 0);
  CHECK (cairn_poll (ends[0], POLLIN, CAIRN_MILLISECOND) == 0);
  cairn_go_do (cairn_sleep (2 * CAIRN_MILLISECOND);
               CHECK (cairn_write (own[1], "y", 1) == 1));
  CHECK (cairn_read (own[0], &c, 1) == 1 && c == 'y');
  CHECK (cairn_close_fd (own[0]) == 0);
  _exit (7);
}

int
main (void)
{
  for (int i = 0; i < 10; i++)
    {
      CHECK (pipe (ends) == 0);
      cairn_waitgroup_add (&group, 5);
      for (int j = 0; j < 5; j++)
        GO (read_one, j);
      cairn_sleep (CAIRN_MILLISECOND);
      pid_t pid = fork ();
      CHECK (pid >= 0);
      if (pid == 0)
        child ();
      int status;
      CHECK (waitpid (pid, &status, 0) == pid);
      CHECK (WIFEXITED (status) && WEXITSTATUS (status) == 7);
      CHECK (cairn_write (ends[1], "01234", 5) == 5);
      cairn_waitgroup_wait (&group);
      CHECK (cairn_close_fd (ends[0]) == 0 && cairn_close_fd (ends[1]) == 0);
    }
  return 0;
}
