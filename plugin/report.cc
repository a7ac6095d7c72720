/* report.cc: collects the verdicts of the escape report.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   One record a verdict, with Go's words as its headline:

     moved to heap: x
     malloc(24) escapes to heap
     malloc(24) does not escape
     leaking param: p
     leaking param content: p
     leaking param: p to result level=1
     p does not escape

   and for -m=2 a note of where each allocation that does not escape lives:

     malloc(24) is on the stack
     malloc(24) is on the heap: may be resized at file:line:col

   No verdict contradicts or repeats another: what a macro declares several
   times at one place is reported once, with the worst that becomes of it.  */

#include "report.h"
#include "gate.h"
#include "layout.h"
#include "source-text.h"
#include "stages.h"
#include "options.h"

#include <algorithm>

static std::vector<report_record> records;
static report_totals totals;

bool
report_wanted_p (void)
{
  return cairn_options.m || cairn_options.json || cairn_options.sarif
         || cairn_options.baseline;
}

/* A record about NAME in FNDECL, without a headline.  */
static report_record
new_record (tree fndecl, location_t loc, const std::string &name)
{
  report_record r;

  r.kind = REPORT_STAYS;
  r.loc = loc;
  r.place = report_place_of (loc);
  r.function = IDENTIFIER_POINTER (DECL_NAME (fndecl));
  r.name = name;
  return r;
}

/* Whether what stands at LOC in FNDECL is the user's, perhaps by way of a macro
   of the system's headers, but not when the macro makes the whole function.  */
static bool
reported_p (tree fndecl, location_t loc)
{
  /* The name may be pasted of the user's words; the brace is the macro's.  */
  function *fn = DECL_STRUCT_FUNCTION (fndecl);
  if (fn && in_system_header_at (fn->function_end_locus))
    return false;
  loc = expansion_point_location_if_in_system_header (loc);
  return loc > BUILTINS_LOCATION && !in_system_header_at (loc);
}

/* Take R, which is about what stands at LOC in FNDECL.  */
static void
add_record (tree fndecl, location_t loc, const report_record &r)
{
  if (reported_p (fndecl, loc))
    records.push_back (r);
}

/* There is a local NAME of F at LOC that could move, and does if MOVES.  */
static void
count_local (front_function *f, location_t loc, const std::string &name,
             bool moves)
{
  if (!reported_p (f->node->decl, loc))
    return;
  totals.locals++;
  if (!moves)
    totals.staying.push_back (
        { IDENTIFIER_POINTER (DECL_NAME (f->node->decl)), name });
}

static void
set_escape (report_record *r, report_kind kind)
{
  r->kind = kind;
  r->headline = kind == REPORT_MOVED ? "moved to heap: " + r->name
                                     : r->name + " escapes to heap";
  r->opening = r->name + " escapes to heap:";
}

static void
set_stay (report_record *r)
{
  r->kind = REPORT_STAYS;
  r->headline = r->name + " does not escape";
}

static long long
constant_nbytes (tree nbytes)
{
  nbytes = nbytes ? source_constant (nbytes) : NULL_TREE;
  return nbytes && tree_fits_shwi_p (nbytes) ? tree_to_shwi (nbytes) : -1;
}

/* What TYPE or the type of its elements is called, if that is a structure.  */
static std::string
structure_text (tree type)
{
  while (type && TREE_CODE (type) == ARRAY_TYPE)
    type = TREE_TYPE (type);
  return type && RECORD_OR_UNION_TYPE_P (type)
         ? layout_type_text (TYPE_MAIN_VARIANT (type)) : "";
}

/* How many bytes CALL allocates, by the attribute alloc_size of what it
   calls; -1 if that is not constant.  */
static long long
call_nbytes (gimple *call)
{
  tree type = gimple_call_fntype (call);
  tree attr = type ? lookup_attribute ("alloc_size", TYPE_ATTRIBUTES (type))
                   : NULL_TREE;
  long long nbytes = 1;

  if (gimple_alloca_call_p (call))
    return constant_nbytes (gimple_call_arg (call, 0));
  if (!attr)
    return -1;
  for (tree a = TREE_VALUE (attr); a; a = TREE_CHAIN (a))
    {
      unsigned HOST_WIDE_INT i = tree_to_uhwi (TREE_VALUE (a)) - 1;
      if (i >= gimple_call_num_args (call))
        return -1;
      long long n = constant_nbytes (gimple_call_arg (call, i));
      if (n < 0)
        return -1;
      nbytes *= n;
    }
  return nbytes;
}

