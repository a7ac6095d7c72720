/* outlive-effects.cc: what may take an address back.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   Members are compared by their declaration, wherever they are stored to: a
   store to the same member of another object may be one to this.  */

#include "outlive.h"

#include <map>

static std::map<tree, outlive_summary *> *summaries;

/* What a statement does to a place that keeps an address.  */
enum undone
{
  UNTOUCHED,
  PERHAPS_UNDONE, /* It is not known what the statement does.  */
  UNDONE
};

/* Functions of the C library after which it no longer uses what it was given,
   or the thread that was given it has come to a halt.  */
static const char *const releasing[]
  = { "pthread_join", "thrd_join", "pthread_barrier_wait", "sem_wait",
      "pthread_cond_wait", "pthread_cond_timedwait", "fclose", "pclose",
      "unsetenv", "clearenv", "timer_delete", "aio_suspend", "wait", "poll" };

/* Functions of the C library that overwrite or free what their first
   parameter points to.  */
static const char *const overwriting[]
  = { "free", "realloc", "reallocarray", "memset", "memcpy", "memmove",
      "mempcpy", "bzero", "bcopy" };

static const char *
function_name (tree fndecl)
{
  const char *name = IDENTIFIER_POINTER (DECL_NAME (fndecl));

  return startswith (name, "__builtin_") ? name + strlen ("__builtin_") : name;
}

template <size_t n>
static bool
one_of_p (const char *name, const char *const (&names)[n])
{
  for (const char *s : names)
    if (strcmp (s, name) == 0)
      return true;
  return false;
}

tree
outlive_field (tree ref)
{
  for (; handled_component_p (ref); ref = TREE_OPERAND (ref, 0))
    if (TREE_CODE (ref) == COMPONENT_REF)
      return TREE_OPERAND (ref, 1);
  return NULL_TREE;
}

outlive_summary *
outlive_callee (gimple *call)
{
  tree fndecl = gimple_call_fndecl (call);
  cgraph_node *node = fndecl ? front_sure_callee (fndecl) : NULL;

  if (!node || !summaries)
    return NULL;
  auto it = summaries->find (node->decl);
  return it == summaries->end () ? NULL : it->second;
}

const char *
outlive_library (gimple *call)
{
  tree fndecl = gimple_call_fndecl (call);

  return fndecl ? front_callee_spec (fndecl) : NULL;
}

/* Whether CALL is one of GCC's own functions that store nothing.  */
static bool
harmless_p (gimple *call)
{
  return gimple_call_internal_p (call)
         || (gimple_call_flags (call) & (ECF_CONST | ECF_PURE))
         || gimple_call_builtin_p (call, BUILT_IN_STACK_SAVE)
         || gimple_call_builtin_p (call, BUILT_IN_STACK_RESTORE)
         || gimple_call_builtin_p (call, BUILT_IN_VA_START)
         || gimple_call_builtin_p (call, BUILT_IN_VA_END)
         || gimple_alloca_call_p (call);
}

void
outlive_effects (cgraph_node *node, outlive_summary *s)
{
  basic_block bb;

  s->unknown = false;
  FOR_EACH_BB_FN (bb, cfun)
    for (gimple_stmt_iterator i = gsi_start_bb (bb); !gsi_end_p (i);
         gsi_next (&i))
      {
        gimple *stmt = gsi_stmt (i);
        tree lhs = gimple_get_lhs (stmt);
        if (gimple_code (stmt) == GIMPLE_ASM)
          s->unknown = true;
        if (lhs && TREE_CODE (lhs) != SSA_NAME && !gimple_clobber_p (stmt))
          {
            tree base = get_base_address (lhs);
            if (base && is_global_var (base))
              s->stored.add (base);
            if (tree field = outlive_field (lhs))
              s->stored.add (field);
            else if (base && TREE_CODE (base) == MEM_REF)
              s->stored.add (TYPE_MAIN_VARIANT (TREE_TYPE (lhs)));
          }
        if (!is_gimple_call (stmt) || harmless_p (stmt))
          continue;
        if (outlive_summary *callee = outlive_callee (stmt))
          {
            s->unknown |= callee->unknown;
            for (tree t : callee->stored)
              s->stored.add (t);
          }
        else if (outlive_library (stmt))
          s->stored.add (gimple_call_fndecl (stmt));
        else
          s->unknown = true;
      }
  if (!summaries)
    summaries = new std::map<tree, outlive_summary *>;
  (*summaries)[node->decl] = s;
}

