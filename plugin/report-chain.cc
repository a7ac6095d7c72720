/* report-chain.cc: why: from paths in the graph to flows and causes.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   A location without a name is passed over: its hops belong to the flow of
   the next that has one.  */

#include "report-record.h"
#include "source-text.h"
#include "stages.h"

#include <algorithm>

/* -- Places and names.  */

report_place
report_place_of (location_t loc)
{
  expanded_location x = expand_location (loc);
  report_place place;

  place.file = x.file ? x.file : "<built-in>";
  place.line = x.line;
  place.column = x.column;
  return place;
}

std::string
report_place_text (const report_place &place)
{
  return place.file + ":" + std::to_string (place.line) + ":"
         + std::to_string (place.column);
}

tree
report_location_decl (const esc_location *l)
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

std::string
report_variable_text (tree decl)
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

std::string
report_object_text (const esc_location *l)
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
  tree decl = report_location_decl (l);
  return decl && DECL_NAME (decl) && !DECL_ARTIFICIAL (decl);
}

std::string
report_location_text (const esc_location *l)
{
  tree decl = report_location_decl (l);

  switch (l->kind)
    {
    case ESC_HEAP:
    case ESC_BYTE_HEAP:
      return "{heap}";
    case ESC_RESULT:
      return "{result}";
    case ESC_OBJECT:
      if (!l->entity)
        return "{variable arguments}";
      return "{storage for " + report_object_text (l) + "}";
    case ESC_CONTENT:
      return std::string (l->level + 1, '*')
             + (decl ? report_variable_text (decl) : "...");
    default:
      if (decl && closure_frame_p (decl))
        return "{storage for closure}";
      return decl ? report_variable_text (decl) : "{temp}";
    }
}

/* -- Hops.  */

/* The last place before STMT in its block that is known.  */
static location_t
place_before (gimple *stmt)
{
  if (gimple_bb (stmt) && gimple_code (stmt) != GIMPLE_PHI)
    for (gimple_stmt_iterator i = gsi_for_stmt (stmt); !gsi_end_p (i);
         gsi_prev (&i))
      if (gimple_location (gsi_stmt (i)) != UNKNOWN_LOCATION)
        return gimple_location (gsi_stmt (i));
  return UNKNOWN_LOCATION;
}

/* Where what E stands for happens: if GCC does not know, as near as can be
   told.  */
static location_t
edge_place (front_component *comp, const esc_edge *e)
{
  gimple *stmt = (gimple *) const_cast<void *> (e->note.where);
  tree decl = report_location_decl (e->dst);
  location_t loc = stmt ? gimple_location (stmt) : UNKNOWN_LOCATION;

  if (!stmt && e->src->kind == ESC_VAR)
    decl = report_location_decl (e->src);
  if (loc == UNKNOWN_LOCATION && decl)
    loc = DECL_SOURCE_LOCATION (decl);
  if (loc <= BUILTINS_LOCATION && stmt)
    loc = place_before (stmt);
  if (loc <= BUILTINS_LOCATION)
    {
      int f = e->dst->function >= 0 ? e->dst->function : e->src->function;
      if (f >= 0)
        loc = DECL_SOURCE_LOCATION (comp->functions[f]->node->decl);
    }
  return loc;
}

/* "p = &x", "assign".  */
static report_hop
make_hop (front_component *comp, const esc_edge *e)
{
  gimple *stmt = (gimple *) const_cast<void *> (e->note.where);
  report_hop hop;

  /* Go, too, names the variable itself where no statement takes its
     address.  */
  if (e->derefs < 0 && e->src->kind == ESC_VAR)
    hop.operation = (stmt ? "&" : "") + report_location_text (e->src);
  else if (stmt)
    hop.operation = source_text_statement (stmt);
  else
    hop.operation = report_location_text (e->dst);
  hop.why = e->note.why;
  hop.place = report_place_of (edge_place (comp, e));
  hop.certain = true;
  return hop;
}

/* Append HOP to FLOW, unless it is the assignment of what the hop before it
   made in the same place, or the same once more: what the variable arguments
   of a call join.  */
static void
add_hop (report_flow *flow, const report_hop &hop)
{
  if (!flow->hops.empty ()
      && (hop.why == "assign" || hop.why == flow->hops.back ().why)
      && flow->hops.back ().operation == hop.operation
      && report_place_text (flow->hops.back ().place)
             == report_place_text (hop.place))
    return;
  flow->hops.push_back (hop);
}

