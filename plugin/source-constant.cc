/* source-constant.cc: constants that have a name in the source.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   When it optimizes, GCC's C front end reads a `const' variable with a constant
   initializer as its value, and computes with that: malloc (SIZE * 4) is then
   one of constant size, and `if (DEBUG)' no condition.  At -O0 it leaves all as
   it stands.  For the report to be the same, the analysis does the front end's
   work where it has not.  */

#include "source-text.h"
#include "stages.h"

/* How many operations are followed.  */
static const int max_operations = 8;

/* By variable, for those that are such: the initial value.  */
static hash_map<tree, tree> *constants;

/* What T, an expression of the front end's, is with the values of the constants
   that it names, at most LIMIT operations deep; NULL_TREE: no constant.  */
static tree
compute_initial (tree t, int limit)
{
  tree op[3] = { NULL_TREE, NULL_TREE, NULL_TREE };
  tree value = NULL_TREE;

  if (TREE_CONSTANT (t))
    return t;
  if (VAR_P (t))
    {
      source_constant_note (t);
      return source_constant_value (t);
    }
  if (!limit || !EXPR_P (t) || TREE_OPERAND_LENGTH (t) > 3)
    return NULL_TREE;
  for (int i = 0; i < TREE_OPERAND_LENGTH (t); i++)
    if (!(op[i] = compute_initial (TREE_OPERAND (t, i), limit - 1)))
      return NULL_TREE;
  switch (TREE_CODE_LENGTH (TREE_CODE (t)))
    {
    case 1:
      value = fold_unary (TREE_CODE (t), TREE_TYPE (t), op[0]);
      break;
    case 2:
      value = fold_binary (TREE_CODE (t), TREE_TYPE (t), op[0], op[1]);
      break;
    case 3:
      value = fold_ternary (TREE_CODE (t), TREE_TYPE (t), op[0], op[1], op[2]);
      break;
    }
  return value && CONSTANT_CLASS_P (value) && !TREE_OVERFLOW (value)
         ? value : NULL_TREE;
}

void
source_constant_note (tree decl)
{
  tree value = DECL_INITIAL (decl);

  /* As decl_constant_value has it in the front end; but a weak one may be
     another's at -O0.  */
  if (DECL_WEAK (decl) || !TREE_READONLY (decl) || TREE_THIS_VOLATILE (decl) || !value
      || value == error_mark_node
      || TREE_CODE (value) == CONSTRUCTOR
      || TREE_CODE (TREE_TYPE (value)) == ARRAY_TYPE)
    return;
  if (!constants)
    constants = new hash_map<tree, tree>;
  if (constants->get (decl))
    return;
  /* It may name itself.  */
  constants->put (decl, NULL_TREE);
  value = compute_initial (value, max_operations);
  if (!value)
    {
      constants->remove (decl);
      return;
    }
  constants->put (decl, value);
  plugin_keep_tree (decl);
  plugin_keep_tree (value);
}

tree
source_constant_value (tree decl)
{
  tree *value = constants && VAR_P (decl) ? constants->get (decl) : NULL;
  return value ? *value : NULL_TREE;
}

static tree compute (tree op, int limit);

/* What STMT assigns, at most LIMIT operations away.  */
static tree
compute_assigned (gassign *stmt, int limit)
{
  tree_code code = gimple_assign_rhs_code (stmt);
  tree type = TREE_TYPE (gimple_assign_lhs (stmt));
  tree a = compute (gimple_assign_rhs1 (stmt), limit);
  tree b = NULL_TREE;
  tree value = NULL_TREE;

  if (!a || gimple_has_volatile_ops (stmt))
    return NULL_TREE;
  switch (gimple_assign_rhs_class (stmt))
    {
    case GIMPLE_SINGLE_RHS:
      value = fold_convert (type, a);
      break;
    case GIMPLE_UNARY_RHS:
      value = fold_unary (code, type, a);
      break;
    case GIMPLE_BINARY_RHS:
      b = compute (gimple_assign_rhs2 (stmt), limit);
      value = b ? fold_binary (code, type, a, b) : NULL_TREE;
      break;
    default:
      break;
    }
  return value && TREE_CODE (value) == INTEGER_CST && !TREE_OVERFLOW (value)
         ? value : NULL_TREE;
}

static tree
compute (tree op, int limit)
{
  tree decl = TREE_CODE (op) == SSA_NAME ? SSA_NAME_VAR (op) : op;

  if (TREE_CODE (op) == INTEGER_CST)
    return op;
  if (!INTEGRAL_TYPE_P (TREE_TYPE (op)) || !limit)
    return NULL_TREE;
  if (decl && VAR_P (decl))
    {
      tree value = source_constant_value (decl);
      if (value && TREE_CODE (value) == INTEGER_CST)
        return fold_convert (TREE_TYPE (op), value);
      /* What the programmer gave a name may be anything.  */
      if (!DECL_ARTIFICIAL (decl))
        return NULL_TREE;
    }
  if (TREE_CODE (op) == SSA_NAME)
    if (gassign *def = dyn_cast<gassign *> (SSA_NAME_DEF_STMT (op)))
      return compute_assigned (def, limit - 1);
  return NULL_TREE;
}

tree
source_constant (tree op)
{
  return compute (op, max_operations);
}

/* The edge that is always taken at the end of BB; NULL if it is not known.  */
static edge
taken_edge (basic_block bb)
{
  gimple *last = last_stmt (bb);

  if (gcond *cond = safe_dyn_cast<gcond *> (last))
    {
      tree a = source_constant (gimple_cond_lhs (cond));
      tree b = source_constant (gimple_cond_rhs (cond));
      tree value = a && b ? fold_binary (gimple_cond_code (cond),
                                         boolean_type_node, a, b) : NULL_TREE;
      if (value && TREE_CODE (value) == INTEGER_CST)
        return find_taken_edge (bb, value);
    }
  else if (gswitch *stmt = safe_dyn_cast<gswitch *> (last))
    if (tree index = source_constant (gimple_switch_index (stmt)))
      return find_taken_edge (bb, index);
  return NULL;
}

void
source_constant_edges (hash_set<edge> *live)
{
  auto_vec<basic_block> todo;
  hash_set<basic_block> seen;

  todo.safe_push (ENTRY_BLOCK_PTR_FOR_FN (cfun));
  while (!todo.is_empty ())
    {
      basic_block bb = todo.pop ();
      edge only = taken_edge (bb);
      edge e;
      edge_iterator i;
      FOR_EACH_EDGE (e, i, bb->succs)
        if (!only || e == only)
          {
            live->add (e);
            if (!seen.add (e->dest))
              todo.safe_push (e->dest);
          }
    }
}

void
source_constant_finish (void)
{
  delete constants;
  constants = NULL;
}
