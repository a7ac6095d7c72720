/* pprof.h: write the heap profile, and show it by Go's pprof.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include <cairn.h>
#include <cairn/profile.h>
#include <stdio.h>
#include <stdlib.h>

/* Write what lives now to FILE.  */
static inline void
write_profile (const char *file)
{
  FILE *out = fopen (file, "w");
  cairn_gc ();
  if (!out || cairn_write_heap_profile (out) != 0 || fclose (out) != 0)
    perror (file);
}

/* Run "go tool pprof" with ARGUMENTS; without Go, end the program.  */
static inline void
pprof (const char *arguments)
{
  static char command[500];
  snprintf (command, sizeof command,
            "PATH=$PATH:/usr/lib/go-1.19/bin; go tool pprof %s 2>/dev/null",
            arguments);
  fflush (stdout);
  if (system (command) != 0)
    {
      puts ("This step needs Go: apt-get install golang-1.19-go");
      exit (77);
    }
}
