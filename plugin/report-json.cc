/* report-json.cc: the verdicts as JSON, one object a line.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   As Go's compiler's -json=0,DIR: a header for each source file, then its
   diagnostics in the form of the Language Server Protocol, lines and columns
   counting from 1.  Beyond what Go has:

     function, name   what it is about
     verdict          the headline of -m
     cause, certain   why (the words of report-cause.def), and whether it is
                      sure to happen; in the chain `certain' is false where
                      that is not so
     bytes            size of the variable or object, if constant
     map              what the collector knows of it, if it is on the heap
     site             file:line:column, as in a heap profile  */

#include "report-record.h"
#include "report-file.h"

static std::string
range_text (const report_place &place)
{
  std::string at = "{\"line\":" + std::to_string (place.line)
                   + ",\"character\":" + std::to_string (place.column) + "}";

  return "{\"start\":" + at + ",\"end\":" + at + "}";
}

static std::string
related_text (const report_place &place, const std::string &message,
              bool certain)
{
  return "{\"location\":{\"uri\":"
         + json_quote ("file://" + uri_escape (absolute_path (place.file)))
         + ",\"range\":" + range_text (place) + "},\"message\":"
         + json_quote (message) + (certain ? "" : ",\"certain\":false") + "}";
}

/* The chain of R, in the words of -m=2.  */
static std::string
chain_text (const report_record &r)
{
  std::string s;

  for (const report_flow &flow : r.flows)
    {
      s += (s.empty () ? "" : ",")
           + related_text (r.place, "escflow:    flow: " + flow.to + " = "
                                        + flow.from + ":", true);
      for (const report_hop &hop : flow.hops)
        s += "," + related_text (hop.place, "escflow:      from "
                                                + hop.operation + " ("
                                                + hop.why + ")",
                               hop.certain);
    }
  return s;
}

/* What the kinds of records are called, and their severity as the Language
   Server Protocol numbers it.  */
static const struct
{
  report_kind kind;
  const char *code;
  int severity;
} codes[] = {
  { REPORT_MOVED, "escape", 3 },        { REPORT_ESCAPES, "escape", 3 },
  { REPORT_LEAKS, "leak", 3 },          { REPORT_LEAKS_CONTENT, "leak", 3 },
  { REPORT_LEAKS_RESULT, "leak", 3 },   { REPORT_STAYS, "stays", 4 },
  { REPORT_OUTLIVES, "outlives", 2 },   { REPORT_NOTE, "note", 4 },
};

static std::string
record_text (const report_record &r)
{
  std::string message = r.opening.empty ()
                            ? r.headline
                            : r.opening.substr (0, r.opening.size () - 1);
  size_t k = 0;

  while (codes[k].kind != r.kind)
    k++;
  std::string s = "{\"range\":" + range_text (r.place) + ",\"severity\":"
                  + std::to_string (codes[k].severity) + ",\"code\":"
                  + json_quote (codes[k].code)
                  + ",\"source\":\"cairn\",\"message\":" + json_quote (message)
                  + ",\"verdict\":" + json_quote (r.headline)
                  + ",\"function\":" + json_quote (r.function) + ",\"name\":"
                  + json_quote (r.name);
  if (!r.flows.empty ())
    s += ",\"cause\":" + json_quote (report_causes[r.cause.id].word)
         + ",\"certain\":"
         + (report_causes[r.cause.id].certain ? "true" : "false");
  if (r.nbytes >= 0)
    s += ",\"bytes\":" + std::to_string (r.nbytes);
  if (!r.type.empty ())
    s += ",\"type\":" + json_quote (r.type);
  if (!r.map.empty ())
    s += ",\"map\":" + json_quote (r.map);
  s += ",\"site\":" + json_quote (report_place_text (r.place));
  if (!r.flows.empty ())
    s += ",\"relatedInformation\":[" + chain_text (r) + "]";
  return s + "}\n";
}

void
report_json (const std::vector<report_record> &records,
             const std::string &layouts, const char *file)
{
  static const report_file_form form
    = { "", "{\"version\":0,\"file\":", "", "" };
  std::string key = json_quote (absolute_path (main_input_filename));
  std::string section
    = form.marker + key + ",\"compiler\":\"cairn " CAIRN_VERSION "\",\"gcc\":"
      + json_quote (gcc_version.basever) + "}\n";

  for (const report_record &r : records)
    section += record_text (r);
  section += layouts;
  report_file_update (file, form, key, section);
}
