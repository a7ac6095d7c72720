/* Pools, which are a processor's, used by goroutines, which are not.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

   Catches: an object that two have got at once, because a goroutine was stopped
   in the middle of a get or a put and another went on with its processor, also
   where the system has no barrier to see that by; objects that do not go with the
   processor.  */

#include "goroutines.h"
#include <cairn/pool.h>

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

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
      if (nrounds >= 10 && i % 50 == 0)
        usleep (20);
      for (int k = 0; k < 3; k++)
        {
          CHECK (__atomic_exchange_n (&b[k]->owner, 0, __ATOMIC_SEQ_CST)
                 == self);
          CAIRN_POOL_PUT (&pool, b[k], sizeof *b[k]);
        }
    }
  cairn_waitgroup_done (&group);
}

/* What another goroutine does meanwhile.  */
static struct buffer *got;
static int has_run;

static void
get_one (void *unused)
{
  (void)unused;
  got = cairn_pool_get (&pool);
  __atomic_store_n (&has_run, 1, __ATOMIC_SEQ_CST);
}

static int
other_has_run (void)
{
  return __atomic_load_n (&has_run, __ATOMIC_SEQ_CST);
}

/* The only processor goes to another thread, and what a pool has there with it.  */
static NOINLINE void
test_processor (void)
{
  struct buffer *b = cairn_pool_get (&pool);
  CAIRN_POOL_PUT (&pool, b, sizeof *b);
  has_run = 0;
  cairn_go (get_one, NULL);
  for (int i = 0; i < 10000 && !other_has_run (); i++)
    usleep (1000);
  CHECK (other_has_run ());
  CHECK (got == b);
  CAIRN_POOL_PUT (&pool, got, sizeof *got);
}

/* But not while this one uses it: in the system, or in the program.  In between it
   calls nothing that looks at its stack.  */
static NOINLINE void
test_pinned (void)
{
  static volatile long n;
  has_run = 0;
  /* It may have no processor yet.  */
  while (cairni_pool_enter (&pool), cairn_shard.number == 0)
    {
      cairni_pool_leave ();
      cairn_yield ();
    }
  cairn_go (get_one, NULL);
  usleep (50000);
  CHECK (!other_has_run ());
  for (int64_t end = cairn_now () + 100000000; cairn_now () < end;)
    for (int i = 0; i < 1000000; i++)
      n++;
  CHECK (!other_has_run ());
  cairni_pool_leave ();
  for (int i = 0; i < 10000 && !other_has_run (); i++)
    usleep (1000);
  CHECK (other_has_run ());
  CAIRN_POOL_PUT (&pool, got, sizeof *got);
}

/* The processor goes from one that computes elsewhere, too, which has none of the
   pool's for itself then.  */
static NOINLINE void
test_elsewhere (void)
{
  static char bytes[10000000];
  cairn_yield ();
  has_run = 0;
  cairn_go (get_one, NULL);
  while (!__atomic_load_n (&has_run, __ATOMIC_SEQ_CST))
    snprintf (bytes, sizeof bytes, "%0*d", (int)sizeof bytes - 1, 1);
  CHECK (cairn_shard.number == 0);
  CAIRN_POOL_PUT (&pool, got, sizeof *got);
}

/* What main has put before there were goroutines is there yet.  */
static NOINLINE void
test_main (int has_barrier)
{
  struct buffer *b = make_buffer ();
  CAIRN_POOL_PUT (&pool, b, sizeof *b);
  cairn_max_procs ();
  struct buffer *same = cairn_pool_get (&pool);
  CHECK (same == b || nrounds < 10 || !has_barrier);
  CAIRN_POOL_PUT (&pool, same, sizeof *same);
}

static void
test_all (int has_barrier)
{
  test_main (has_barrier);
  /* In a run without collections, where main is a goroutine.  */
  if (cairn_max_procs () == 1 && nrounds >= 10)
    {
      test_processor ();
      test_elsewhere ();
      if (has_barrier)
        test_pinned ();
    }
  cairn_waitgroup_add (&group, 20);
  for (long i = 0; i < 20; i++)
    cairn_go (get_and_put, (void *)i);
  cairn_waitgroup_wait (&group);
}

/* From now on the system does not know membarrier.  */
static void
forbid_barrier (void)
{
  struct sock_filter filter[] = {
    BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, nr)),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, SYS_membarrier, 0, 1),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = { 4, filter };
  CHECK (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
  CHECK (prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0);
}

int
main (int argc, char **argv)
{
  int status;
  nrounds = amount (argc, argv);
  pid_t child = nrounds < 10 ? 1 : fork ();
  CHECK (child >= 0);
  if (child == 0)
    forbid_barrier ();
  test_all (child != 0);
  if (child > 1)
    CHECK (waitpid (child, &status, 0) == child && status == 0);
  return 0;
}
