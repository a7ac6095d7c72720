/* report.cc: the escape report.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   With -m, one line a verdict, in Go's words:

     moved to heap: x
     malloc(24) escapes to heap
     malloc(24) does not escape
     leaking param: p
     leaking param content: p
     leaking param: p to result level=1
     p does not escape

   With -m=2 the way to the heap comes first, from the variable to its sink:

     x escapes to heap:
       flow: p = &x:
         from &x (address-of) at file:line:col

   and it is said of each allocation that does not escape where it lives:

     malloc(24) is on the stack
     malloc(24) is on the heap: may be resized at file:line:col

   A location without a name is passed over: its steps belong to the flow of
   the next that has one.  */

#include "report.h"
#include "source-text.h"
#include "options.h"
#include "stages.h"

#include <algorithm>
#include <string>
#include <vector>

struct report_line
{
  expanded_location place;
  std::string text;                 /* Headline.  */
  std::vector<std::string> details; /* Lines that come before it.  */
};

static std::vector<report_line> lines;

static std::string
place_text (const expanded_location &x)
{
  return std::string (x.file ? x.file : "<built-in>") + ":"
         + std::to_string (x.line) + ":" + std::to_string (x.column);
}

/* The declaration that the location L stands for, or NULL_TREE.  */
static tree
location_decl (const esc_location *l)
{
  tree t = (tree) const_cast<void *> (l->entity);

  switch (l->kind)
    {
    case ESC_VAR:
    case ESC_PARAM:
    case ESC_CONTENT:
      return t;
    case ESC_TEMP:
      return t ? SSA_NAME_VAR (t) : NULL_TREE;
    default:
      return NULL_TREE;
    }
}

/* A variable without a name is a compound literal or a temporary.  */
static std::string
variable_text (tree decl)
{
  if (DECL_NAME (decl) && !DECL_ARTIFICIAL (decl))
    return IDENTIFIER_POINTER (DECL_NAME (decl));
  tree type = TREE_TYPE (decl);
  const char *tag = "";
  if (TREE_CODE (type) == RECORD_TYPE)
    tag = "struct ";
  else if (TREE_CODE (type) == UNION_TYPE)
    tag = "union ";
  tree name = TYPE_NAME (type);
  if (name && TREE_CODE (name) == TYPE_DECL)
    {
      name = DECL_NAME (name);
      tag = "";
    }
  if (name)
    return std::string ("(") + tag + IDENTIFIER_POINTER (name) + "){...}";
  if (TREE_CODE (type) == ARRAY_TYPE)
    return "(array){...}";
  return "(temporary){...}";
}

static std::string
object_text (const esc_location *l)
{
  gimple *call = (gimple *) const_cast<void *> (l->entity);
  std::string vla = source_vla_name (call);

  return vla.empty () ? source_text_call (call) : vla;
}

/* Whether L has a name to show in a chain.  */
static bool
shown_p (const esc_location *l)
{
  if (l->kind != ESC_TEMP)
    return true;
  tree decl = location_decl (l);
  return decl && DECL_NAME (decl) && !DECL_ARTIFICIAL (decl);
}

/* L as a chain shows it.  */
static std::string
location_text (const esc_location *l)
{
  tree decl = location_decl (l);

  switch (l->kind)
    {
    case ESC_HEAP:
    case ESC_BYTE_HEAP:
      return "{heap}";
    case ESC_RESULT:
      return "{result}";
    case ESC_OBJECT:
      return "{storage for " + object_text (l) + "}";
    case ESC_CONTENT:
      return std::string (l->level + 1, '*')
             + (decl ? variable_text (decl) : "...");
    default:
      return decl ? variable_text (decl) : "{temp}";
    }
}

