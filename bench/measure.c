/* measure.c: runs a command and prints what it took.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

     measure COMMAND ARGUMENT...

   One line: CPU milliseconds (user and system, all threads), wall-clock
   milliseconds, peak resident kilobytes, and what the command measured by
   itself: the rest of its last line of output that begins with "measured".
   LD_PRELOAD for the command alone comes from MEASURE_PRELOAD.  The exit status
   of the command is passed on.  */

#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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
  int output[2];
  if (pipe (output) != 0)
    {
      perror ("measure");
      return 2;
    }
  clock_gettime (CLOCK_MONOTONIC, &before);
  pid_t child = fork ();
  if (child == 0)
    {
      const char *preload = getenv ("MEASURE_PRELOAD");
      if (preload && *preload)
        setenv ("LD_PRELOAD", preload, 1);
      dup2 (output[1], 1);
      close (output[0]);
      close (output[1]);
      execv (argv[1], argv + 1);
      perror (argv[1]);
      _exit (127);
    }
  close (output[1]);
  char line[1000], measured[1000] = "";
  FILE *from = fdopen (output[0], "r");
  while (from && fgets (line, sizeof line, from))
    if (strncmp (line, "measured", 8) == 0)
      {
        line[strcspn (line, "\n")] = 0;
        strcpy (measured, line + 8);
      }
  int status;
  struct rusage usage;
  if (child < 0 || wait4 (child, &status, 0, &usage) < 0)
    {
      perror ("measure");
      return 2;
    }
  clock_gettime (CLOCK_MONOTONIC, &after);
  printf ("%.1f %.1f %ld%s\n",
          milliseconds (usage.ru_utime) + milliseconds (usage.ru_stime),
          (after.tv_sec - before.tv_sec) * 1e3
            + (after.tv_nsec - before.tv_nsec) / 1e6,
          usage.ru_maxrss, measured);
  return WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status);
}
