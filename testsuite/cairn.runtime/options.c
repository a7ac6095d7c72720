/* { dg-do run } */
/* The environment: CAIRN_DEBUG with an unknown name gives one warning line,
   help lists the names, CAIRN_GC=off collects nothing, CAIRN_MEMLIMIT keeps the
   heap small.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "rt-check.h"

/* Run the program with MODE and ENVIRONMENT and return what it writes to
   standard error.  */
static const char *
output (const char *mode, const char *environment)
{
  static char text[4000];
  char command[400];
  snprintf (command, sizeof command, "env %s /proc/%d/exe %s 2>&1", environment,
            (int)getpid (), mode);
  FILE *f = popen (command, "r");
  CHECK (f);
  size_t n = fread (text, 1, sizeof text - 1, f);
  text[n] = 0;
  CHECK (pclose (f) == 0);
  return text;
}

static NOINLINE void
churn (void)
{
  for (int i = 0; i < 300000; i++)
    cairn_rt_malloc (100, NULL);
}

/* 8 MB live and 30 MB of garbage.  */
static int
run (const char *mode)
{
  struct cairn_mem_stats stats;
  void **list = NULL;
  for (int i = 0; i < 80000; i++)
    {
      void **p = cairn_rt_malloc (95, NULL);
      *p = list;
      list = p;
    }
  churn ();
  cairn_mem_stats (&stats);
  if (mode[0] == 'o')
    CHECK (stats.num_gc == 0 && stats.next_gc == UINT64_MAX);
  if (mode[0] == 'l')
    CHECK (stats.num_gc > 4 && stats.heap_sys < 20000000);
  CHECK (list && (*list || 1));
  return 0;
}

int
main (int argc, char **argv)
{
  if (argc > 1)
    return run (argv[1]);
  CHECK (strcmp (output ("n", ""), "") == 0);
  const char *line = output ("n", "CAIRN_DEBUG=gctrace=0,nonsense=1");
  CHECK (strstr (line, "nonsense"));
  CHECK (strchr (line, '\n') == strrchr (line, '\n'));
  CHECK (strstr (output ("n", "CAIRN_DEBUG=help=1"), "gcstress"));
  CHECK (strstr (output ("n", "CAIRN_DEBUG=gctrace"), "gc 1 @0"));
  CHECK (strcmp (output ("o", "CAIRN_GC=off"), "") == 0);
  CHECK (strcmp (output ("l", "CAIRN_MEMLIMIT=12MiB CAIRN_GC=400"), "") == 0);
  CHECK (strstr (output ("n", "CAIRN_GC=much"), "much"));
  return 0;
}
