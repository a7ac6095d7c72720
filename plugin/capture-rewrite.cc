/* capture-rewrite.cc: variables become references.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   The steps 3 and 4 of capture.cc, and what the debugger needs: in a nested
   function, k is declared to be *k.ref.  */

#include "capture.h"
#include "stages.h"

/* What stands for outer functions' variables in nested ones, for the debugger,
   and their references.  */
static hash_map<tree, tree> *aliases;

/* -- 3. The references' values.  */

/* The reference of DECL; NULL_TREE if it has none.  */
static tree
capture_reference (capture_nest *nest, tree decl)
{
  capture_var *var = nest->vars.get (decl);
  return var ? var->ref : NULL_TREE;
}

/* `k.ref = &k', a statement, for the variable DECL.  */
static tree
capture_build_assignment (capture_nest *nest, tree decl)
{
  tree ref = capture_reference (nest, decl);
  tree address = build1 (ADDR_EXPR, TREE_TYPE (ref), decl);
  tree set = build2 (MODIFY_EXPR, void_type_node, ref, address);
  TREE_SIDE_EFFECTS (set) = 1;
  return set;
}

/* Put the statement STMT first in the block BIND.  */
static void
capture_put_first (tree bind, tree stmt)
{
  tree *body = &BIND_EXPR_BODY (bind);
  if (!*body || TREE_CODE (*body) != STATEMENT_LIST)
    {
      tree list = alloc_stmt_list ();
      if (*body)
        append_to_statement_list_force (*body, &list);
      *body = list;
    }
  tree_stmt_iterator first = tsi_start (*body);
  tsi_link_before (&first, stmt, TSI_SAME_STMT);
  TREE_SIDE_EFFECTS (*body) = 1;
  TREE_SIDE_EFFECTS (bind) = 1;
}

/* Declare REF in BIND.  */
static void
capture_declare (tree bind, tree ref)
{
  DECL_CHAIN (ref) = BIND_EXPR_VARS (bind);
  BIND_EXPR_VARS (bind) = ref;
}

static tree capture_plant_tree (tree *tp, int *walk_subtrees, void *data);

/* Handle the block BIND.  AT_LABELS says that it is entered by jumps alone,
   as the body of a switch.  */
static void
capture_plant_block (capture_walk *walk, tree bind, bool at_labels)
{
  unsigned nvisible = walk->visible.length ();
  auto_vec<tree> own;
  for (tree var = BIND_EXPR_VARS (bind); var; var = DECL_CHAIN (var))
    if (VAR_P (var) && capture_reference (walk->nest, var))
      own.safe_push (var);
  /* Nothing but a call enters the outermost block.  */
  if (walk->binds > 0)
    walk->visible.safe_splice (own);

  walk->binds++;
  for (tree var = BIND_EXPR_VARS (bind); var; var = DECL_CHAIN (var))
    walk_tree (&DECL_INITIAL (var), capture_plant_tree, walk, &walk->seen);
  walk_tree (&BIND_EXPR_BODY (bind), capture_plant_tree, walk, &walk->seen);
  walk->binds--;
  walk->visible.truncate (nvisible);

  for (tree var : own)
    {
      capture_declare (bind, capture_reference (walk->nest, var));
      if (!at_labels)
        capture_put_first (bind, capture_build_assignment (walk->nest, var));
    }
}

static bool
label_p (tree t)
{
  return TREE_CODE (t) == LABEL_EXPR || TREE_CODE (t) == CASE_LABEL_EXPR;
}

/* Handle the statements of LIST.  Of labels that stand together only the last
   gets assignments: GCC warns of statements between two.  */
