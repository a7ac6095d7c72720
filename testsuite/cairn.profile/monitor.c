/* monitor.c: what the monitor tells is so, its hook is called when the limit is passed
   and not again until it was below, and it ends.  */

#include "../lib/check.h"
#include <cairn/go.h>
#include <cairn/profile.h>

static struct cairn_memory last;
static int ncalls, nhooks, ngarbage;
void *kept[200];

#define LIMIT ((size_t)40 << 20)

static int
deep (int n)
{
  volatile char room[200];
  room[0] = n;
  return n == 0 ? room[0] : deep (n - 1) + room[0];
}

static void
tell (const struct cairn_memory *now)
{
  last = *now;
  /* It may allocate, and use stack.  */
  opaque (malloc (1000));
  deep (1000);
  __atomic_fetch_add (&ncalls, 1, __ATOMIC_SEQ_CST);
}

static void
warn (const struct cairn_memory *now)
{
  CHECK (now->is_over && now->limit == LIMIT && now->heap_alloc > LIMIT);
  cairn_free_os_memory ();
  __atomic_fetch_add (&nhooks, 1, __ATOMIC_SEQ_CST);
}

/* Wait for N more calls.  */
static void
wait_for_calls (int n)
{
  int until = __atomic_load_n (&ncalls, __ATOMIC_SEQ_CST) + n;
  for (int i = 0; i < 6000 && ncalls < until; i++)
    cairn_sleep (10 * CAIRN_MILLISECOND);
  CHECK (ncalls >= until);
}

int
main (void)
{
  CHECK (cairn_set_monitor_limit (LIMIT, warn) == (size_t)100 << 20);
  CHECK (cairn_monitor (50 * CAIRN_MILLISECOND, tell) == 0);
  wait_for_calls (2);
  CHECK (nhooks == 0 && !last.is_over && last.num_gc == 0);
  for (int i = 0; i < 50; i++)
    kept[i] = malloc (1 << 20);
  wait_for_calls (3);
  CHECK (nhooks == 1);
  CHECK (last.heap_alloc >= (size_t)50 << 20 && last.total_alloc >= last.heap_alloc);
  CHECK (last.heap_objects >= 50);
  CHECK (last.num_gc >= 1);
  memset (kept, 0, sizeof kept);
  clobber ();
  cairn_gc ();
  wait_for_calls (2);
  CHECK (!last.is_over);
  for (int i = 0; i < 60; i++)
    kept[i] = malloc (1 << 20);
  wait_for_calls (3);
  CHECK (nhooks == 2);
  /* 100 KB every millisecond, at most.  */
  int64_t start = cairn_now ();
  for (ngarbage = 0; cairn_now () - start < CAIRN_SECOND / 2; ngarbage++)
    {
      opaque (malloc (100000));
      cairn_sleep (CAIRN_MILLISECOND);
    }
  CHECK (last.alloc_rate > 1000000 && last.alloc_rate < 200000000);
  CHECK (cairn_monitor (0, NULL) == 0);
  cairn_sleep (150 * CAIRN_MILLISECOND);
  int n = ncalls;
  cairn_sleep (300 * CAIRN_MILLISECOND);
  CHECK (ncalls == n);
  return 0;
}
