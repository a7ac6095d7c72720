/* { dg-do run } */
/* CAIRN_DEBUG=allocfail=N for each N of a program that survives it: each
   allocation that fails says so, by NULL and ENOMEM, leaves what there is
   as it was, and the next one succeeds.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "rt-check.h"

#include <errno.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static int nfailed;

static NOINLINE int
failed (void *p)
{
  if (p)
    return 0;
  CHECK (errno == ENOMEM);
  nfailed++;
  errno = 0;
  return 1;
}

/* One allocation of each sort; returns how many have failed.  */
static int
allocate (void)
{
  char *kept, *manual, *p;
  void *aligned = NULL;
  if (failed (kept = cairn_malloc (20)))
    return nfailed;
  strcpy (kept, "kept");
  if (failed (manual = malloc (20)))
    return nfailed;
  strcpy (manual, "manual");
  if (!failed (p = cairn_rt_realloc (kept, 2000, NULL)))
    CHECK (strcmp (p, "kept") == 0);
  CHECK (strcmp (kept, "kept") == 0);
  if (!failed (p = realloc (manual, 2000)))
    manual = p;
  CHECK (strcmp (manual, "manual") == 0);
  free (manual);
  failed (cairn_malloc_noscan (5));
  failed (cairn_rt_calloc (100, 100, NULL));
  failed (calloc (10, 10));
  failed (cairn_rt_malloc (100000, NULL));
  failed (malloc (100000));
  failed (cairn_rt_strdup ("text"));
  failed (cairn_rt_memalign (64, 64, NULL));
  int error = posix_memalign (&aligned, 64, 64);
  CHECK (error == 0 || error == ENOMEM);
  nfailed += error != 0;
  cairn_gc ();
  return nfailed;
}

int
main (int argc, char **argv)
{
  char name[50], last = 1;
  int n = 1, seen = 0;
  if (argc > 1)
    {
      /* What the C library allocates before main may be it.  */
      return allocate () ? 3 : 4;
    }
  for (; n < 500 && last; n++)
    {
      snprintf (name, sizeof name, "allocfail=%d", n);
      setenv ("CAIRN_DEBUG", name, 1);
      int status;
      pid_t child = fork ();
      if (child == 0)
        {
          execl ("/proc/self/exe", argv[0], "child", NULL);
          _exit (1);
        }
      CHECK (waitpid (child, &status, 0) == child && WIFEXITED (status));
      seen += WEXITSTATUS (status) == 3;
      CHECK (WEXITSTATUS (status) == 3 || WEXITSTATUS (status) == 4
             || (seen == 0 && WEXITSTATUS (status) != 1));
      last = !(seen > 0 && WEXITSTATUS (status) == 4);
    }
  if (seen != 12)
    printf ("%d failures seen\n", seen);
  CHECK (seen == 12);
  return 0;
}
