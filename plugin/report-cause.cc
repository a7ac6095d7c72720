/* report-cause.cc: by what something outlives its function.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   The last hop into the heap tells, and for a call of a function solved before
   the cause by which its parameter leaks: what is passed down through known
   functions and lost in an unknown one is that one's doing.  */

#include "indirect.h"
#include "program.h"
#include "report-record.h"
#include "source-text.h"

#include <map>

const report_cause_row report_causes[] = {
#define CAIRN_CAUSE(id, word, phrase, group, certain, advice)                 \
  { word, phrase, group, certain, advice },
#include "report-cause.def"
#undef CAIRN_CAUSE
};

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

/* Whether ARG, an argument in function F, is the value of L, or one of those
   that L joins.  */
static bool
argument_is_p (front_function *f, tree arg, const esc_location *l)
{
  if (l->kind == ESC_TEMP && !l->entity)
    for (const esc_edge *e = l->edges; e; e = e->next)
      if (e->derefs == 0 && argument_is_p (f, arg, e->src))
        return true;
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
      callee_set callees;
      tree first = NULL_TREE;
      indirect_callees (as_a<gcall *> (call), &callees);
      /* The first one declared, so that all levels say the same.  */
      if (!callees.open)
        for (tree callee : callees.functions)
          if (known_cause (called_decl (callee), i)
              && (!first || DECL_UID (callee) < DECL_UID (first)))
            first = callee;
      if (first)
        {
          cause = *known_cause (called_decl (first), i);
          cause.via = IDENTIFIER_POINTER (DECL_NAME (first));
          return cause;
        }
      cause.id = CAUSE_INDIRECT;
      cause.name = source_text (gimple_call_fn (call));
      return cause;
    }
  std::string name = IDENTIFIER_POINTER (DECL_NAME (fndecl));
  bool variable = type && stdarg_p (type) && i < n
                  && i >= (unsigned) type_num_arguments (type);
  const report_cause *known
    = variable ? NULL : known_cause (called_decl (fndecl), i);
  /* The graph has more parameters, of which some hold several arguments.  */
  for (unsigned k = variable ? type_num_arguments (type) : 0;
       !known && (variable || i == n) && k <= 2 * n + 2; k++)
    known = known_cause (called_decl (fndecl), k);
  if (known)
    {
      cause = *known;
      cause.via = name;
      return cause;
    }
  cause.name = name;
  if (variable)
    cause.id = CAUSE_VARARGS;
  else if (cgraph_node::get (fndecl)
           && cgraph_node::get (fndecl)->has_gimple_body_p ())
    cause.id = CAUSE_OTHER;
  else if (program_tags (program_symbol (cgraph_node::get_create (fndecl))))
    {
      /* A function of another file, which cairn-tags has seen.  */
      cause.id = CAUSE_OTHER;
      cause.via = name;
    }
  else if (!front_callee_spec (fndecl))
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

report_cause
report_heap_cause (front_component *comp, const esc_edge *e)
{
  gimple *stmt = (gimple *) const_cast<void *> (e->note.where);
  report_cause cause;

  if (!strcmp (e->note.why, "argument area")
      || !strcmp (e->note.why, "va_start"))
    cause.id = CAUSE_VARARGS;
  else if (!strcmp (e->note.why, "closure")
           || !strcmp (e->note.why, "static chain"))
    cause.id = CAUSE_CLOSURE;
  else if (!strcmp (e->note.why, "too large for stack"))
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