/* The frame object DECL, at L, of F, a function with nested functions: count
   the variables in it and, if it escapes, name them, as Go does.  */
static void
report_frame (front_component *comp, front_function *fn,
              const esc_location *l, tree decl)
{
  for (tree f = TYPE_FIELDS (TREE_TYPE (decl)); f; f = DECL_CHAIN (f))
    if (closure_variable_field_p (f))
      {
        std::string name = IDENTIFIER_POINTER (DECL_NAME (f));
        count_local (fn, DECL_SOURCE_LOCATION (f), name, l->escapes);
        if (!l->escapes)
          continue;
        location_t loc = DECL_SOURCE_LOCATION (f);
        report_record r = new_record (fn->node->decl, loc, name);
        set_escape (&r, REPORT_MOVED);
        r.nbytes = constant_nbytes (TYPE_SIZE_UNIT (TREE_TYPE (f)));
        r.map = type_map_text (TREE_TYPE (decl));
        r.flows.push_back ({ report_location_text (l), "&" + name,
                             { { name, "captured by a closure", r.place,
                                 true } } });
        report_chain (comp, &r, l, l->path);
        r.cause.via = "";
        if (r.cause.id == CAUSE_RETURNED || r.cause.id == CAUSE_OTHER)
          r.cause.id = CAUSE_CLOSURE;
        add_record (fn->node->decl, loc, r);
      }
}

/* The locations whose address is taken in the component at hand.  GCC's own
   mark on variables depends on the level of optimization.  */
static hash_set<const esc_location *> *addressed;

static void
find_addressed (front_component *comp)
{
  delete addressed;
  addressed = new hash_set<const esc_location *>;
  for (const esc_location *l = comp->graph.locations; l; l = l->next)
    for (const esc_edge *e = l->edges; e; e = e->next)
      if (e->derefs < 0)
        addressed->add (e->src);
}

static void
report_variable (front_component *comp, front_function *f,
                 const esc_location *l)
{
  tree decl = report_location_decl (l);

  if (decl == cfun->nonlocal_goto_save_area)
    return;
  if (closure_frame_p (decl))
    {
      report_frame (comp, f, l, decl);
      return;
    }
  if (addressed->contains (l))
    count_local (f, DECL_SOURCE_LOCATION (decl), report_variable_text (decl),
                 l->escapes);
  if (!l->escapes)
    return;
  location_t loc = DECL_SOURCE_LOCATION (decl);
  report_record r = new_record (f->node->decl, loc, report_variable_text (decl));
  set_escape (&r, r.name[0] == '(' ? REPORT_ESCAPES : REPORT_MOVED);
  r.nbytes = constant_nbytes (DECL_SIZE_UNIT (decl));
  r.type = structure_text (TREE_TYPE (decl));
  r.map = type_map_text (TREE_TYPE (decl));
  report_chain (comp, &r, l, l->path);
  if (cairn_options.sarif)
    report_fix (comp, &r, decl, l->path);
  add_record (f->node->decl, loc, r);
}

/* Why R, of CALL, is on the heap although it does not escape, in Go's words;
   NULL if it need not be.  */
static const char *
size_reason (gimple *call, const report_record &r)
{
  tree type = gimple_call_fntype (call);

  if (r.nbytes > (long long) front_object_max_nbytes)
    return "too large for stack";
  return r.nbytes < 0 && type
             && lookup_attribute ("alloc_size", TYPE_ATTRIBUTES (type))
         ? "non-constant size" : NULL;
}

/* The map of what CALL allocates on the heap; "" if that is not the collector's.  */
static std::string
call_map (gcall *call)
{
  if (gimple_alloca_call_p (call))
    return type_map_text (heap_move_alloca_type (call));
  return cairn_options.malloc_system
             || entry_point_replacing (gimple_call_fndecl (call)) == ENTRY_LAST
           ? "" : type_map_text (alloc_call_type (call));
}

