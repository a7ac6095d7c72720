/* A look into a program that runs: it serves its profiles by HTTP, and curl
   asks for one.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include <cairn/go.h>
#include <cairn/profile.h>
#include <stdio.h>
#include <stdlib.h>

static void
wait_for_work (void *unused)
{
  (void)unused;
  cairn_sleep (3600 * CAIRN_SECOND);
}

int
main (void)
{
  for (int i = 0; i < 100; i++)
    cairn_go (wait_for_work, NULL);
  cairn_sleep (100 * CAIRN_MILLISECOND);

  char command[120];
  int port = cairn_pprof_serve ("localhost:0");
  snprintf (command, sizeof command,
            "curl -s 'http://localhost:%d/debug/pprof/goroutine?debug=1' |"
            " grep -B 1 wait_for_work",
            port);
  printf ("%s\n", command);
  fflush (stdout);
  if (system (command) != 0)
    {
      puts ("This step needs curl: apt-get install curl");
      return 77;
    }
  return 0;
}
