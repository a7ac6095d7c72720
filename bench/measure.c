/* measure.c: runs a command and prints what it took.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

     measure COMMAND ARGUMENT...

   One line: CPU milliseconds (user and system, all threads), wall-clock
   milliseconds, peak resident kilobytes.  LD_PRELOAD for the command alone
   comes from MEASURE_PRELOAD.  The command's output is discarded; its exit
   status is passed on.  */

#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double
milliseconds (struct timeval t)
{
  return t.tv_sec * 1e3 + t.tv_usec / 1e3;
}

int
main (int argc, char **argv)
{
  if (argc < 2)
    {
      fprintf (stderr, "Usage: measure COMMAND ARGUMENT...\n");
      return 2;
    }
  struct timespec before, after;
  clock_gettime (CLOCK_MONOTONIC, &before);
  pid_t child = fork ();
  if (child == 0)
    {
      const char *preload = getenv ("MEASURE_PRELOAD");
      if (preload && *preload)
        setenv ("LD_PRELOAD", preload, 1);
      int null = open ("/dev/null", O_WRONLY);
      dup2 (null, 1);
      execv (argv[1], argv + 1);
      perror (argv[1]);
      _exit (127);
    }
  int status;
  struct rusage usage;
  if (child < 0 || wait4 (child, &status, 0, &usage) < 0)
    {
      perror ("measure");
      return 2;
    }
  clock_gettime (CLOCK_MONOTONIC, &after);
  printf ("%.1f %.1f %ld\n",
          milliseconds (usage.ru_utime) + milliseconds (usage.ru_stime),
          (after.tv_sec - before.tv_sec) * 1e3
            + (after.tv_nsec - before.tv_nsec) / 1e6,
          usage.ru_maxrss);
  return WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status);
}
