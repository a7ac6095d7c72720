/* parse.cc: what must be read off, or mended in, the front end's trees.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   Each function is looked at as soon as it is parsed, a nested one before
   the one around it.

   1. Return values (parse_restore_return).  c_finish_return makes
      `return &x' a COMPOUND_EXPR `(&x, 0)' without a location.  Only the
      front end makes one without a location, so it can be told from the
      user's own and undone.

   2. Allocation types (parse_note_alloc).  GIMPLE drops conversions of void
      pointers, so the type that a call of malloc is converted to is noted
      here, by the call's location.  The same location with two types, as in
      a function-like macro's inner call, is ambiguous for good.

   3. Variable arguments (varargs_note_call).  Which are pointers to structures
      is to be seen here only, for the same reason.

   4. Constants (source_constant_note): what the front end makes of names when
      it optimizes, for when it does not.

   Compound literals need nothing: the front end declares a literal's object
   in the block that C says it belongs to, and makes one for a loop's body.  */

#include "gcc-compat.h"
#include "function-type.h"
#include "options.h"
#include "source-text.h"
#include "stages.h"

/* What the program does with the result of the allocation calls at one
   location.  TYPE is NULL_TREE once two differ; it is kept alive by
   plugin_keep_tree.  */
struct alloc_note
{
  tree type;
  bool exact;
};

static hash_map<location_hash, alloc_note> *alloc_notes;

/* Whether EXPR is a constant equal to NBYTES.  */
static bool
constant_equal_p (tree expr, tree nbytes)
{
  STRIP_NOPS (expr);
  return (TREE_CODE (expr) == INTEGER_CST && TREE_CODE (nbytes) == INTEGER_CST
          && tree_int_cst_equal (expr, nbytes));
}

/* Whether TYPE, a struct, ends in an array that programs use as if it were
   longer than declared.  */
static bool
open_ended_p (tree type)
{
  if (!RECORD_OR_UNION_TYPE_P (type))
    return false;
  tree last = NULL_TREE;
  for (tree field = TYPE_FIELDS (type); field; field = DECL_CHAIN (field))
    {
      if (TREE_CODE (field) != FIELD_DECL)
        continue;
      last = field;
      if (TREE_CODE (type) == UNION_TYPE && open_ended_p (TREE_TYPE (field)))
        return true;
    }
  if (!last)
    return false;
  tree last_type = TREE_TYPE (last);
  if (TREE_CODE (last_type) != ARRAY_TYPE)
    return open_ended_p (last_type);
  tree nelts = array_type_nelts (last_type);
  return (TREE_CODE (nelts) != INTEGER_CST || integer_zerop (nelts)
          || integer_all_onesp (nelts));
}

/* Whether the arguments of CALL, which becomes the entry point ID, say that
   the block's size is k * sizeof (TYPE) with k >= 1.

   A product like n * sizeof (struct s) does not say it of a struct: sizeof is
   folded by now and the constant could be anything.  Of a scalar it does,
   because then every multiple of the size is right.  */
static bool
alloc_size_exact_p (tree call, enum entry_point id, tree type)
{
  tree unit = TYPE_SIZE_UNIT (type);
  if (!unit || TREE_CODE (unit) != INTEGER_CST || integer_zerop (unit))
    return false;

  tree size, count = NULL_TREE;
  switch (id)
    {
    case ENTRY_MALLOC:
      size = CALL_EXPR_ARG (call, 0);
      break;
    case ENTRY_REALLOC:
    case ENTRY_ALIGNED_ALLOC:
    case ENTRY_MEMALIGN:
      size = CALL_EXPR_ARG (call, 1);
      break;
    case ENTRY_CALLOC:
      size = CALL_EXPR_ARG (call, 0);
      count = CALL_EXPR_ARG (call, 1);
      break;
    case ENTRY_REALLOCARRAY:
      size = CALL_EXPR_ARG (call, 1);
      count = CALL_EXPR_ARG (call, 2);
      break;
    default:
      return false;
    }

  bool scalar = (INTEGRAL_TYPE_P (type) || SCALAR_FLOAT_TYPE_P (type)
                 || POINTER_TYPE_P (type)
                 || TREE_CODE (type) == COMPLEX_TYPE);
  if (scalar)
    {
      if (integer_onep (unit))
        return false;
      return (multiple_of_p (TREE_TYPE (size), size,
                             fold_convert (TREE_TYPE (size), unit))
              || (count
                  && multiple_of_p (TREE_TYPE (count), count,
                                    fold_convert (TREE_TYPE (count), unit))));
    }

  if (open_ended_p (type))
    return false;
  return (constant_equal_p (size, unit)
          || (count && constant_equal_p (count, unit)));
}

/* EXPR is a conversion to a pointer type.  If it converts the result of an
   allocation call, note the type.  */