static void
capture_plant_list (capture_walk *walk, tree list)
{
  for (tree_stmt_iterator i = tsi_start (list); !tsi_end_p (i); tsi_next (&i))
    if (!label_p (tsi_stmt (i)))
      walk_tree (tsi_stmt_ptr (i), capture_plant_tree, walk, &walk->seen);
    else
      {
        tree_stmt_iterator next = i;
        do
          tsi_next (&next);
        while (!tsi_end_p (next)
               && TREE_CODE (tsi_stmt (next)) == DEBUG_BEGIN_STMT);
        if (tsi_end_p (next) || !label_p (tsi_stmt (next)))
          for (tree var : walk->visible)
            tsi_link_after (&i, capture_build_assignment (walk->nest, var),
                            TSI_NEW_STMT);
      }
}

/* walk_tree's callback of capture_plant; DATA is the capture_walk.  */
static tree
capture_plant_tree (tree *tp, int *walk_subtrees, void *data)
{
  tree t = *tp;
  capture_walk *walk = (capture_walk *) data;
  if (TYPE_P (t))
    {
      *walk_subtrees = 0;
      return NULL_TREE;
    }

  switch ((int) TREE_CODE (t))
    {
    case BIND_EXPR:
      *walk_subtrees = 0;
      capture_plant_block (walk, t, false);
      break;

    case STATEMENT_LIST:
      *walk_subtrees = 0;
      capture_plant_list (walk, t);
      break;

    case SWITCH_STMT:
      if (SWITCH_STMT_BODY (t)
          && TREE_CODE (SWITCH_STMT_BODY (t)) == BIND_EXPR)
        {
          *walk_subtrees = 0;
          walk_tree (&SWITCH_STMT_COND (t), capture_plant_tree, walk,
                     &walk->seen);
          capture_plant_block (walk, SWITCH_STMT_BODY (t), true);
        }
      break;

    case COMPOUND_LITERAL_EXPR:
      walk_tree (&DECL_INITIAL (COMPOUND_LITERAL_EXPR_DECL (t)),
                 capture_plant_tree, walk, &walk->seen);
      break;

    case LABEL_EXPR:
    case CASE_LABEL_EXPR:
      *walk_subtrees = 0;
      for (tree var : walk->visible)
        *tp = build2 (COMPOUND_EXPR, void_type_node, *tp,
                      capture_build_assignment (walk->nest, var));
      break;
    }
  return NULL_TREE;
}

/* Set the references of F's variables.  */
void
capture_plant (capture_nest *nest, capture_function *f)
{
  /* With a parameter of variable size, the trees begin with its size.  */
  tree body = DECL_SAVED_TREE (f->decl);
  if (TREE_CODE (body) != BIND_EXPR)
    {
      body = build3 (BIND_EXPR, void_type_node, NULL_TREE, body, NULL_TREE);
      TREE_SIDE_EFFECTS (body) = 1;
      DECL_SAVED_TREE (f->decl) = body;
    }
  capture_walk walk;
  walk.nest = nest;
  walk.function = f;
  walk.loops = walk.binds = 0;
  capture_plant_block (&walk, body, false);
  for (tree parm = DECL_ARGUMENTS (f->decl); parm; parm = DECL_CHAIN (parm))
    if (tree ref = capture_reference (nest, parm))
      {
        capture_declare (body, ref);
        capture_put_first (body, capture_build_assignment (nest, parm));
      }
}

/* -- 4. The uses.  */

/* *REF for the variable DECL.  */
static tree
capture_build_use (tree decl, tree ref)
{
  tree use = build1 (INDIRECT_REF, TREE_TYPE (decl), ref);
  TREE_THIS_NOTRAP (use) = 1;
  TREE_THIS_VOLATILE (use) = TREE_THIS_VOLATILE (decl);
  TREE_SIDE_EFFECTS (use) = TREE_THIS_VOLATILE (decl);
  TREE_READONLY (use) = TREE_READONLY (decl);
  return use;
}

static tree capture_replace_tree (tree *tp, int *walk_subtrees, void *data);