/* Append PATH's flows to R.  */
static void
add_path (front_component *comp, report_record *r, const esc_path *path)
{
  const esc_location *from = NULL;
  int derefs = 0;
  report_flow flow;

  for (size_t i = 0; i < path->nhops; i++)
    {
      const esc_edge *e = path->hops[i];
      if (!from)
        from = e->src;
      derefs += e->derefs;
      /* A copy to a temporary is no step of the programmer's.  */
      if (e->derefs != 0 || shown_p (e->dst) || strcmp (e->note.why, "assign"))
        add_hop (&flow, make_hop (comp, e));
      bool last = i + 1 == path->nhops;
      if (!shown_p (e->dst) && !last)
        continue;
      flow.to = report_location_text (e->dst);
      flow.from = (derefs < 0 ? std::string ("&") : std::string (derefs, '*'))
                  + report_location_text (from);
      /* Two values of one variable in turn are the same to its author; but
         what a parameter points to may be stored there again.  */
      if (flow.to != flow.from
          || (last && (r->flows.empty () || path->sink->kind == ESC_CONTENT)))
        {
          if (flow.hops.empty ())
            flow.hops.push_back (make_hop (comp, e));
          r->flows.push_back (flow);
        }
      flow.hops.clear ();
      from = NULL;
      derefs = 0;
    }
}

/* -- Chains.  */

/* R's chain ends with the last hop of PATH: say by what.  */
static void
end_chain (front_component *comp, report_record *r, const esc_path *path)
{
  const esc_location *sink = path->sink;
  report_hop *hop = r->flows.empty () ? NULL : &r->flows.back ().hops.back ();

  if (path->loop)
    {
      tree decl = report_location_decl (sink);
      r->cause.id = CAUSE_LOOP;
      r->cause.name = report_location_text (sink);
      if (hop)
        {
          report_hop end = *hop;
          end.operation = r->cause.name;
          end.why = "declared outside the loop";
          if (decl && DECL_SOURCE_LOCATION (decl) > BUILTINS_LOCATION)
            end.place = report_place_of (DECL_SOURCE_LOCATION (decl));
          r->flows.back ().hops.push_back (end);
        }
      return;
    }
  if (sink->kind == ESC_RESULT)
    r->cause.id = CAUSE_RETURNED;
  else if (sink->kind == ESC_CONTENT)
    {
      tree decl = report_location_decl (sink);
      r->cause.id = CAUSE_PARAMETER;
      r->cause.name = decl ? report_variable_text (decl) : "...";
    }
  else if (path->nhops)
    {
      r->cause = report_heap_cause (comp, path->hops[path->nhops - 1]);
      /* Of its size the hop itself says all.  */
      if (hop && r->cause.id != CAUSE_OTHER && r->cause.id != CAUSE_SIZE)
        hop->why += ": " + report_cause_text (r->cause);
    }
  if (hop)
    hop->certain = report_causes[r->cause.id].certain;
}

/* What PTR can point to that escapes: a variable or object, or NULL.  Looks
   at the nearest assignments only.  */
static const esc_location *
escaping_target (const esc_location *ptr)
{
  static const size_t limit = 64;
  std::vector<const esc_location *> todo (1, ptr);

  for (size_t i = 0; i < todo.size () && i < limit; i++)
    for (const esc_edge *e = todo[i]->edges; e; e = e->next)
      if (e->derefs < 0 && e->src->escapes && e->src->path)
        return e->src;
      else if (e->derefs == 0
               && std::find (todo.begin (), todo.end (), e->src)
                      == todo.end ())
        todo.push_back (e->src);
  return NULL;
}

/* E stores something in the heap.  If it does so through a pointer to what is
   known to escape, that; otherwise NULL.  To the solver both are the heap, but
   the way on from there tells more.  */
static const esc_location *
stored_in (front_component *comp, const esc_edge *e)
{
  gimple *stmt = (gimple *) const_cast<void *> (e->note.where);

  if (!stmt || !is_gimple_assign (stmt) || e->src->function < 0)
    return NULL;
  tree base = get_base_address (gimple_assign_lhs (stmt));
  if (!base || TREE_CODE (base) != MEM_REF
      || TREE_CODE (TREE_OPERAND (base, 0)) != SSA_NAME)
    return NULL;
  front_function *f = comp->functions[e->src->function];
  const esc_location *ptr
    = f->ssa[SSA_NAME_VERSION (TREE_OPERAND (base, 0))];
  return ptr ? escaping_target (ptr) : NULL;
}

void
report_chain (front_component *comp, report_record *r, const esc_location *l,
              const esc_path *path)
{
  std::vector<const esc_location *> seen;

  while (path)
    {
      const esc_location *sink = path->sink;
      add_path (comp, r, path);
      seen.push_back (l);
      if (sink->kind == ESC_HEAP && path->nhops && !r->flows.empty ())
        if (const esc_location *in
              = stored_in (comp, path->hops[path->nhops - 1]))
          if (std::find (seen.begin (), seen.end (), in) == seen.end ())
            {
              sink = in;
              r->flows.back ().to = report_location_text (in);
            }
      bool ends = path->loop || !sink->escapes || !sink->path
                  || std::find (seen.begin (), seen.end (), sink)
                         != seen.end ();
      if (ends)
        {
          end_chain (comp, r, path);
          return;
        }
      r->boxed |= sink->kind != ESC_TEMP;
      l = sink;
      path = sink->path;
    }
}
