/* errno is that of the goroutine, in whatever thread it goes on: its address is
   not kept over a wait.  */

#include "net.h"

enum
{
  NGOROUTINES = 20,
  NROUNDS = 200
};

static struct cairn_waitgroup group;

static void
fail_often (void *arg)
{
  int mine = 1 + NUMBER_OF (arg);
  for (int i = 0; i < NROUNDS; i++)
    {
      errno = mine;
      cairn_yield ();
      CHECK (errno == mine);
      if (i % 8 == 0)
        {
          cairn_sleep (1000);
          CHECK (errno == mine);
        }
      CHECK (close (-1) == -1 && errno == EBADF);
    }
  cairn_waitgroup_done (&group);
}

int
main (void)
{
  cairn_waitgroup_add (&group, NGOROUTINES);
  for (int i = 0; i < NGOROUTINES; i++)
    GO (fail_often, i);
  cairn_waitgroup_wait (&group);
  return 0;
}
