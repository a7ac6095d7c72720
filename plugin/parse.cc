/* parse.cc: what must be read off, or mended in, the front end's trees.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   Each function is looked at once, as the parser leaves it: an outermost one
   at PLUGIN_PRE_GENERICIZE, a nested one, for which that event does not
   exist, at PLUGIN_FINISH_PARSE_FUNCTION.  At both, loops are still loops.

   1. Return values (parse_restore_return).  c_finish_return makes
      `return &x' a COMPOUND_EXPR `(&x, 0)' without a location.  Only the
      front end makes one without a location, so it can be told from the
      user's own and undone.

   2. Allocation types (parse_note_alloc).  GIMPLE drops conversions of void
      pointers, so the type that a call of malloc is converted to is noted
      here, by the call's location.  The same location with two types, as in
      a function-like macro's inner call, is ambiguous for good.

   3. Compound literals (parse_place_literal).  The gimplifier declares a
      literal's object in the function's outermost scope, while C says that
      it belongs to the enclosing block and is a new one each time the block
      is entered.  The object is given to the innermost BIND_EXPR, so that
      the scope stage plants its marker.  A loop's body without declarations
      has no BIND_EXPR and gets one.  Other blocks without declarations have
      none either; this matters only to a goto out of and into such a block,
      and there the literal's object is the enclosing block's.  */

#include "gcc-compat.h"
#include "options.h"
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

/* The state of a walk over one function.  BIND is the innermost BIND_EXPR,
   NULL_TREE outside of all.  VISITED keeps shared trees from being seen
   twice.  */
struct parse_walk
{
  tree bind;
  hash_set<tree> visited;
};

static tree parse_walk_tree (tree *tp, int *walk_subtrees, void *data);

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

  location_t loc = LOCATION_LOCUS (EXPR_LOCATION (call));
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
  alloc_note *note = alloc_notes->get (LOCATION_LOCUS (loc));
  tree type = note ? note->type : NULL_TREE;
  if (type
      && (FUNC_OR_METHOD_TYPE_P (type) || !COMPLETE_TYPE_P (type)
          || (INTEGRAL_TYPE_P (type) && integer_onep (TYPE_SIZE_UNIT (type)))))
    type = NULL_TREE;
  if (exact)
    *exact = type && note->exact;
  return type;
}

/* EXPR is an assignment.  If it is the front end's own `<result> = (&x, 0)',
   make it `<result> = &x'.  */
static void
parse_restore_return (tree expr)
{
  tree value = TREE_OPERAND (expr, 1);
  if (TREE_CODE (TREE_OPERAND (expr, 0)) == RESULT_DECL
      && TREE_CODE (value) == COMPOUND_EXPR
      && EXPR_LOCATION (value) == UNKNOWN_LOCATION
      && POINTER_TYPE_P (TREE_TYPE (value))
      && integer_zerop (TREE_OPERAND (value, 1)))
    TREE_OPERAND (expr, 1) = TREE_OPERAND (value, 0);
}

/* Give the object of LITERAL, a COMPOUND_LITERAL_EXPR, to the block that WALK
   is in.  */
static void
parse_place_literal (tree literal, parse_walk *walk)
{
  tree decl = COMPOUND_LITERAL_EXPR_DECL (literal);
  if (cairn_options.analyze || !walk->bind || TREE_STATIC (decl)
      || DECL_SEEN_IN_BIND_EXPR_P (decl)
      || !(TREE_ADDRESSABLE (literal) || TREE_ADDRESSABLE (decl)))
    return;
  DECL_SEEN_IN_BIND_EXPR_P (decl) = 1;

  /* The block's own list, for the debugger, may be the same chain: put DECL
     before it, not into it.  */
  DECL_CHAIN (decl) = BIND_EXPR_VARS (walk->bind);
  BIND_EXPR_VARS (walk->bind) = decl;
}

/* Walk *BODY, the body of a loop, as a block of its own.  */
static void
parse_walk_loop_body (tree *body, parse_walk *walk)
{
  tree outer = walk->bind;
  tree block = build3 (BIND_EXPR, void_type_node, NULL_TREE, *body, NULL_TREE);
  TREE_SIDE_EFFECTS (block) = 1;
  walk->bind = block;
  walk_tree (&BIND_EXPR_BODY (block), parse_walk_tree, walk, &walk->visited);
  if (BIND_EXPR_VARS (block))
    *body = block;
  walk->bind = outer;
}

/* walk_tree's callback; DATA is the parse_walk.  */
static tree
parse_walk_tree (tree *tp, int *walk_subtrees, void *data)
{
  parse_walk *walk = (parse_walk *) data;
  tree t = *tp;

  if (TYPE_P (t))
    {
      *walk_subtrees = 0;
      return NULL_TREE;
    }

  switch ((int) TREE_CODE (t))
    {
    CASE_CONVERT:
      if (POINTER_TYPE_P (TREE_TYPE (t)))
        parse_note_alloc (t);
      break;

    case MODIFY_EXPR:
    case INIT_EXPR:
      if (!cairn_options.analyze)
        parse_restore_return (t);
      break;

    case COMPOUND_LITERAL_EXPR:
      parse_place_literal (t, walk);
      walk_tree (&DECL_INITIAL (COMPOUND_LITERAL_EXPR_DECL (t)),
                 parse_walk_tree, walk, &walk->visited);
      break;

    case BIND_EXPR:
      {
        tree outer = walk->bind;
        walk->bind = t;
        *walk_subtrees = 0;
        for (tree var = BIND_EXPR_VARS (t); var; var = DECL_CHAIN (var))
          if (VAR_P (var) && !TREE_STATIC (var))
            walk_tree (&DECL_INITIAL (var), parse_walk_tree, walk,
                       &walk->visited);
        walk_tree (&BIND_EXPR_BODY (t), parse_walk_tree, walk,
                   &walk->visited);
        walk->bind = outer;
        break;
      }

    case FOR_STMT:
      parse_walk_loop_body (&FOR_BODY (t), walk);
      break;

    case WHILE_STMT:
      parse_walk_loop_body (&WHILE_BODY (t), walk);
      break;

    case DO_STMT:
      parse_walk_loop_body (&DO_BODY (t), walk);
      break;
    }
  return NULL_TREE;
}

/* Look at FNDECL, whose body the parser has just finished.  */
static void
parse_function (tree fndecl)
{
  if (!DECL_SAVED_TREE (fndecl))
    return;
  parse_walk walk;
  walk.bind = NULL_TREE;
  walk_tree (&DECL_SAVED_TREE (fndecl), parse_walk_tree, &walk, &walk.visited);
}

/* PLUGIN_PRE_GENERICIZE.  */
static void
parse_on_pre_genericize (void *fndecl, void *)
{
  parse_function ((tree) fndecl);
}

/* PLUGIN_FINISH_PARSE_FUNCTION.  */
static void
parse_on_finish_function (void *fndecl, void *)
{
  if (decl_function_context ((tree) fndecl))
    parse_function ((tree) fndecl);
}

void
parse_init (const char *plugin_name)
{
  alloc_notes = new hash_map<location_hash, alloc_note>;
  register_callback (plugin_name, PLUGIN_PRE_GENERICIZE,
                     parse_on_pre_genericize, NULL);
  register_callback (plugin_name, PLUGIN_FINISH_PARSE_FUNCTION,
                     parse_on_finish_function, NULL);
}