/* "    from p = &x (assign) at file:line:col".  */
static std::string
step_text (const esc_edge *e)
{
  gimple *stmt = (gimple *) const_cast<void *> (e->note.where);
  std::string what;
  location_t loc = UNKNOWN_LOCATION;

  if (e->derefs < 0 && e->src->kind == ESC_VAR)
    what = "&" + location_text (e->src);
  else if (stmt)
    what = source_text_statement (stmt);
  else
    what = location_text (e->dst);
  if (stmt)
    loc = gimple_location (stmt);
  if (loc == UNKNOWN_LOCATION && location_decl (e->dst))
    loc = DECL_SOURCE_LOCATION (location_decl (e->dst));
  std::string s = "    from " + what + " (" + e->note.why + ")";
  if (loc != UNKNOWN_LOCATION)
    s += " at " + place_text (expand_location (loc));
  return s;
}

/* Append PATH's flows to DETAILS.  */
static void
add_path (std::vector<std::string> *details, const esc_path *path)
{
  const esc_location *from = NULL;
  int derefs = 0;
  std::vector<std::string> steps;

  for (size_t i = 0; i < path->nhops; i++)
    {
      const esc_edge *e = path->hops[i];
      if (!from)
        from = e->src;
      derefs += e->derefs;
      /* A copy to a temporary is no step of the programmer's.  */
      if (e->derefs != 0 || shown_p (e->dst) || strcmp (e->note.why, "assign"))
        steps.push_back (step_text (e));
      if (!shown_p (e->dst) && i + 1 < path->nhops)
        continue;
      details->push_back ("  flow: " + location_text (e->dst) + " = "
                          + (derefs < 0 ? std::string ("&")
                                        : std::string (derefs, '*'))
                          + location_text (from) + ":");
      details->insert (details->end (), steps.begin (), steps.end ());
      steps.clear ();
      from = NULL;
      derefs = 0;
    }
}

/* The way from L to where it ends: a sink, or outside L's loop.  */
static std::vector<std::string>
chain_details (const esc_location *l, const esc_path *path)
{
  std::vector<std::string> details;
  std::vector<const esc_location *> seen;

  while (path)
    {
      const esc_location *sink = path->sink;
      add_path (&details, path);
      seen.push_back (l);
      if (sink->kind != ESC_VAR && sink->kind != ESC_OBJECT
          && sink->kind != ESC_TEMP)
        break;
      if (!sink->escapes)
        {
          details.push_back ("    from " + location_text (sink)
                             + " (declared outside the loop)");
          break;
        }
      if (std::find (seen.begin (), seen.end (), sink) != seen.end ())
        break;
      l = sink;
      path = sink->path;
    }
  return details;
}

static void
add_line (location_t loc, std::string text,
          std::vector<std::string> details = {})
{
  if (loc == UNKNOWN_LOCATION || in_system_header_at (loc))
    return;
  lines.push_back ({ expand_location (loc), std::move (text),
                     std::move (details) });
}

/* NAME, at LOC, is L, which escapes: add HEADLINE with the reason.  */
static void
add_escape (location_t loc, const std::string &name,
            const std::string &headline, const esc_location *l)
{
  std::vector<std::string> details;

  if (cairn_options.m >= 2)
    {
      details = chain_details (l, l->path);
      details.insert (details.begin (), name + " escapes to heap:");
    }
  add_line (loc, headline, std::move (details));
}

/* The frame object DECL of a function with nested functions escapes: name the
   variables in it, as Go does.  */
static void
report_frame (const esc_location *l, tree decl)
{
  for (tree f = TYPE_FIELDS (TREE_TYPE (decl)); f; f = DECL_CHAIN (f))
    if (closure_variable_field_p (f))
      {
        std::string name = IDENTIFIER_POINTER (DECL_NAME (f));
        add_escape (DECL_SOURCE_LOCATION (f), name, "moved to heap: " + name,
                    l);
      }
}

static void
report_variable (const esc_location *l)
{
  tree decl = location_decl (l);

  if (!l->escapes)
    return;
  if (decl == cfun->nonlocal_goto_save_area)
    return;
  if (closure_frame_p (decl))
    {
      report_frame (l, decl);
      return;
    }
  std::string name = variable_text (decl);
  bool literal = name[0] == '(';
  add_escape (DECL_SOURCE_LOCATION (decl), name,
              literal ? name + " escapes to heap" : "moved to heap: " + name,
              l);
}

