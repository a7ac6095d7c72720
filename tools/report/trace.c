/* trace.c: reads what CAIRN_DEBUG=gctrace=1 has printed.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.  */

#define _GNU_SOURCE
#include "report.h"

#include <string.h>

void
trace_read (struct trace *trace, const char *path)
{
  size_t nbytes;
  char *rest = read_file (path, &nbytes);
  for (char *line; (line = strsep (&rest, "\n"));)
    {
      struct cycle c;
      double stop, mark, end, middle;
      const char *sizes = strstr (line, " ms cpu, ");
      /* All three parts are pauses: the program stands still meanwhile.  */
      if (!sizes
          || sscanf (line, "gc %*u @%lfs %*u%%: %lf+%lf+%lf ms clock,",
                     &c.seconds, &stop, &mark, &end)
                 != 4
          || sscanf (sizes + 9, "%lf->%lf->%lf MB, %lf MB goal", &c.before_mb,
                     &middle, &c.live_mb, &c.goal_mb)
                 != 4)
        continue;
      c.pause_ms = stop + mark + end;
      trace->cycles = xgrow (trace->cycles, trace->n, sizeof c);
      trace->cycles[trace->n++] = c;
    }
  if (!trace->n)
    fail ("%s has no line about a collection: CAIRN_DEBUG=gctrace=1 prints "
          "them to standard error",
          path);
}