static void
report_object (front_component *comp, front_function *f,
               const esc_location *l)
{
  gimple *call = (gimple *) const_cast<void *> (l->entity);
  bool vla = !source_vla_name (call).empty ();
  location_t loc = gimple_location (call);
  report_record r = new_record (f->node->decl, loc, report_object_text (l));

  if (vla)
    count_local (f, loc, r.name, l->escapes);
  r.nbytes = call_nbytes (call);
  r.type = structure_text (parse_alloc_type (loc, NULL));
  if (l->escapes)
    {
      set_escape (&r, vla ? REPORT_MOVED : REPORT_ESCAPES);
      r.map = call_map (as_a<gcall *> (call));
      report_chain (comp, &r, l, l->path);
    }
  else if (vla)
    return;
  else if (const char *why = size_reason (call, r))
    {
      set_escape (&r, REPORT_ESCAPES);
      r.map = call_map (as_a<gcall *> (call));
      r.flows.push_back ({ "{heap}", "&" + report_location_text (l),
                           { { r.name, why, r.place, true } } });
      r.cause.id = CAUSE_SIZE;
    }
  else
    set_stay (&r);
  add_record (f->node->decl, loc, r);
}

/* L, an allocation in F, does not escape: say where it lives, and why.  */
static void
report_demotion (front_function *f, const esc_location *l,
                 const front_demotion *d)
{
  gimple *call = (gimple *) const_cast<void *> (l->entity);
  location_t loc = gimple_location (call);

  if (l->escapes || gimple_alloca_call_p (call))
    return;
  report_record r = new_record (f->node->decl, loc, report_object_text (l));
  r.nbytes = call_nbytes (call);
  if (size_reason (call, r))
    return;
  r.kind = REPORT_NOTE;
  r.headline = r.name
               + (d->why ? " is on the heap: " + std::string (d->why)
                         : " is on the stack");
  if (d->where)
    r.headline += " at " + report_place_text (
                               report_place_of (gimple_location (d->where)));
  add_record (f->node->decl, loc, r);
}

/* Fill in R's chain: parameter L leaks by PATH after DEREFS loads.  */
static void
set_leak (front_component *comp, report_record *r, const esc_location *l,
          const esc_path *path, int derefs)
{
  report_chain (comp, r, l, path);
  r->opening = "parameter " + r->name + " leaks to "
               + (r->flows.empty () ? "{heap}" : r->flows.back ().to)
               + " with derefs=" + std::to_string (derefs) + ":";
}

static void
report_param (front_component *comp, front_function *f, const esc_location *l)
{
  tree decl = report_location_decl (l);
  bool named = decl && DECL_NAME (decl) && !DECL_ARTIFICIAL (decl);
  location_t loc = decl ? DECL_SOURCE_LOCATION (decl) : UNKNOWN_LOCATION;
  int heap = l->leaks.heap;
  const esc_path *path = l->heap_path;
  report_record r = new_record (f->node->decl, loc, named ? report_variable_text (decl)
                                              : "...");

  for (const esc_content *c = l->contents; c; c = c->next)
    if (heap < 0 || c->derefs < heap)
      {
        heap = c->derefs;
        path = c->path;
      }
  if (heap >= 0)
    {
      set_leak (comp, &r, l, path, heap);
      report_cause_put (f->node->decl, l->param, r.cause);
    }
  if (!named || type_holds (TREE_TYPE (decl)) != HOLDS_POINTERS)
    return;
  /* The integers of a structure: lengths and such, unless they leave as
     pointers.  */
  bool integers = l->bytes;
  if (integers && heap < 0
      && type_holds (TREE_TYPE (TREE_TYPE (f->node->decl))) != HOLDS_POINTERS)
    return;
  esc_location **var = f->vars.get (decl);
  if (var && (*var)->escapes)
    return;

  int result = l->leaks.result;
  if (heap >= 0 && result >= heap)
    result = -1;
  if (heap >= 0)
    {
      r.kind = heap ? REPORT_LEAKS_CONTENT : REPORT_LEAKS;
      r.headline = (heap ? "leaking param content: " : "leaking param: ")
                   + r.name;
      add_record (f->node->decl, loc, r);
    }
  if (result >= 0)
    {
      r = new_record (f->node->decl, loc, r.name);
      set_leak (comp, &r, l, l->result_path, result);
      r.kind = REPORT_LEAKS_RESULT;
      r.level = result;
      r.headline = "leaking param: " + r.name + " to result level="
                   + std::to_string (result);
      add_record (f->node->decl, loc, r);
    }
  if (heap < 0 && result < 0)
    {
      set_stay (&r);
      add_record (f->node->decl, loc, r);
    }
}