void
outlive_effects_finish (void)
{
  if (summaries)
    for (auto &s : *summaries)
      delete s.second;
  delete summaries;
  summaries = NULL;
}

/* Whether the references A and B to the same variable may overlap.  */
static bool
overlap_p (tree a, tree b)
{
  poly_int64 offset[2], size[2], max[2];
  bool reverse;

  if (!a || !b)
    return true;
  get_ref_base_and_extent (a, &offset[0], &size[0], &max[0], &reverse);
  get_ref_base_and_extent (b, &offset[1], &size[1], &max[1], &reverse);
  return ranges_maybe_overlap_p (offset[0], max[0], offset[1], max[1]);
}

/* Whether a store to LHS may overwrite what PLACE keeps.  */
static bool
store_undoes_p (tree lhs, const outlive_place &place)
{
  tree base = get_base_address (lhs);

  if (!base)
    return true;
  if (DECL_P (base)
      && (place.kind == OUTLIVE_GLOBAL || place.kind == OUTLIVE_LOCAL))
    return base == place.decl && overlap_p (lhs, place.ref);
  if (DECL_P (base) && !is_global_var (base))
    return false;
  if (place.kind == OUTLIVE_LOCAL && !TREE_ADDRESSABLE (place.decl))
    return false;
  if (AGGREGATE_TYPE_P (TREE_TYPE (lhs)))
    return true;
  tree field = outlive_field (lhs);
  if (field && place.field)
    return field == place.field;
  /* A variable by itself is no member; a pointer may lead to one.  */
  if (DECL_P (base) && place.field)
    return false;
  return POINTER_TYPE_P (TREE_TYPE (lhs));
}

/* Whether the function of the C library that CALL calls may take back what
   PLACE keeps.  */
static bool
library_undoes_p (gimple *call, const outlive_place &place)
{
  tree fndecl = gimple_call_fndecl (call);
  const char *name = function_name (fndecl);

  if (place.kind == OUTLIVE_LIBRARY)
    return fndecl == place.decl || one_of_p (name, releasing);
  if (!one_of_p (name, overwriting) || !gimple_call_num_args (call))
    return false;
  tree arg = gimple_call_arg (call, 0);
  if (TREE_CODE (arg) == ADDR_EXPR)
    {
      tree base = get_base_address (TREE_OPERAND (arg, 0));
      return base == place.decl || (base && !DECL_P (base));
    }
  return place.kind == OUTLIVE_PARAM || place.kind == OUTLIVE_OBJECT
         || (place.decl && TREE_ADDRESSABLE (place.decl));
}

/* Whether a function with summary S stores to PLACE again or has it freed.  */
static bool
callee_undoes_p (outlive_summary *s, const outlive_place &place)
{
  if ((place.decl && s->stored.contains (place.decl))
      || (place.field && s->stored.contains (place.field)))
    return true;
  for (tree t : s->stored)
    if (TREE_CODE (t) == FUNCTION_DECL)
      {
        if (place.kind == OUTLIVE_LIBRARY
                ? one_of_p (function_name (t), releasing)
                : one_of_p (function_name (t), overwriting)
                      && place.kind != OUTLIVE_GLOBAL)
          return true;
      }
    else if (TYPE_P (t) && !place.field && POINTER_TYPE_P (t))
      return true;
  return false;
}