/* Look at the sizes in TYPE.  */
static void
capture_replace_type (capture_walk *walk, tree type)
{
  if (!type || !variably_modified_type_p (type, NULL_TREE)
      || walk->nest->replaced.add (type))
    return;
  walk_tree (&TYPE_SIZE (type), capture_replace_tree, walk, NULL);
  walk_tree (&TYPE_SIZE_UNIT (type), capture_replace_tree, walk, NULL);
  if (INTEGRAL_TYPE_P (type))
    {
      walk_tree (&TYPE_MIN_VALUE (type), capture_replace_tree, walk, NULL);
      walk_tree (&TYPE_MAX_VALUE (type), capture_replace_tree, walk, NULL);
      return;
    }
  if (TREE_CODE (type) == ARRAY_TYPE)
    capture_replace_type (walk, TYPE_DOMAIN (type));
  if (RECORD_OR_UNION_TYPE_P (type))
    for (tree f = TYPE_FIELDS (type); f; f = DECL_CHAIN (f))
      if (TREE_CODE (f) == FIELD_DECL)
        {
          capture_replace_type (walk, TREE_TYPE (f));
          walk_tree (&DECL_SIZE (f), capture_replace_tree, walk, NULL);
          walk_tree (&DECL_SIZE_UNIT (f), capture_replace_tree, walk, NULL);
          walk_tree (&DECL_FIELD_OFFSET (f), capture_replace_tree, walk,
                     NULL);
        }
  capture_replace_type (walk, TREE_TYPE (type));
}

/* walk_tree's callback of capture_replace; DATA is the capture_walk.  A
   variable stands in many places, all else is walked once.  */
static tree
capture_replace_tree (tree *tp, int *walk_subtrees, void *data)
{
  tree t = *tp;
  capture_walk *walk = (capture_walk *) data;
  if (TYPE_P (t) || (!DECL_P (t) && walk->nest->replaced.add (t)))
    {
      *walk_subtrees = 0;
      return NULL_TREE;
    }

  switch ((int) TREE_CODE (t))
    {
    case VAR_DECL:
    case PARM_DECL:
      if (decl_function_context (t) != walk->function->decl)
        if (tree ref = capture_reference (walk->nest, t))
          {
            *tp = capture_build_use (t, ref);
            *walk_subtrees = 0;
            if (!walk->visible.contains (t))
              walk->visible.safe_push (t);
          }
      break;

    case ADDR_EXPR:
      *walk_subtrees = 0;
      walk_tree (&TREE_OPERAND (t, 0), capture_replace_tree, walk, NULL);
      recompute_tree_invariant_for_addr_expr (t);
      break;

    case COMPOUND_LITERAL_EXPR:
      walk_tree (&DECL_INITIAL (COMPOUND_LITERAL_EXPR_DECL (t)),
                 capture_replace_tree, walk, NULL);
      break;

    case BIND_EXPR:
      for (tree var = BIND_EXPR_VARS (t); var; var = DECL_CHAIN (var))
        capture_replace_type (walk, TREE_TYPE (var));
      break;

    case DECL_EXPR:
      capture_replace_type (walk, TREE_TYPE (DECL_EXPR_DECL (t)));
      break;
    }
  return NULL_TREE;
}

/* Whether one of VARS is called NAME.  */
static bool
name_among_p (tree vars, tree name)
{
  for (; vars; vars = DECL_CHAIN (vars))
    if (DECL_NAME (vars) == name)
      return true;
  return false;
}

/* Declare DECL, an outer function's variable, in F for the debugger, as what
   its reference points to.  */