static void
report_object (const esc_location *l)
{
  gimple *call = (gimple *) const_cast<void *> (l->entity);
  bool vla = !source_vla_name (call).empty ();
  std::string name = object_text (l);
  location_t loc = gimple_location (call);

  if (l->escapes)
    add_escape (loc, name, vla ? "moved to heap: " + name
                               : name + " escapes to heap", l);
  else if (!vla)
    add_line (loc, name + " does not escape");
}

/* L, an allocation, does not escape: say where it lives, and why.  */
static void
report_demotion (const esc_location *l, const front_demotion *d)
{
  gimple *call = (gimple *) const_cast<void *> (l->entity);

  if (cairn_options.m < 2 || l->escapes || gimple_alloca_call_p (call))
    return;
  std::string text = object_text (l);
  text += d->why ? " is on the heap: " + std::string (d->why)
                 : " is on the stack";
  if (d->where)
    text += " at " + place_text (expand_location (gimple_location (d->where)));
  add_line (gimple_location (call), text);
}

static void
report_param (front_function *f, const esc_location *l)
{
  tree decl = location_decl (l);
  int heap = l->leaks.heap;
  bool by_content = false;

  if (!decl || !DECL_NAME (decl) || DECL_ARTIFICIAL (decl)
      || type_holds (TREE_TYPE (decl)) != HOLDS_POINTERS)
    return;
  esc_location **var = f->vars.get (decl);
  if (var && (*var)->escapes)
    return;

  std::string name = IDENTIFIER_POINTER (DECL_NAME (decl));
  location_t loc = DECL_SOURCE_LOCATION (decl);
  for (const esc_content *c = l->contents; c; c = c->next)
    if (heap < 0 || c->derefs < heap)
      {
        heap = c->derefs;
        by_content = true;
      }
  int result = l->leaks.result;
  if (heap >= 0 && result >= heap)
    result = -1;

  std::vector<std::string> details;
  if (cairn_options.m >= 2 && l->leak_path && (heap >= 0 || result >= 0)
      && !by_content)
    {
      details = chain_details (l, l->leak_path);
      details.insert (details.begin (),
                      "parameter " + name + " leaks to "
                          + location_text (l->leak_path->sink)
                          + " with derefs="
                          + std::to_string (heap >= 0 ? heap : result) + ":");
    }
  if (heap >= 0)
    add_line (loc, (heap ? "leaking param content: " : "leaking param: ")
                       + name, details);
  if (result >= 0)
    add_line (loc, "leaking param: " + name + " to result level="
                       + std::to_string (result),
              heap >= 0 ? std::vector<std::string> () : details);
  if (heap < 0 && result < 0)
    add_line (loc, name + " does not escape");
}

void
report_function (front_component *comp, front_function *f)
{
  if (!cairn_options.m)
    return;
  for (const esc_location *p : f->params)
    report_param (f, p);
  for (const esc_location *l = comp->graph.locations; l; l = l->next)
    if (l->kind == ESC_VAR && l->function == f->index)
      report_variable (l);
  for (unsigned i = 0; i < f->objects.length (); i++)
    {
      report_object (f->objects[i]);
      report_demotion (f->objects[i], &f->demotions[i]);
    }
}

static bool
line_before (const report_line &a, const report_line &b)
{
  int order = strcmp (a.place.file, b.place.file);

  if (order)
    return order < 0;
  if (a.place.line != b.place.line)
    return a.place.line < b.place.line;
  if (a.place.column != b.place.column)
    return a.place.column < b.place.column;
  return a.text < b.text;
}

void
report_print (void)
{
  std::stable_sort (lines.begin (), lines.end (), line_before);
  for (size_t i = 0; i < lines.size (); i++)
    {
      if (i && !line_before (lines[i - 1], lines[i]))
        continue;
      std::string place = place_text (lines[i].place);
      for (const std::string &d : lines[i].details)
        fprintf (stderr, "%s: %s\n", place.c_str (), d.c_str ());
      fprintf (stderr, "%s: %s\n", place.c_str (), lines[i].text.c_str ());
    }
  lines.clear ();
}