/* Whether STMT takes back what PLACE keeps.  */
static enum undone
undone_by (gimple *stmt, const outlive_place &place)
{
  tree lhs = gimple_get_lhs (stmt);

  if (gimple_clobber_p (stmt))
    return place.kind == OUTLIVE_LOCAL && lhs == place.decl ? UNDONE
                                                            : UNTOUCHED;
  if (place.kind == OUTLIVE_RETURN)
    return UNTOUCHED;
  if (lhs && TREE_CODE (lhs) != SSA_NAME && store_undoes_p (lhs, place))
    return UNDONE;
  if (gimple_code (stmt) == GIMPLE_ASM)
    return PERHAPS_UNDONE;
  if (!is_gimple_call (stmt) || harmless_p (stmt))
    return UNTOUCHED;
  if (place.kind == OUTLIVE_LOCAL && !TREE_ADDRESSABLE (place.decl))
    return UNTOUCHED;
  if (outlive_summary *s = outlive_callee (stmt))
    return callee_undoes_p (s, place) ? UNDONE
           : s->unknown               ? PERHAPS_UNDONE : UNTOUCHED;
  if (!outlive_library (stmt))
    return PERHAPS_UNDONE;
  return library_undoes_p (stmt, place) ? UNDONE : UNTOUCHED;
}

/* A search of the paths from a statement.  */
struct path_search
{
  gimple *from;
  gimple *to;                 /* NULL: the function's end.  */
  const outlive_place *place; /* May be NULL.  */
  enum undone least;          /* What ends a path.  */
  bool undone;                /* Whether a path met that.  */
};

/* Go on through the statements from I to the end of their block.  Returns 1 if
   the search comes to its end there, 0 if the path does, else -1.  */
static int
search_block (path_search *s, gimple_stmt_iterator i)
{
  for (; !gsi_end_p (i); gsi_next (&i))
    {
      gimple *stmt = gsi_stmt (i);
      if (stmt == s->to)
        return 1;
      if (s->place && stmt != s->from
          && undone_by (stmt, *s->place) >= s->least)
        {
          s->undone = true;
          return 0;
        }
    }
  return -1;
}

/* Search the paths of S.  Returns whether one reaches where it is to go.  */
static bool
search_paths (path_search *s)
{
  auto_vec<basic_block> todo;
  auto_sbitmap seen (last_basic_block_for_fn (cfun));
  gimple_stmt_iterator i;
  basic_block bb = gimple_bb (s->from);
  bool reached = false;

  bitmap_clear (seen);
  if (gimple_code (s->from) == GIMPLE_PHI)
    i = gsi_after_labels (bb);
  else
    {
      i = gsi_for_stmt (s->from);
      gsi_next (&i);
    }
  for (;;)
    {
      int found = search_block (s, i);
      edge e;
      edge_iterator ei;
      if (found > 0)
        return true;
      if (found < 0)
        FOR_EACH_EDGE (e, ei, bb->succs)
          {
            if (e->flags & (EDGE_ABNORMAL | EDGE_EH))
              continue;
            if (e->dest == EXIT_BLOCK_PTR_FOR_FN (cfun))
              reached |= !s->to;
            else if (bitmap_set_bit (seen, e->dest->index))
              todo.safe_push (e->dest);
          }
      if (todo.is_empty ())
        return reached;
      bb = todo.pop ();
      i = gsi_start_bb (bb);
    }
}

bool
outlive_path_p (gimple *from, gimple *to, const outlive_place *place)
{
  path_search s = { from, to, place, PERHAPS_UNDONE, false };

  return search_paths (&s);
}

bool
outlive_kept_p (gimple *stmt, const outlive_place &place)
{
  path_search any = { stmt, NULL, &place, PERHAPS_UNDONE, false };
  path_search sure = { stmt, NULL, &place, UNDONE, false };

  if (!search_paths (&any))
    return false;
  search_paths (&sure);
  return !sure.undone;
}
