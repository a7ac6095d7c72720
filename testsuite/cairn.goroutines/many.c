/* Many goroutines at once, and one after the other.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

   Catches: memory that ended goroutines do not give back; a deep stack in one
   that others pay for; a goroutine that waits for an int and keeps an address
   stack meanwhile; closures that do not outlive their function.  */

#include "goroutines.h"
#include <string.h>

static struct cairn_waitgroup group;
static cairn_chan (int) gate;

static size_t
resident_kb (void)
{
  char line[128];
  size_t kb = 0;
  FILE *f = fopen ("/proc/self/status", "r");
  while (f && fgets (line, sizeof line, f))
    if (strncmp (line, "VmRSS:", 6) == 0)
      kb = strtoul (line + 6, NULL, 10);
  fclose (f);
  return kb;
}

static void
end_at_once (void *unused)
{
  (void)unused;
  cairn_waitgroup_done (&group);
}

static void
start_and_end (int n)
{
  for (int i = 0; i < n; i++)
    {
      cairn_waitgroup_add (&group, 1);
      cairn_go (end_at_once, NULL);
      if (i % 100 == 99)
        cairn_waitgroup_wait (&group);
    }
  cairn_waitgroup_wait (&group);
}

static void
wait_at_gate (void *unused)
{
  (void)unused;
  CHECK (cairn_receive (gate) == 0);
  cairn_waitgroup_done (&group);
}

static NOINLINE int
deep (int n)
{
  char room[200];
  memset (room, n, sizeof room);
  __asm__ volatile("" : : "r"(room) : "memory");
  return n == 0 ? 0 : deep (n - 1) + 1 + room[5] - (char)n;
}

static void
go_deep (void *arg)
{
  int n = (long)arg;
  CHECK (deep (n) == n);
  cairn_waitgroup_done (&group);
}

int
main (int argc, char **argv)
{
  int n = amount (argc, argv);
  start_and_end (1000 * n);
  size_t before_kb = resident_kb ();
  start_and_end (30000 * n);
  CHECK (resident_kb () < before_kb + 4096);
  /* Some that are parked, and one that needs much stack among them.  */
  gate = cairn_make_chan (int, 0);
  before_kb = resident_kb ();
  cairn_waitgroup_add (&group, 1000 * n + 1);
  for (int i = 0; i < 1000 * n; i++)
    cairn_go (wait_at_gate, NULL);
  CHECK (cairn_num_goroutine () >= (size_t)1000 * n + 1);
  for (int i = 0; i < 100; i++)
    cairn_yield ();
#ifdef __OPTIMIZE__
  if (n > 1)
    CHECK (resident_kb () < before_kb + 3 * 1000 * n + 4096);
#endif
  cairn_go (go_deep, (void *)(n > 1 ? 200000L : 300L));
  cairn_gc ();
  cairn_close (gate);
  cairn_waitgroup_wait (&group);
  /* Closures.  */
  int sum = 0;
  struct cairn_mutex mutex = { 0 };
  cairn_waitgroup_add (&group, 100);
  for (int i = 0; i < 100; i++)
    {
      int number = i;
      cairn_go_do (cairn_yield (); cairn_mutex_lock (&mutex); sum += number;
                   cairn_mutex_unlock (&mutex); cairn_waitgroup_done (&group));
    }
  cairn_waitgroup_wait (&group);
  CHECK (sum == 4950);
  return 0;
}
