/* outlive.cc: warns about locals whose address outlives their frame.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   A local of main is as good as a global.  */

#include "outlive.h"
#include "report.h"
#include "source-text.h"
#include "stages.h"

#include <algorithm>

/* A warning that is to be given: in the order of the source, not in that in
   which functions are solved.  */
struct outlive_warning
{
  tree fndecl;
  tree decl; /* NULL_TREE if it has none.  */
  std::string name;
  location_t where;
  report_cause cause;
  outlive_notes notes; /* From the declaration to what the end is.  */
};

static std::vector<outlive_warning> warnings;

/* Say that the address of NAME, which is DECL or NULL_TREE, declared at LOC,
   stays behind at WHERE, having come there by NOTES, because of END.  */
static void
warn_end (const std::string &name, tree decl, location_t loc, location_t where,
          const outlive_notes &notes, const report_cause &cause,
          const std::string &end)
{
  /* alloca is a macro.  */
  loc = expansion_point_location_if_in_system_header (loc);
  if (where <= BUILTINS_LOCATION)
    where = notes.empty () ? loc : notes.back ().loc;
  if (in_system_header_at (where))
    return;
  warnings.push_back ({ cfun->decl, decl, name, where, cause, {} });
  outlive_notes *all = &warnings.back ().notes;
  all->push_back ({ loc, "'" + name + "' is declared here" });
  all->insert (all->end (), notes.begin (), notes.end ());
  all->push_back ({ where, end });
}

/* A number by which places, also those in macros, are in the order of the
   source.  */
static location_t
source_order (location_t loc)
{
  return linemap_resolve_location (line_table, loc, LRK_MACRO_EXPANSION_POINT,
                                   NULL);
}

/* Give the warning W.  */
static void
give_warning (const outlive_warning &w)
{
  static const char switch_name[] = "-fplugin-arg-cairn-analyze";
  auto_diagnostic_group group;
  tree saved = current_function_decl;

  current_function_decl = w.fndecl;
  if (warning_at (w.where, 0, "address of local %qs outlives its frame [%s]",
                  w.name.c_str (), switch_name))
    for (const outlive_note &note : w.notes)
      inform (note.loc, "%s", note.text.c_str ());
  report_outlives (w.fndecl, w.name, w.decl, w.where, w.cause, w.notes);
  current_function_decl = saved;
}

/* SINK as the cause of a verdict.  */
static report_cause
sink_cause (const outlive_sink &sink)
{
  report_cause cause;
  int number = sink.place.param;

  switch (sink.place.kind)
    {
    case OUTLIVE_RETURN:
      cause.id = CAUSE_RETURNED;
      break;
    case OUTLIVE_GLOBAL:
    case OUTLIVE_LIBRARY:
      cause.id = sink.place.kind == OUTLIVE_GLOBAL ? CAUSE_GLOBAL
                                                   : CAUSE_LIBRARY;
      cause.name = source_text (sink.place.decl);
      break;
    default:
      cause.id = CAUSE_PARAMETER;
      for (tree p = DECL_ARGUMENTS (cfun->decl); p; p = DECL_CHAIN (p))
        if (number-- == 0)
          cause.name = report_variable_text (p);
      break;
    }
  return cause;
}

/* What SINK is, for people.  */
static std::string
sink_text (const outlive_sink &sink)
{
  switch (sink.place.kind)
    {
    case OUTLIVE_RETURN:
      return "it is returned";
    case OUTLIVE_GLOBAL:
      return "it stays in the global '" + source_text (sink.place.decl) + "'";
    case OUTLIVE_LIBRARY:
      return "it is kept by '" + source_text (sink.place.decl) + "'";
    default:
      return "it stays in memory that a parameter points to";
    }
}

static void
warn_first (const std::string &name, tree decl, location_t loc,
            const std::vector<outlive_sink> &sinks)
{
  if (sinks.empty ())
    return;
  const outlive_sink &sink = sinks[0];
  warn_end (name, decl, loc, gimple_location (sink.stmt), sink.notes,
             sink_cause (sink), sink_text (sink));
}

