/* report-summary.cc: the lines at the end of -m.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

     # cairn: 12 addressable locals, 5 moved to the heap
     # cairn: by cause: 2 boxed, 2 unknown callee, 1 returned
     # cairn: by callee: 2 send(), 1 indirect ->write()

   They begin with `#' and without a place, so that who reads verdicts can
   tell them from those.  A local is boxed if its address leaves in another
   object, a structure or an allocated one.  What is lost in a callee counts
   for the unknown function at the end of the chain, however many known ones
   it passes.  */

#include "report-record.h"

#include <algorithm>
#include <map>

/* How many callees are named.  */
static const size_t max_callees = 10;

typedef std::map<std::string, int> counts;

/* Print "# cairn: TITLE: 3 a, 1 b", the greatest first, at most LIMIT.  */
static void
print_counts (const char *title, const counts &c, size_t limit)
{
  std::vector<std::pair<std::string, int>> sorted (c.begin (), c.end ());

  if (sorted.empty ())
    return;
  std::stable_sort (sorted.begin (), sorted.end (),
                    [] (const std::pair<std::string, int> &a,
                        const std::pair<std::string, int> &b)
                    { return a.second > b.second; });
  fprintf (stderr, "# cairn: %s:", title);
  for (size_t i = 0; i < sorted.size () && i < limit; i++)
    fprintf (stderr, "%s %d %s", i ? "," : "", sorted[i].second,
             sorted[i].first.c_str ());
  if (sorted.size () > limit)
    fprintf (stderr, ", and %zu more", sorted.size () - limit);
  fputc ('\n', stderr);
}

/* The function pointer TEXT, without whose member it is.  */
static std::string
pointer_name (const std::string &text)
{
  size_t arrow = text.rfind ("->");
  size_t dot = text.rfind ('.');
  size_t at = arrow != std::string::npos ? arrow
              : dot != std::string::npos && dot + 1 < text.size () ? dot : 0;

  return "indirect " + text.substr (at) + "()";
}

void
report_summary (const std::vector<report_record> &records,
                const report_totals &totals)
{
  counts causes, callees;
  int moved = 0;

  for (const report_record &r : records)
    {
      const report_cause_row &row = report_causes[r.cause.id];
      if (r.kind != REPORT_MOVED
          && !(r.kind == REPORT_ESCAPES && r.name[0] == '('))
        continue;
      moved++;
      causes[r.boxed ? "boxed" : row.group]++;
      switch (r.cause.id)
        {
        case CAUSE_UNKNOWN:
        case CAUSE_VARARGS:
          callees[r.cause.name + "()"]++;
          break;
        case CAUSE_INDIRECT:
          callees[pointer_name (r.cause.name)]++;
          break;
        case CAUSE_ASM:
          callees["inline assembly"]++;
          break;
        default:
          break;
        }
    }
  if (!totals.locals)
    return;
  fprintf (stderr, "# cairn: %d addressable local%s, %d moved to the heap\n",
           totals.locals, totals.locals == 1 ? "" : "s", moved);
  print_counts ("by cause", causes, causes.size ());
  print_counts ("by callee", callees, max_callees);
}
