/* report-chain.cc: why: from paths in the graph to flows and causes.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   A location without a name is passed over: its hops belong to the flow of
   the next that has one.  The last hop into the heap tells the cause, which
   for a function solved before is that of its parameter: what is passed down
   through known functions and lost in an unknown one is that one's doing.  */

#include "report-record.h"
#include "source-text.h"
#include "escape/libc.h"

#include <algorithm>
#include <map>

const report_cause_row report_causes[] = {
#define CAIRN_CAUSE(id, word, phrase, group, certain, advice)                 \
  { word, phrase, group, certain, advice },
#include "report-cause.def"
#undef CAIRN_CAUSE
};

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

/* Whether DECL holds the variables that nested functions use.  */
static bool
frame_p (tree decl)
{
  return decl && VAR_P (decl) && DECL_ARTIFICIAL (decl) && DECL_NAME (decl)
         && startswith (IDENTIFIER_POINTER (DECL_NAME (decl)), "FRAME");
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
      return "{storage for " + report_object_text (l) + "}";
    case ESC_CONTENT:
      return std::string (l->level + 1, '*')
             + (decl ? report_variable_text (decl) : "...");
    default:
      if (frame_p (decl))
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

  if (e->derefs < 0 && e->src->kind == ESC_VAR)
    hop.operation = "&" + report_location_text (e->src);
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
   made in the same place.  */
static void
add_hop (report_flow *flow, const report_hop &hop)
{
  if (!flow->hops.empty () && hop.why == "assign"
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
      if (flow.to != flow.from || (last && r->flows.empty ()))
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

/* -- Causes.  */

/* By function and number of the parameter.  */
static std::map<std::pair<tree, int>, report_cause> *known_causes;

void
report_cause_put (tree fndecl, int number, const report_cause &cause)
{
  if (!known_causes)
    known_causes = new std::map<std::pair<tree, int>, report_cause>;
  (*known_causes)[{ fndecl, number }] = cause;
}

void
report_cause_finish (void)
{
  delete known_causes;
  known_causes = NULL;
}

/* The cause by which parameter NUMBER of FNDECL leaks, or NULL.  */
static const report_cause *
known_cause (tree fndecl, int number)
{
  if (!known_causes)
    return NULL;
  auto it = known_causes->find ({ fndecl, number });
  return it == known_causes->end () ? NULL : &it->second;
}

/* Whether ARG, an argument in function F, is the value of L.  */
static bool
argument_is_p (front_function *f, tree arg, const esc_location *l)
{
  if (TREE_CODE (arg) == SSA_NAME)
    return f->ssa[SSA_NAME_VERSION (arg)] == l;
  if (TREE_CODE (arg) == ADDR_EXPR)
    {
      tree base = get_base_address (TREE_OPERAND (arg, 0));
      return l->kind == ESC_TEMP && l->edges
             && l->edges->src->kind == ESC_VAR
             && l->edges->src->entity == base;
    }
  return false;
}

static tree
called_decl (tree fndecl)
{
  cgraph_node *node = cgraph_node::get (fndecl);

  return node ? node->ultimate_alias_target ()->decl : fndecl;
}

/* L is lost as an argument of CALL, in function F.  */
static report_cause
call_cause (front_function *f, gimple *call, const esc_location *l)
{
  report_cause cause;
  tree fndecl = gimple_call_fndecl (call);
  tree type = gimple_call_fntype (call);
  unsigned n = gimple_call_num_args (call);
  unsigned i = 0;

  while (i < n && !argument_is_p (f, gimple_call_arg (call, i), l))
    i++;
  if (!fndecl)
    {
      cause.id = CAUSE_INDIRECT;
      return cause;
    }
  std::string name = IDENTIFIER_POINTER (DECL_NAME (fndecl));
  const report_cause *known = known_cause (called_decl (fndecl), i);
  for (unsigned k = 0; !known && i == n && k <= n + 1; k++)
    known = known_cause (called_decl (fndecl), k);
  if (known)
    {
      cause = *known;
      cause.via = name;
      return cause;
    }
  cause.name = name;
  if (type && stdarg_p (type) && i < n
      && i >= (unsigned) type_num_arguments (type))
    cause.id = CAUSE_VARARGS;
  else if (cgraph_node::get (fndecl)
           && cgraph_node::get (fndecl)->has_gimple_body_p ())
    cause.id = CAUSE_OTHER;
  else if (!esc_libc_lookup (name.c_str ()))
    cause.id = CAUSE_UNKNOWN;
  else
    cause.id = CAUSE_LIBRARY;
  return cause;
}

/* The pointer that REF, the left hand side of a store, goes through.  */
static tree
stored_through (tree ref)
{
  while (handled_component_p (ref))
    ref = TREE_OPERAND (ref, 0);
  return TREE_CODE (ref) == MEM_REF ? TREE_OPERAND (ref, 0) : NULL_TREE;
}

/* Where E, the last hop into the heap, lost what flowed along it.  */
static report_cause
heap_cause (front_component *comp, const esc_edge *e)
{
  gimple *stmt = (gimple *) const_cast<void *> (e->note.where);
  report_cause cause;

  if (!strcmp (e->note.why, "argument area")
      || !strcmp (e->note.why, "va_start"))
    cause.id = CAUSE_VARARGS;
  else if (!strcmp (e->note.why, "closure")
           || !strcmp (e->note.why, "static chain"))
    cause.id = CAUSE_CLOSURE;
  else if (!strcmp (e->note.why, "size limit"))
    cause.id = CAUSE_SIZE;
  else if (stmt && gimple_code (stmt) == GIMPLE_ASM)
    cause.id = CAUSE_ASM;
  else if (stmt && is_gimple_call (stmt) && strcmp (e->note.why, "assign"))
    {
      if (!gimple_call_internal_p (stmt) && e->src->function >= 0)
        return call_cause (comp->functions[e->src->function], stmt, e->src);
    }
  else if (stmt && gimple_get_lhs (stmt))
    {
      tree lhs = gimple_get_lhs (stmt);
      tree base = get_base_address (lhs);
      tree ptr = stored_through (lhs);
      if (ptr && TREE_CODE (ptr) != ADDR_EXPR)
        {
          cause.id = CAUSE_POINTER;
          cause.name = source_text (ptr);
        }
      else if (base && TREE_CODE (base) == MEM_REF
               && TREE_CODE (TREE_OPERAND (base, 0)) == ADDR_EXPR)
        {
          cause.id = CAUSE_GLOBAL;
          cause.name = source_text (
              get_base_address (TREE_OPERAND (TREE_OPERAND (base, 0), 0)));
        }
      else if (base && DECL_P (base))
        {
          cause.id = CAUSE_GLOBAL;
          cause.name = source_text (base);
        }
    }
  return cause;
}

std::string
report_cause_text (const report_cause &cause)
{
  std::string s = report_causes[cause.id].phrase;
  size_t at = s.find ("%s");

  if (at != std::string::npos)
    s.replace (at, 2, cause.name);
  if (cause.via.empty ())
    return s;
  return "passed to " + cause.via + (s.empty () ? "" : ", " + s);
}

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
      r->cause = heap_cause (comp, path->hops[path->nhops - 1]);
      if (hop && r->cause.id != CAUSE_OTHER)
        hop->why += ": " + report_cause_text (r->cause);
    }
  if (hop)
    hop->certain = report_causes[r->cause.id].certain;
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
