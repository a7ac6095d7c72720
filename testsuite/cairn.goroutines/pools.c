/* Pools, which are a thread's, used by goroutines, which are not.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

   Catches: an object that two have got at once, because a goroutine was stopped
   in the middle of a get or a put and another went on in its thread.  */

#include "goroutines.h"
#include <cairn/pool.h>

struct buffer
{
  int owner;
  char bytes[200];
};

static void *
make_buffer (void)
{
  return cairn_malloc_noscan (sizeof (struct buffer));
}

static struct cairn_pool pool = CAIRN_POOL_INIT (make_buffer, 0);
static struct cairn_waitgroup group;
static int nrounds;

static void
get_and_put (void *arg)
{
  int self = (int)(long)arg + 1;
  for (int i = 0; i < 200 * nrounds; i++)
    {
      struct buffer *b[3];
      for (int k = 0; k < 3; k++)
        {
          b[k] = cairn_pool_get (&pool);
          CHECK (__atomic_exchange_n (&b[k]->owner, self, __ATOMIC_SEQ_CST)
                 == 0);
        }
      if (i % 3 == 0)
        cairn_yield ();
      for (int k = 0; k < 3; k++)
        {
          CHECK (__atomic_exchange_n (&b[k]->owner, 0, __ATOMIC_SEQ_CST)
                 == self);
          CAIRN_POOL_PUT (&pool, b[k], sizeof *b[k]);
        }
    }
  cairn_waitgroup_done (&group);
}

int
main (int argc, char **argv)
{
  nrounds = amount (argc, argv);
  cairn_waitgroup_add (&group, 20);
  for (long i = 0; i < 20; i++)
    cairn_go (get_and_put, (void *)i);
  cairn_waitgroup_wait (&group);
  return 0;
}
