/* Who holds the memory?  The heap profile says it by function and by line.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include "pprof.h"
#include <string.h>

enum
{
  MB = 1 << 20
};

char *cache[48], *logs[8];

__attribute__ ((noinline)) static void
fill_cache (void)
{
  for (int i = 0; i < 48; i++)
    cache[i] = memset (malloc (MB), 1, MB);
}

__attribute__ ((noinline)) static void
write_logs (void)
{
  for (int i = 0; i < 8; i++)
    logs[i] = memset (malloc (MB), 2, MB);
}

int
main (void)
{
  fill_cache ();
  write_logs ();
  write_profile ("heap.pb.gz");
  pprof ("-top -nodecount=2 heap.pb.gz");
  pprof ("-source_path=/ -list fill_cache heap.pb.gz | grep malloc");
  remove ("heap.pb.gz");
  return 0;
}
