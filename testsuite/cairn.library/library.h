/* library.h: what the tests of the library use.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

   They are compiled by cairn-cc and, with cairn.h alone, by plain gcc.  */

#ifndef LIBRARY_H
#define LIBRARY_H

#include "../lib/check.h"

#include <cairn.h>
#include <sys/wait.h>

/* How often to do what is done N times where nothing makes it slow.  */
static __attribute__ ((unused)) int
rounds (int n)
{
  const char *debug = getenv ("CAIRN_DEBUG");
  if (debug && strstr (debug, "gcstress"))
    return (n + 24) / 25;
  return debug && strstr (debug, "stackmove") ? (n + 9) / 10 : n;
}

/* A sequence of numbers that looks random, the same in every run.  */
static __attribute__ ((unused)) unsigned
roll (unsigned below)
{
  static uint64_t state = 88172645463325252u;
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (unsigned)((state >> 20) % below);
}

/* How many collected objects there have been.  */
static __attribute__ ((unused)) uint64_t
allocations (void)
{
  struct cairn_mem_stats stats;
  cairn_mem_stats (&stats);
  return stats.mallocs;
}

/* A collected string with the digits of N.  */
static NOINLINE __attribute__ ((unused)) char *
digits (long n)
{
  char *p = cairn_malloc_noscan (24);
  snprintf (p, 24, "%ld", n);
  return p;
}

/* In a process of its own WRONG must end with status 2 and say, in one line,
   "cairn: FILE:LINE: ", where FILE is that of its source, and MESSAGE.  */
#define CHECK_ENDS(wrong, message)                                             \
  CHECK (ends_with (wrong, strrchr ("/" __FILE__, '/') + 1, message))

static __attribute__ ((unused)) int
ends_with (void (*wrong) (void), const char *file, const char *message)
{
  int fds[2], status;
  char text[1024];
  size_t n = 0;
  ssize_t got;
  CHECK (pipe (fds) == 0);
  fflush (stdout);
  pid_t child = fork ();
  CHECK (child >= 0);
  if (child == 0)
    {
      dup2 (fds[1], 2);
      close (fds[0]);
      close (fds[1]);
      wrong ();
      _exit (0);
    }
  close (fds[1]);
  while (n < sizeof text - 1
         && (got = read (fds[0], text + n, sizeof text - 1 - n)) > 0)
    n += (size_t)got;
  text[n] = 0;
  close (fds[0]);
  CHECK (waitpid (child, &status, 0) == child);
  const char *at = strstr (text, file);
  size_t file_nbytes = strlen (file);
  const char *end = strstr (text, message);
  int good = WIFEXITED (status) && WEXITSTATUS (status) == 2
             && strncmp (text, "cairn: ", 7) == 0 && at
             && at[file_nbytes] == ':' && at[file_nbytes + 1] >= '0'
             && at[file_nbytes + 1] <= '9' && end
             && strcmp (end + strlen (message), "\n") == 0;
  if (!good)
    printf ("status %x, not `%s' but: %s", status, message, text);
  return good;
}

#endif /* LIBRARY_H */