void
report_function (front_component *comp, front_function *f)
{
  if (!report_wanted_p ())
    return;
  if (f == comp->functions[0])
    find_addressed (comp);
  for (const esc_location *p : f->params)
    report_param (comp, f, p);
  for (const esc_location *l = comp->graph.locations; l; l = l->next)
    if (l->kind == ESC_VAR && l->function == f->index)
      report_variable (comp, f, l);
  for (unsigned i = 0; i < f->objects.length (); i++)
    {
      report_object (comp, f, f->objects[i]);
      report_demotion (f, f->objects[i], &f->demotions[i]);
    }
}

void
report_outlives (tree fndecl, const std::string &name, tree decl,
                 location_t where, const report_cause &cause, const outlive_notes &notes)
{
  report_record r = new_record (fndecl, where, name);
  report_flow flow;

  r.kind = REPORT_OUTLIVES;
  r.headline = "address of local '" + name + "' outlives its frame";
  r.opening = r.headline + ":";
  r.cause = cause;
  flow.to = "{outside}";
  flow.from = "&" + name;
  for (const outlive_note &note : notes)
    flow.hops.push_back ({ note.text, "outlives", report_place_of (note.loc),
                           true });
  r.flows.push_back (flow);
  if (cairn_options.sarif && decl)
    report_fix (NULL, &r, decl, NULL);
  add_record (fndecl, where, r);
}

/* By place, then by name: then those about one thing are neighbours.  */
static int
subject_compare (const report_record &a, const report_record &b)
{
  int order = strcmp (a.place.file.c_str (), b.place.file.c_str ());

  if (!order)
    order = a.place.line - b.place.line;
  if (!order)
    order = a.place.column - b.place.column;
  if (!order)
    order = a.name.compare (b.name);
  return order;
}

static bool
record_before (const report_record &a, const report_record &b)
{
  int order = subject_compare (a, b);

  if (!order)
    order = a.kind != b.kind ? a.kind - b.kind : a.level - b.level;
  return order < 0;
}

/* Whether R adds something to PREVIOUS, which is about the same thing and
   worse: a parameter's content may leak and the parameter also be returned,
   by the same function.  What is no verdict always does, once.  */
static bool
adds_p (const report_record &r, const report_record &previous)
{
  if (r.kind == REPORT_NOTE || r.kind == REPORT_OUTLIVES)
    return r.headline != previous.headline;
  return previous.kind == REPORT_LEAKS_CONTENT
         && r.kind == REPORT_LEAKS_RESULT && r.function == previous.function;
}

/* Sort the records and drop what others say.  */
static void
settle_records (void)
{
  std::vector<report_record> kept;

  std::stable_sort (records.begin (), records.end (), record_before);
  for (const report_record &r : records)
    if (kept.empty () || subject_compare (kept.back (), r) != 0
        || adds_p (r, kept.back ()))
      kept.push_back (r);
  records.swap (kept);
}

void
report_print (void)
{
  settle_records ();
  if (cairn_options.m)
    {
      report_text (records, cairn_options.m >= 2);
      report_summary (records, totals);
    }
  std::string layouts = cairn_options.layout ? layout_print () : "";
  if (cairn_options.json)
    report_json (records, layouts, cairn_options.json);
  if (cairn_options.sarif)
    report_sarif (records, cairn_options.sarif);
  if (cairn_options.baseline)
    gate_baseline (records, totals, cairn_options.baseline);
  records.clear ();
  totals = report_totals ();
  delete addressed;
  addressed = NULL;
  report_cause_finish ();
}
