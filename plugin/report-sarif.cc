/* report-sarif.cc: the verdicts as SARIF 2.1.0.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   A run for each source file, on one line, so that a compilation can replace
   its own (report-file.h).  A result is what moves, escapes or leaks, and
   what analyze warns of; its chain is the code flow, and the message says
   what could be done about it; where an edit does it and changes nothing else
   (report-fix.cc), it is the fix.  */

#include "report-record.h"
#include "report-file.h"

/* A rule for each kind of verdict that is a result.  */
struct sarif_rule
{
  report_kind kind;
  const char *id;
  const char *name;
  const char *level;
  bool advise; /* Whether to say what to do.  */
  const char *text;
};

static const sarif_rule rules[] = {
  { REPORT_MOVED, "moved", "MovedToHeap", "note", true,
    "A local variable may be pointed to after its scope has ended; it moves "
    "to the garbage-collected heap." },
  { REPORT_ESCAPES, "escapes", "EscapesToHeap", "note", true,
    "An allocated object or a compound literal may outlive its function." },
  { REPORT_LEAKS, "leaks", "LeakingParameter", "note", false,
    "What a parameter points to may outlive the call, so callers' locals "
    "move to the heap." },
  { REPORT_LEAKS_CONTENT, "leaks-content", "LeakingParameterContent", "note", false,
    "What a parameter's target points to may outlive the call." },
  { REPORT_LEAKS_RESULT, "leaks-result", "ParameterReturned", "note", false,
    "A parameter, or what it leads to, is returned." },
  { REPORT_OUTLIVES, "outlives", "AddressOutlivesFrame", "warning", true,
    "The address of a local is used, or can be, after the local is gone." },
};

static size_t
rule_index (report_kind kind)
{
  for (size_t i = 0; i < ARRAY_SIZE (rules); i++)
    if (rules[i].kind == kind)
      return i;
  return ARRAY_SIZE (rules);
}

static std::string
message_text (const std::string &text)
{
  return "{\"text\":" + json_quote (text) + "}";
}

/* A file is named as the compiler was told, relative to where it runs.  */
static std::string
artifact_location (const std::string &file)
{
  if (file[0] == '/')
    return "{\"uri\":" + json_quote ("file://" + uri_escape (file)) + "}";
  return "{\"uri\":"
         + json_quote (uri_escape (startswith (file.c_str (), "./")
                                       ? file.substr (2) : file))
         + ",\"uriBaseId\":\"PWD\"}";
}

/* The members of a location without its braces.  */
static std::string
location_members (const report_place &place)
{
  std::string region = "{\"startLine\":" + std::to_string (place.line);

  if (place.column > 0)
    region += ",\"startColumn\":" + std::to_string (place.column);
  return "\"physicalLocation\":{\"artifactLocation\":"
         + artifact_location (place.file) + ",\"region\":" + region + "}}";
}

static std::string
flow_location (const report_place &place, const std::string &text,
               const char *importance)
{
  return "{\"location\":{" + location_members (place) + ",\"message\":"
         + message_text (text) + "},\"importance\":\"" + importance + "\"}";
}

static std::string
code_flow (const report_record &r)
{
  std::string s;

  /* A warning's chain says so itself, for the warning stands at its end.  */
  if (r.kind != REPORT_OUTLIVES)
    s = flow_location (r.place, "'" + r.name + "' is declared here",
                       "important");
  for (const report_flow &flow : r.flows)
    for (const report_hop &hop : flow.hops)
      {
        bool last = &flow == &r.flows.back () && &hop == &flow.hops.back ();
        std::string text = hop.operation;
        if (r.kind != REPORT_OUTLIVES)
          text += " (" + hop.why + "): " + flow.to + " = " + flow.from;
        s += (s.empty () ? "" : ",")
             + flow_location (hop.place, text,
                              last ? "essential" : "important");
      }
  return "{\"threadFlows\":[{\"locations\":[" + s + "]}]}";
}