/* The locals of F.  */
static void
check_locals (outlive_mentions *m, front_function *f)
{
  auto_vec<tree> decls;
  unsigned i;
  tree decl;

  for (tree p = DECL_ARGUMENTS (f->node->decl); p; p = DECL_CHAIN (p))
    decls.safe_push (p);
  FOR_EACH_LOCAL_DECL (cfun, i, decl)
    if (VAR_P (decl) && !is_global_var (decl) && !decls.contains (decl)
        && decl != cfun->nonlocal_goto_save_area
        && !(DECL_ARTIFICIAL (decl) && DECL_NAME (decl)))
      decls.safe_push (decl);
  for (tree d : decls)
    {
      std::vector<outlive_sink> sinks;
      if (!TREE_ADDRESSABLE (d))
        continue;
      sinks = outlive_follow (m, d);
      if (!sinks.empty ())
        warn_first (report_variable_text (d), d, DECL_SOURCE_LOCATION (d),
                    sinks);
      else if (gimple *use = outlive_late_use (m, d))
        warn_end (report_variable_text (d), d, DECL_SOURCE_LOCATION (d),
                  gimple_location (use), outlive_notes (), report_cause (),
                  "it is used here, after its block has ended");
    }
}

/* What alloca and VLAs give.  */
static void
check_objects (outlive_mentions *m, front_function *f)
{
  for (const esc_location *o : f->objects)
    {
      gimple *call = (gimple *) const_cast<void *> (o->entity);
      tree lhs = gimple_call_lhs (call);
      if (gimple_alloca_call_p (call) && lhs && TREE_CODE (lhs) == SSA_NAME)
        warn_first (report_object_text (o), NULL_TREE, gimple_location (call),
                    outlive_follow (m, lhs));
    }
}

/* Addresses that the source returns and the front end has made null.  */
static void
check_damaged_returns (front_function *f)
{
  const vec<tree> *values = parse_damaged_returns (f->node->decl);
  report_cause returned;

  returned.id = CAUSE_RETURNED;
  for (unsigned i = 0; values && i < values->length (); i++)
    {
      tree value = (*values)[i];
      location_t place = EXPR_LOCATION (value);
      STRIP_NOPS (value);
      if (TREE_CODE (value) != ADDR_EXPR)
        continue;
      tree base = get_base_address (TREE_OPERAND (value, 0));
      if (base && (VAR_P (base) || TREE_CODE (base) == PARM_DECL))
        warn_end (report_variable_text (base), base, DECL_SOURCE_LOCATION (base),
                  place, outlive_notes (), returned, "it is returned");
      else if (base && TREE_CODE (base) == MEM_REF)
        for (const esc_location *o : f->objects)
          {
            gimple *call = (gimple *) const_cast<void *> (o->entity);
            tree lhs = gimple_call_lhs (call);
            if (lhs && TREE_CODE (lhs) == SSA_NAME
                && SSA_NAME_VAR (lhs) == TREE_OPERAND (base, 0))
              warn_end (report_object_text (o), NULL_TREE, gimple_location (call),
                        place, outlive_notes (), returned, "it is returned");
          }
    }
}

void
outlive_function (front_function *f)
{
  outlive_mentions mentions;
  outlive_summary *summary = new outlive_summary;

  outlive_find_mentions (&mentions);
  if (!MAIN_NAME_P (DECL_NAME (f->node->decl)))
    {
      check_locals (&mentions, f);
      check_objects (&mentions, f);
      check_damaged_returns (f);
    }
  for (tree p = DECL_ARGUMENTS (f->node->decl); p; p = DECL_CHAIN (p))
    {
      tree name = is_gimple_reg (p) ? ssa_default_def (cfun, p) : NULL_TREE;
      summary->params.push_back (
          name && POINTER_TYPE_P (TREE_TYPE (p))
              ? outlive_follow (&mentions, name)
              : std::vector<outlive_sink> ());
    }
  outlive_effects (f->node, summary);
}

void
outlive_finish (void)
{
  std::stable_sort (warnings.begin (), warnings.end (),
                    [] (const outlive_warning &a, const outlive_warning &b)
                    { return source_order (a.where) < source_order (b.where); });
  for (const outlive_warning &w : warnings)
    give_warning (w);
  warnings.clear ();
  outlive_effects_finish ();
}
