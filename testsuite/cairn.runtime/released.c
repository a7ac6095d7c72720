/* { dg-do run } */
/* Free memory goes back to the system: at once by cairn_free_os_memory; in the
   background after a collection that leaves more than the heap will need, and
   then in a child of fork as well, which has no thread for it at first.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "rt-check.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static size_t
resident_kb (void)
{
  size_t total, resident = 0;
  FILE *f = fopen ("/proc/self/statm", "r");
  CHECK (f && fscanf (f, "%zu %zu", &total, &resident) == 2);
  fclose (f);
  return resident * 4;
}

/* Have 100 MB of objects of NBYTES.  */
static NOINLINE void
peak (size_t nbytes)
{
  void **list = NULL;
  for (size_t total = 0; total < (size_t)100 << 20; total += nbytes)
    {
      void **p = cairn_malloc (nbytes);
      memset (p, 1, nbytes);
      *p = list;
      list = p;
    }
  CHECK (resident_kb () > 90000);
}

static void
check_background (void)
{
  peak (1000);
  wipe_stack ();
  cairn_gc ();
  for (int i = 0; i < 500 && resident_kb () > 40000; i++)
    usleep (20000);
  CHECK (resident_kb () <= 40000);
}

int
main (void)
{
  int status;
  struct cairn_mem_stats stats;
  peak (1000);
  wipe_stack ();
  cairn_free_os_memory ();
  CHECK (resident_kb () < 30000);
  peak (50000);
  wipe_stack ();
  cairn_free_os_memory ();
  CHECK (resident_kb () < 30000);
  cairn_mem_stats (&stats);
  CHECK (stats.heap_released > 60000000
         && stats.heap_released <= stats.heap_idle);
  check_background ();
  pid_t child = fork ();
  if (child == 0)
    {
      check_background ();
      _exit (0);
    }
  CHECK (waitpid (child, &status, 0) == child && status == 0);
  check_background ();
  return 0;
}