static void
capture_describe (capture_nest *nest, capture_function *f, tree decl)
{
  tree bind = DECL_SAVED_TREE (f->decl), name = DECL_NAME (decl);
  tree block = TREE_CODE (bind) == BIND_EXPR ? BIND_EXPR_BLOCK (bind)
                                             : NULL_TREE;
  if (!block || block != DECL_INITIAL (f->decl) || !name
      || DECL_IGNORED_P (decl)
      || variably_modified_type_p (TREE_TYPE (decl), NULL_TREE)
      || name_among_p (BLOCK_VARS (block), name)
      || name_among_p (DECL_ARGUMENTS (f->decl), name))
    return;
  tree ref = capture_reference (nest, decl);
  tree alias = build_decl (DECL_SOURCE_LOCATION (decl), VAR_DECL, name,
                           TREE_TYPE (decl));
  DECL_CONTEXT (alias) = f->decl;
  DECL_SEEN_IN_BIND_EXPR_P (alias) = 1;
  TREE_USED (alias) = 1;
  SET_DECL_VALUE_EXPR (alias, capture_build_use (decl, ref));
  DECL_HAS_VALUE_EXPR_P (alias) = 1;
  /* GCC expects the variables of the block, if there are any, to be the last
     of those of the BIND_EXPR.  */
  if (!BLOCK_VARS (block))
    {
      BIND_EXPR_VARS (bind) = chainon (BIND_EXPR_VARS (bind), alias);
      BLOCK_VARS (block) = alias;
    }
  else
    BLOCK_VARS (block) = chainon (BLOCK_VARS (block), alias);
  if (!aliases)
    aliases = new hash_map<tree, tree>;
  aliases->put (alias, ref);
  plugin_keep_tree (alias);
  plugin_keep_tree (ref);
}

/* The variable REF of an outer function as the frames have it that FN, a
   nested function, reaches by its static chain; NULL_TREE if it is in none.  */
static tree
capture_field (function *fn, tree ref)
{
  tree chain = fn->static_chain_decl;
  while (chain)
    {
      tree frame = build_simple_mem_ref (chain);
      tree outer = NULL_TREE;
      for (tree f = TYPE_FIELDS (TREE_TYPE (frame)); f; f = DECL_CHAIN (f))
        {
          if (!DECL_NAME (f))
            continue;
          if (DECL_NAME (f) == DECL_NAME (ref)
              && DECL_SOURCE_LOCATION (f) == DECL_SOURCE_LOCATION (ref))
            return build3 (COMPONENT_REF, TREE_TYPE (f), frame, f, NULL_TREE);
          if (strcmp (IDENTIFIER_POINTER (DECL_NAME (f)), "__chain") == 0)
            outer = f;
        }
      chain = outer ? build3 (COMPONENT_REF, TREE_TYPE (outer), frame, outer,
                              NULL_TREE)
                    : NULL_TREE;
    }
  return NULL_TREE;
}

void
capture_finish_function (function *fn)
{
  tree block = DECL_INITIAL (fn->decl);
  if (!aliases || !block || TREE_CODE (block) != BLOCK)
    return;
  for (tree *p = &BLOCK_VARS (block); *p;)
    {
      tree *ref = aliases->get (*p);
      tree field = ref ? capture_field (fn, *ref) : NULL_TREE;
      if (ref && !field)
        {
          *p = DECL_CHAIN (*p);
          continue;
        }
      if (ref)
        SET_DECL_VALUE_EXPR (*p, build_simple_mem_ref (field));
      p = &DECL_CHAIN (*p);
    }
}

/* Have F use the references of the functions around it.  Functions that share
   a tree (the size of a type that depends on a variable) evaluate it in the
   outermost of them, which has been here before.  */
void
capture_replace (capture_nest *nest, capture_function *f)
{
  capture_walk walk;
  walk.nest = nest;
  walk.function = f;
  walk.loops = walk.binds = 0;
  for (tree parm = DECL_ARGUMENTS (f->decl); parm; parm = DECL_CHAIN (parm))
    capture_replace_type (&walk, TREE_TYPE (parm));
  walk_tree (&DECL_SAVED_TREE (f->decl), capture_replace_tree, &walk, NULL);
  for (tree decl : walk.visible)
    capture_describe (nest, f, decl);
}

