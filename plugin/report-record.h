/* report-record.h: the verdicts of the escape report.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   The collector (report.cc) makes one record a verdict, with the chain that
   explains it (report-chain.cc).  What prints, counts or compares verdicts
   looks at records only:

     report-text.cc      -m, -m=2
     report-summary.cc   the lines at the end of -m
     report-json.cc      json=FILE
     report-sarif.cc     sarif=FILE

   A chain is a list of flows, "TO = FROM", each of which starts where the one
   before it ends, and each a list of hops: an operation of the program, in
   its own words, and its place.  */

#ifndef CAIRN_REPORT_RECORD_H
#define CAIRN_REPORT_RECORD_H

#include "escape-front.h"
#include "source-lines.h"

#include <string>
#include <vector>

/* From the worst to the best, as far as they can be compared.  */
enum report_kind
{
  REPORT_MOVED,         /* A variable moves to the heap.  */
  REPORT_ESCAPES,       /* An object or literal escapes to the heap.  */
  REPORT_LEAKS,         /* A parameter's value leaks.  */
  REPORT_LEAKS_CONTENT, /* What a parameter points to leaks.  */
  REPORT_LEAKS_RESULT,  /* A parameter is returned.  */
  REPORT_STAYS,         /* Does not escape.  */
  REPORT_OUTLIVES,      /* In code that stays C, an address dangles.  */
  REPORT_NOTE           /* Something else worth knowing, for -m=2.  */
};

enum report_cause_id
{
#define CAIRN_CAUSE(id, word, phrase, group, certain, advice) CAUSE_##id,
#include "report-cause.def"
#undef CAIRN_CAUSE
  CAUSE_LAST
};

/* One row of report-cause.def.  */
struct report_cause_row
{
  const char *word;
  const char *phrase;
  const char *group;
  bool certain;
  const char *advice;
};

extern const report_cause_row report_causes[];

struct report_cause
{
  report_cause_id id = CAUSE_OTHER;
  std::string name; /* What %s in the phrase stands for.  */
  std::string via;  /* The known function that it is passed to first, or "". */
};

struct report_place
{
  std::string file;
  int line = 0;
  int column = 0;
};

struct report_hop
{
  std::string operation; /* "p = &x".  */
  std::string why;       /* "assign".  */
  report_place place;
  bool certain;
};

struct report_flow
{
  std::string to;
  std::string from; /* With its `&' or `*'.  */
  std::vector<report_hop> hops;
};

/* Put TEXT in place of what stands from BEGIN to before END.  */
struct report_edit
{
  std::string file;
  source_position begin;
  source_position end;
  std::string text;
};

/* A change of the source that keeps the program's meaning.  */
struct report_fix_record
{
  std::string description;
  std::vector<report_edit> edits; /* Empty: there is none.  */
};

struct report_record
{
  report_kind kind;
  location_t loc;
  report_place place; /* Of LOC.  */
  std::string function;
  std::string name;     /* "x", "malloc(24)".  */
  std::string headline; /* "moved to heap: x".  */
  std::string opening;  /* "x escapes to heap:"; empty without a chain.  */
  int level = 0;        /* REPORT_LEAKS_RESULT: loads.  */
  long long nbytes = -1; /* Size of the variable or object, if constant.  */
  std::string type; /* Of that, or of its elements, if a structure.  */
  std::string map;  /* What the collector knows of it, if it is on the heap.  */
  bool boxed = false;   /* Its address leaves in another object.  */
  report_cause cause;
  std::vector<report_flow> flows;
  report_fix_record fix;
};

/* The variables that could move: how many, and by function and name those that
   stay, which have no verdict.  */
struct report_totals
{
  int locals = 0;
  std::vector<std::pair<std::string, std::string>> staying;
};

/* report-chain.cc */

/* LOC as records have it.  */
report_place report_place_of (location_t loc);

/* "file:line:column".  */
std::string report_place_text (const report_place &place);

/* The name of the variable DECL; that of a compound literal or a temporary is
   made up, and begins with a parenthesis.  */
std::string report_variable_text (tree decl);

/* The object that L's call makes.  */
std::string report_object_text (const esc_location *l);

/* The declaration that the location L stands for, or NULL_TREE.  */
tree report_location_decl (const esc_location *l);

/* L as a chain shows it: "x", "{heap}", "*p".  */
std::string report_location_text (const esc_location *l);

/* Fill in R's flows and cause: the way of L in COMP by PATH to where it ends.  */
void report_chain (front_component *comp, report_record *r,
                   const esc_location *l, const esc_path *path);

/* report-fix.cc */

/* Fill in R's fix, if there is one: DECL, a local of the current function,
   does not stay in its frame.  PATH is how it escapes in COMP, or NULL.  */
void report_fix (front_component *comp, report_record *r, tree decl,
                 const esc_path *path);

/* report-cause.cc */

/* Where E, the last hop into the heap, lost what flowed along it.  */
report_cause report_heap_cause (front_component *comp, const esc_edge *e);

/* Remember for callers that parameter NUMBER of FNDECL leaks by CAUSE.  */
void report_cause_put (tree fndecl, int number, const report_cause &cause);

/* Forget what report_cause_put was told.  */
void report_cause_finish (void);

/* CAUSE in words: "passed to f, stored in global g".  */
std::string report_cause_text (const report_cause &cause);

/* Printers: RECORDS are in the order of their places.  LAYOUTS are lines about
   structures, as layout_print returns them.  */
void report_text (const std::vector<report_record> &records, bool chains);
void report_summary (const std::vector<report_record> &records,
                     const report_totals &totals);
void report_json (const std::vector<report_record> &records,
                  const std::string &layouts, const char *file);
void report_sarif (const std::vector<report_record> &records,
                   const char *file);

#endif /* CAIRN_REPORT_RECORD_H */