static void
parse_note_alloc (tree expr)
{
  tree type = TREE_TYPE (TREE_TYPE (expr));
  tree call = expr;
  while (CONVERT_EXPR_P (call) || TREE_CODE (call) == NON_LVALUE_EXPR)
    call = TREE_OPERAND (call, 0);
  if (TREE_CODE (call) != CALL_EXPR)
    return;
  enum entry_point id = entry_point_replacing (get_callee_fndecl (call));
  if (id == ENTRY_LAST || VOID_TYPE_P (type))
    return;

  location_t loc = get_pure_location (EXPR_LOCATION (call));
  if (loc == UNKNOWN_LOCATION)
    return;

  type = TYPE_MAIN_VARIANT (type);
  bool exact = (!FUNC_OR_METHOD_TYPE_P (type) && COMPLETE_TYPE_P (type)
                && alloc_size_exact_p (call, id, type));
  bool existed;
  alloc_note &note = alloc_notes->get_or_insert (loc, &existed);
  if (!existed)
    {
      note.type = type;
      note.exact = exact;
      plugin_keep_tree (type);
    }
  else if (note.type != type)
    note.type = NULL_TREE;
  else
    note.exact &= exact;
}

tree
parse_alloc_type (location_t loc, bool *exact)
{
  alloc_note *note = alloc_notes->get (get_pure_location (loc));
  tree type = note ? note->type : NULL_TREE;
  if (type
      && (FUNC_OR_METHOD_TYPE_P (type) || !COMPLETE_TYPE_P (type)
          || (INTEGRAL_TYPE_P (type) && integer_onep (TYPE_SIZE_UNIT (type)))))
    type = NULL_TREE;
  if (exact)
    *exact = type && note->exact;
  return type;
}

/* In analyze mode: what functions return where the front end has made it
   null.  */
static hash_map<tree, auto_vec<tree> *> *damaged_returns;

/* EXPR is an assignment in the function FNDECL.  If it is the front end's own
   `<result> = (&x, 0)', make it `<result> = &x', or only remember that in
   analyze mode.  */
static void
parse_restore_return (tree expr, tree fndecl)
{
  tree value = TREE_OPERAND (expr, 1);
  if (TREE_CODE (TREE_OPERAND (expr, 0)) == RESULT_DECL
      && TREE_CODE (value) == COMPOUND_EXPR
      && EXPR_LOCATION (value) == UNKNOWN_LOCATION
      && POINTER_TYPE_P (TREE_TYPE (value))
      && integer_zerop (TREE_OPERAND (value, 1)))
    {
      value = TREE_OPERAND (value, 0);
      if (!cairn_options.analyze)
        TREE_OPERAND (expr, 1) = value;
      else
        {
          auto_vec<tree> *&values
              = damaged_returns->get_or_insert (fndecl);
          if (!values)
            values = new auto_vec<tree>;
          /* With the place of the return, which VALUE has not.  */
          value = build1 (NOP_EXPR, TREE_TYPE (value), value);
          SET_EXPR_LOCATION (value, EXPR_LOCATION (expr));
          values->safe_push (value);
          plugin_keep_tree (value);
        }
    }
}

const vec<tree> *
parse_damaged_returns (tree fndecl)
{
  auto_vec<tree> **values = damaged_returns->get (fndecl);
  return values ? *values : NULL;
}

/* The walk over a function's trees.  */
struct parse_walk
{
  hash_set<tree> seen;
  tree fndecl;
};

/* walk_tree's callback; DATA is the parse_walk, which has the set of trees
   seen: walk_tree_without_duplicates does not see a literal's initializer.  */
static tree
parse_walk_tree (tree *tp, int *walk_subtrees, void *data)
{
  tree t = *tp;
  parse_walk *walk = (parse_walk *) data;
  if (TYPE_P (t))
    {
      *walk_subtrees = 0;
      return NULL_TREE;
    }

  switch ((int) TREE_CODE (t))
    {
    CASE_CONVERT:
      if (POINTER_TYPE_P (TREE_TYPE (t)))
        {
          parse_note_alloc (t);
          function_type_note_conversion (t);
        }
      break;

    case VAR_DECL:
      source_constant_note (t);
      break;

    case CALL_EXPR:
      varargs_note_call (t);
      break;

    case MODIFY_EXPR:
      parse_restore_return (t, walk->fndecl);
      break;

    case COMPOUND_LITERAL_EXPR:
      walk_tree (&DECL_INITIAL (COMPOUND_LITERAL_EXPR_DECL (t)),
                 parse_walk_tree, walk, &walk->seen);
      break;
    }
  return NULL_TREE;
}

/* PLUGIN_FINISH_PARSE_FUNCTION: look at the function FNDECL.  */
static void
parse_function (void *fndecl, void *)
{
  parse_walk walk;
  walk.fndecl = (tree) fndecl;
  walk_tree (&DECL_SAVED_TREE (walk.fndecl), parse_walk_tree, &walk,
             &walk.seen);
}

/* PLUGIN_FINISH_DECL: look at the initializer of the variable DECL.  */
static void
parse_variable (void *decl, void *)
{
  parse_walk walk;
  walk.fndecl = (tree) decl;
  if (VAR_P (walk.fndecl) && DECL_INITIAL (walk.fndecl)
      && is_global_var (walk.fndecl))
    walk_tree (&DECL_INITIAL (walk.fndecl), parse_walk_tree, &walk,
               &walk.seen);
}

void
parse_init (const char *plugin_name)
{
  alloc_notes = new hash_map<location_hash, alloc_note>;
  damaged_returns = new hash_map<tree, auto_vec<tree> *>;
  register_callback (plugin_name, PLUGIN_FINISH_PARSE_FUNCTION,
                     parse_function, NULL);
  register_callback (plugin_name, PLUGIN_FINISH_DECL, parse_variable, NULL);
}