/* A fix that changes one file.  */
static std::string
fix_text (const report_fix_record &fix)
{
  std::string s;

  for (const report_edit &e : fix.edits)
    s += std::string (s.empty () ? "" : ",") + "{\"deletedRegion\":{\"startLine\":"
         + std::to_string (e.begin.line) + ",\"startColumn\":"
         + std::to_string (e.begin.column) + ",\"endLine\":"
         + std::to_string (e.end.line) + ",\"endColumn\":"
         + std::to_string (e.end.column) + "},\"insertedContent\":"
         + message_text (e.text) + "}";
  return "{\"description\":" + message_text (fix.description)
         + ",\"artifactChanges\":[{\"artifactLocation\":"
         + artifact_location (fix.edits[0].file) + ",\"replacements\":[" + s
         + "]}]}";
}

static std::string
result_text (const report_record &r)
{
  const report_cause_row &row = report_causes[r.cause.id];
  const sarif_rule &rule = rules[rule_index (r.kind)];
  std::string why = report_cause_text (r.cause);
  std::string text = r.headline + (why.empty () ? "" : ": " + why) + ".";
  std::string markdown = "`" + r.headline + "`"
                         + (why.empty () ? "" : ": " + why) + ".";
  bool advise = *row.advice && rule.advise;

  if (advise)
    {
      text += std::string ("  ") + row.advice;
      markdown += std::string ("\n\n**What to do:** ") + row.advice;
    }
  std::string s = std::string ("{\"ruleId\":\"") + rule.id
                  + "\",\"ruleIndex\":" + std::to_string (rule_index (r.kind))
                  + ",\"level\":" + json_quote (rule.level)
                  + ",\"message\":{\"text\":" + json_quote (text) + ",\"markdown\":"
                  + json_quote (markdown) + "},\"locations\":[{"
                  + location_members (r.place)
                  + ",\"logicalLocations\":[{\"name\":" + json_quote (r.name)
                  + ",\"fullyQualifiedName\":"
                  + json_quote (r.function + "::" + r.name) + "}]}]";
  if (!r.flows.empty ())
    s += ",\"codeFlows\":[" + code_flow (r)
         + "],\"relatedLocations\":[{\"id\":1,"
         + location_members (r.flows.back ().hops.back ().place)
         + ",\"message\":"
         + message_text (advise ? row.advice : "This is where it leaves.")
         + "}]";
  if (!r.fix.edits.empty ())
    s += ",\"fixes\":[" + fix_text (r.fix) + "]";
  s += ",\"partialFingerprints\":{\"cairn/v1\":"
       + json_quote (r.function + ":" + r.headline)
       + "},\"properties\":{\"cause\":" + json_quote (row.word)
       + ",\"certain\":" + (row.certain ? "true" : "false") + ",\"site\":"
       + json_quote (report_place_text (r.place));
  if (r.nbytes >= 0)
    s += ",\"bytes\":" + std::to_string (r.nbytes);
  return s + "}}";
}

static std::string
tool_text (void)
{
  std::string s = "{\"driver\":{\"name\":\"cairn\",\"version\":"
                  + json_quote (CAIRN_VERSION) + ",\"rules\":[";

  for (const sarif_rule &rule : rules)
    s += std::string (&rule == rules ? "" : ",") + "{\"id\":\"" + rule.id
         + "\",\"name\":\"" + rule.name + "\",\"shortDescription\":"
         + message_text (rule.text)
         + ",\"defaultConfiguration\":{\"level\":" + json_quote (rule.level)
         + "}}";
  return s + "]}}";
}

void
report_sarif (const std::vector<report_record> &records, const char *file)
{
  static const report_file_form form
    = { "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\","
        "\"version\":\"2.1.0\",\"runs\":[\n",
        "{\"automationDetails\":{\"id\":", ",", "]}\n" };
  std::string key
    = json_quote ("cairn/" + absolute_path (main_input_filename));
  const char *pwd = getpwd ();
  std::string section
    = form.marker + key + "},\"tool\":" + tool_text ()
      + ",\"originalUriBaseIds\":{\"PWD\":{\"uri\":"
      + json_quote ("file://" + uri_escape (pwd ? pwd : "") + "/")
      + "}},\"columnKind\":\"unicodeCodePoints\",\"artifacts\":[{\"location\":"
      + artifact_location (main_input_filename)
      + ",\"sourceLanguage\":\"c\"}],\"results\":[";
  bool first = true;

  for (const report_record &r : records)
    if (rule_index (r.kind) < ARRAY_SIZE (rules))
      {
        section += (first ? "" : ",") + result_text (r);
        first = false;
      }
  report_file_update (file, form, key, section + "]}\n");
}
