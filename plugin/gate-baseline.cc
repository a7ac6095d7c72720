/* gate-baseline.cc: verdicts that must not get worse.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   The baseline is a text file for version control, without line numbers:

     # cairn baseline: function, name, verdict
     # source "lib/list.c"
     push	list	leaks-content
     push	node	leaks
     sum	total	stays

   A section for each source, sorted; in it, sorted, a line for each parameter
   with pointers, allocation and local whose address is taken.  A source
   without a section gets one.  What a section says is compared: a verdict that
   is worse now is an error, a better one a note.  What is new in a source is
   not compared; to record a source anew, delete its section.

   Things of one name in a function (two calls `malloc(8)', a variable in each
   of two blocks) are compared from the worst on.  */

#include "gate.h"
#include "report-file.h"

#include <algorithm>
#include <map>

static const report_file_form form
  = { "# cairn baseline: function, name, verdict\n", "# source ", "", "" };

/* Verdicts from the best to the worst.  */
static const char *const words[]
  = { "stays",     "result-4", "result-3",      "result-2", "result-1",
      "result-0", "leaks-content", "leaks", "escapes",  "moved" };

/* The place among WORDS of R's verdict.  */
static int
verdict_rank (const report_record &r)
{
  switch (r.kind)
    {
    case REPORT_MOVED:
      return 9;
    case REPORT_ESCAPES:
      return 8;
    case REPORT_LEAKS:
      return 7;
    case REPORT_LEAKS_CONTENT:
      return 6;
    case REPORT_LEAKS_RESULT:
      return 5 - MIN (r.level, 4);
    default:
      return 0;
    }
}

/* The place among WORDS of WORD, -1 if it is none of them.  */
static int
word_rank (const std::string &word)
{
  for (size_t i = 0; i < ARRAY_SIZE (words); i++)
    if (word == words[i])
      return i;
  return -1;
}

/* One thing's verdict, and its record if there is one.  */
struct standing
{
  int rank;
  const report_record *record;
};

static bool
worse (const standing &a, const standing &b)
{
  return a.rank > b.rank;
}

/* By function and name; the worst first.  */
typedef std::map<std::pair<std::string, std::string>, std::vector<standing>>
  standings;

static standings
current_standings (const std::vector<report_record> &records,
                   const report_totals &totals)
{
  standings all;
  const report_record *previous = NULL;

  for (const report_record &r : records)
    {
      /* A parameter may have two verdicts, of which the worse is first.  */
      bool again = previous && r.kind == REPORT_LEAKS_RESULT
                   && previous->kind == REPORT_LEAKS_CONTENT
                   && previous->loc == r.loc && previous->name == r.name;
      if (!again && r.kind != REPORT_NOTE && r.kind != REPORT_OUTLIVES)
        all[{ r.function, r.name }].push_back ({ verdict_rank (r), &r });
      previous = &r;
    }
  for (const auto &name : totals.staying)
    all[name].push_back ({ 0, NULL });
  for (auto &s : all)
    std::stable_sort (s.second.begin (), s.second.end (), worse);
  return all;
}

static std::string
section_text (const std::string &key, const standings &all)
{
  std::string text = form.marker + key + "\n";

  for (const auto &s : all)
    for (const standing &v : s.second)
      text += s.first.first + "\t" + s.first.second + "\t" + words[v.rank]
              + "\n";
  return text;
}

/* Read the lines of SECTION.  Returns false if one is not of the form.  */
static bool
read_standings (const std::string &section, standings *all)
{
  size_t i = section.find ('\n') + 1;

  while (i && i < section.size ())
    {
      size_t eol = section.find ('\n', i);
      if (eol == std::string::npos)
        eol = section.size ();
      std::string line = section.substr (i, eol - i);
      i = eol + 1;
      if (line.empty () || line[0] == '#')
        continue;
      size_t tab = line.find ('\t');
      size_t last = line.rfind ('\t');
      if (tab == std::string::npos || tab == last)
        return false;
      int rank = word_rank (line.substr (last + 1));
      if (rank < 0)
        return false;
      (*all)[{ line.substr (0, tab), line.substr (tab + 1, last - tab - 1) }]
        .push_back ({ rank, NULL });
    }
  for (auto &s : *all)
    std::stable_sort (s.second.begin (), s.second.end (), worse);
  return true;
}

/* The things named NAME in FUNCTION had the verdicts THEN and have NOW.  */
static void
compare (const std::string &function, const std::string &name,
         const std::vector<standing> &then, const std::vector<standing> &now)
{
  for (size_t i = 0; i < then.size () && i < now.size (); i++)
    {
      location_t loc = now[i].record ? now[i].record->loc : UNKNOWN_LOCATION;
      if (now[i].rank > then[i].rank)
        {
          auto_diagnostic_group group;
          error_at (loc, "cairn: %qs in %qs is worse than in the baseline: "
                         "%s, was %s", name.c_str (), function.c_str (),
                    words[now[i].rank], words[then[i].rank]);
          const report_record *r = now[i].record;
          std::string why = r ? report_cause_text (r->cause) : "";
          if (!why.empty ())
            inform (loc, "%s", why.c_str ());
        }
      else if (now[i].rank < then[i].rank)
        inform (loc, "cairn: %qs in %qs is better than in the baseline: "
                     "%s, was %s", name.c_str (), function.c_str (),
                words[now[i].rank], words[then[i].rank]);
    }
}

void
gate_baseline (const std::vector<report_record> &records,
               const report_totals &totals, const char *file)
{
  std::string key = json_quote (main_input_filename);
  standings now = current_standings (records, totals);
  standings then;
  std::string section;

  if (!report_file_section (file, form, key, &section))
    return;
  if (section.empty ())
    {
      report_file_update (file, form, key, section_text (key, now));
      return;
    }
  if (!read_standings (section, &then))
    {
      error_at (UNKNOWN_LOCATION, "cairn: a line of the baseline %qs is not "
                                  "function, name and verdict", file);
      return;
    }
  for (const auto &s : then)
    {
      auto it = now.find (s.first);
      if (it != now.end ())
        compare (s.first.first, s.first.second, s.second, it->second);
    }
}
