/* Recursion without end ends: at 1 GB unless the program says otherwise, with a
   message, the innermost and the outermost frames, and status 2.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include <cairn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int
endless (int n)
{
  return n < 0 ? 0 : endless (n + 1) ^ n;
}

int
main (int argc, char **argv)
{
  size_t limit = argc > 1 ? strtoul (argv[1], NULL, 0) : 65536;
  printf ("the limit was %zu bytes\n", cairn_set_max_stack (limit));
  fflush (stdout);

  int status;
  if (fork () == 0)
    return endless (1);
  wait (&status);
  printf ("exit status %d\n", WEXITSTATUS (status));
  return 0;
}
