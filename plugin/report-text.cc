/* report-text.cc: the verdicts as text for people.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   A line a verdict; with chains the way to the heap comes first, from the
   variable to its sink:

     x escapes to heap:
       flow: p = &x:
         from &x (address-of) at file:line:col
       map: int, no pointers  */

#include "report-record.h"

static void
print_chain (const report_record &r, const char *place)
{
  fprintf (stderr, "%s: %s\n", place, r.opening.c_str ());
  for (const report_flow &flow : r.flows)
    {
      fprintf (stderr, "%s:   flow: %s = %s:\n", place, flow.to.c_str (),
               flow.from.c_str ());
      for (const report_hop &hop : flow.hops)
        fprintf (stderr, "%s:     from %s (%s) at %s\n", place,
                 hop.operation.c_str (), hop.why.c_str (),
                 report_place_text (hop.place).c_str ());
    }
  if (!r.map.empty ())
    fprintf (stderr, "%s:   map: %s\n", place, r.map.c_str ());
}

void
report_text (const std::vector<report_record> &records, bool chains)
{
  for (const report_record &r : records)
    {
      std::string place = report_place_text (r.place);
      /* The compiler itself has warned of what outlives its frame.  */
      if (r.kind == REPORT_OUTLIVES || (r.kind == REPORT_NOTE && !chains))
        continue;
      if (chains && !r.flows.empty ())
        print_chain (r, place.c_str ());
      fprintf (stderr, "%s: %s\n", place.c_str (), r.headline.c_str ());
    }
}
