/* capture.cc: variables that nested functions use, by reference.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   GCC moves every variable of a function F that a nested function uses into
   one object, FRAME, of which F makes one a call.  A variable of a loop's body
   is then the same object in all iterations, and in all closures made there.
   This stage runs before that, on the front end's trees.  It gives each
   captured variable k a pointer, and lets nested functions go through it:

     { int k = i;                       { int *k.ref; int k; k.ref = &k;
       int get (void) { return k; }       k = i;
       fs[i] = get; }                     int get (void) { return *k.ref; } ... }

   What moves into FRAME is k.ref.  It changes only where a scope is entered,
   so a copy of FRAME is as good as FRAME itself to every function that was
   declared where the copy is made.  closure.cc makes such a copy for every
   closure.  And k is an ordinary local whose address is taken: the escape
   stage gives it a cell per iteration, the report and the debugger know it.

   0. capture_fold     at -O0, the values of constants for their names in nested
                       functions, where GCC reads them as such when it
                       optimizes: nothing is captured for them
   1. capture_survey   what nested functions use of the functions around them,
                       which of them are used other than by calling them, and
                       which variables lie in a loop
   2. capture_choose   whether to do it for a function: if closures are made in
                       it, and it has a captured variable in a loop, or a label
                       that a nested function jumps to.  For such a label GCC
                       insists on a FRAME on the stack, from which closures
                       must take their variables with them
   3. capture_plant    k.ref = &k, where k's block begins and behind each label
                       in it, for those who jump into the block
   4. capture_replace  *k.ref for k in the nested functions

   3 and 4 are in capture-rewrite.cc.

   All captured variables of F or none get references.  A variable of variable
   size needs none: GCC itself puts no more than its address into FRAME.

   Not in analyze mode, where the code may not change; not with OpenMP, whose
   clauses name variables.  */

#include "capture.h"
#include "options.h"
#include "escape-front.h"
#include "source-text.h"
#include "stages.h"

/* What closure.cc asks for.  */
static hash_set<tree> *chosen_functions;
static hash_set<tree> *closure_functions;

bool
capture_by_reference_p (tree fndecl)
{
  return chosen_functions && chosen_functions->contains (fndecl);
}

bool
capture_closures_p (tree fndecl)
{
  return closure_functions && closure_functions->contains (fndecl);
}

/* -- 0. Constants.  */

static tree capture_fold_tree (tree *tp, int *walk_subtrees, void *data);

/* The value that DECL has wherever it is read; NULL_TREE: it may have another.
   As the front end has it, but for vectors, whose elements are lvalues.  */
static tree
capture_value (tree decl)
{
  tree type = TREE_TYPE (decl);
  tree value = source_constant_value (decl);

  if (!value || !(POINTER_TYPE_P (type) || INTEGRAL_TYPE_P (type)
                  || SCALAR_FLOAT_TYPE_P (type)
                  || TREE_CODE (type) == COMPLEX_TYPE))
    return NULL_TREE;
  return fold_convert (type, unshare_expr (value));
}

/* Fold the operands of *TP, an expression that computes, and then that.  */
static void
capture_fold_operands (capture_walk *walk, tree *tp)
{
  tree t = *tp;
  bool changed = false;

  for (int i = 0; i < TREE_OPERAND_LENGTH (t); i++)
    {
      tree was = TREE_OPERAND (t, i);
      walk_tree (&TREE_OPERAND (t, i), capture_fold_tree, walk, &walk->seen);
      changed |= TREE_OPERAND (t, i) != was;
    }
  if (changed)
    *tp = fold (t);
}

/* walk_tree's callback of capture_fold; DATA is the capture_walk.  What is read
   of memory, by address or by an asm, is left alone.  */
static tree
capture_fold_tree (tree *tp, int *walk_subtrees, void *data)
{
  tree t = *tp;
  capture_walk *walk = (capture_walk *) data;

  if (VAR_P (t))
    {
      /* It is to be seen again.  */
      walk->seen.remove (t);
      if (decl_function_context (t) != walk->function->decl)
        if (tree value = capture_value (t))
          *tp = value;
      *walk_subtrees = 0;
    }
  else if (TREE_CODE (t) == ASM_EXPR)
    {
      *walk_subtrees = 0;
      for (tree in = ASM_INPUTS (t); in; in = TREE_CHAIN (in))
        if (!VAR_P (TREE_VALUE (in)) || !TREE_ADDRESSABLE (TREE_VALUE (in)))
          walk_tree (&TREE_VALUE (in), capture_fold_tree, walk, &walk->seen);
    }
  else if (TYPE_P (t)
           || (TREE_CODE (t) == ADDR_EXPR
               && get_base_address (TREE_OPERAND (t, 0))
               && capture_value (get_base_address (TREE_OPERAND (t, 0)))))
    *walk_subtrees = 0;
  else if (TREE_CODE (t) == COMPOUND_LITERAL_EXPR)
    walk_tree (&DECL_INITIAL (COMPOUND_LITERAL_EXPR_DECL (t)),
               capture_fold_tree, walk, &walk->seen);
  else if (UNARY_CLASS_P (t) || BINARY_CLASS_P (t) || COMPARISON_CLASS_P (t)
           || TREE_CODE (t) == TRUTH_ANDIF_EXPR
           || TREE_CODE (t) == TRUTH_ORIF_EXPR
           || TREE_CODE (t) == TRUTH_NOT_EXPR
           || (TREE_CODE (t) == COND_EXPR && !VOID_TYPE_P (TREE_TYPE (t))))
    {
      *walk_subtrees = 0;
      capture_fold_operands (walk, tp);
    }
  return NULL_TREE;
}

/* Do in the nested functions of NEST what the front end has left.  */
static void
capture_fold (capture_nest *nest)
{
  for (capture_function *f : nest->functions)
    {
      capture_walk walk;
      walk.nest = nest;
      walk.function = f;
      if (decl_function_context (f->decl))
        walk_tree (&DECL_SAVED_TREE (f->decl), capture_fold_tree, &walk,
                   &walk.seen);
    }
}

/* -- 1. What is used where.  */

/* Note the use of the function FNDECL other than in a call.  */
static void
capture_note_closure (capture_walk *walk, tree fndecl)
{
  for (tree outer = decl_function_context (fndecl); outer;
       outer = decl_function_context (outer))
    if (capture_function **f = walk->nest->by_decl.get (outer))
      (*f)->closures = true;
}

/* What NEST knows of DECL, a variable or parameter.  */
static capture_var *
capture_get_var (capture_nest *nest, tree decl)
{
  bool existed;
  capture_var &var = nest->vars.get_or_insert (decl, &existed);
  if (!existed)
    var = { NULL_TREE, TREE_CODE (decl) == PARM_DECL, false, false };
  return &var;
}

/* Note the use of DECL, a variable or parameter.  */
static void
capture_note_use (capture_walk *walk, tree decl)
{
  tree owner = decl_function_context (decl);
  if (!owner || owner == walk->function->decl || is_global_var (decl))
    return;
  capture_function **f = walk->nest->by_decl.get (owner);
  if (!f)
    return;
  if (!DECL_SIZE (decl) || TREE_CODE (DECL_SIZE (decl)) != INTEGER_CST)
    return;
  if ((VAR_P (decl) && DECL_HARD_REGISTER (decl))
      || DECL_HAS_VALUE_EXPR_P (decl))
    (*f)->impossible = true;
  capture_var *var = capture_get_var (walk->nest, decl);
  if (!var->captured)
    (*f)->captured.safe_push (decl);
  var->captured = true;
}

/* Note the variables that BIND declares, in the function of WALK.  */
static void
capture_note_block (capture_walk *walk, tree bind)
{
  for (tree decl = BIND_EXPR_VARS (bind); decl; decl = DECL_CHAIN (decl))
    if (VAR_P (decl))
      {
        capture_var *var = capture_get_var (walk->nest, decl);
        var->declared = true;
        var->in_loop = (walk->loops > 0
                        || (walk->binds > 0 && walk->function->has_labels));
      }
}

/* Whether T is the address of a function.  */
static bool
function_address_p (tree t)
{
  STRIP_NOPS (t);
  return (TREE_CODE (t) == ADDR_EXPR
          && TREE_CODE (TREE_OPERAND (t, 0)) == FUNCTION_DECL);
}

/* Whether argument I of CALL is a function that is called before CALL returns
   and then forgotten, as that of qsort.  */
static bool
called_now_p (tree call, int i)
{
  tree fndecl = get_callee_fndecl (call);
  const char *word = fndecl ? front_parameter_word (fndecl, i) : NULL;
  return word && word[0] == 'f';
}

static tree capture_survey_tree (tree *tp, int *walk_subtrees, void *data);

static void
capture_survey_operand (capture_walk *walk, tree *tp)
{
  walk_tree (tp, capture_survey_tree, walk, &walk->seen);
}

/* walk_tree's callback of capture_survey; DATA is the capture_walk.  */
static tree
capture_survey_tree (tree *tp, int *walk_subtrees, void *data)
{
  tree t = *tp;
  capture_walk *walk = (capture_walk *) data;
  if (TYPE_P (t))
    {
      *walk_subtrees = 0;
      return NULL_TREE;
    }
  if (TREE_CODE (t) >= OACC_PARALLEL && TREE_CODE (t) <= OMP_CLAUSE)
    walk->nest->openmp = true;

  switch ((int) TREE_CODE (t))
    {
    case VAR_DECL:
    case PARM_DECL:
      capture_note_use (walk, t);
      break;

    case ADDR_EXPR:
      if (TREE_CODE (TREE_OPERAND (t, 0)) == FUNCTION_DECL)
        capture_note_closure (walk, TREE_OPERAND (t, 0));
      break;

    case CALL_EXPR:
      *walk_subtrees = 0;
      if (CALL_EXPR_FN (t) && !function_address_p (CALL_EXPR_FN (t)))
        capture_survey_operand (walk, &CALL_EXPR_FN (t));
      if (CALL_EXPR_STATIC_CHAIN (t))
        capture_survey_operand (walk, &CALL_EXPR_STATIC_CHAIN (t));
      for (int i = 0; i < call_expr_nargs (t); i++)
        if (!function_address_p (CALL_EXPR_ARG (t, i)) || !called_now_p (t, i))
          capture_survey_operand (walk, &CALL_EXPR_ARG (t, i));
      break;

    case COMPOUND_LITERAL_EXPR:
      capture_survey_operand (
        walk, &DECL_INITIAL (COMPOUND_LITERAL_EXPR_DECL (t)));
      break;

    case GOTO_EXPR:
      {
        tree label = GOTO_DESTINATION (t);
        if (TREE_CODE (label) == LABEL_DECL
            && DECL_CONTEXT (label) != walk->function->decl)
          if (capture_function **f
              = walk->nest->by_decl.get (DECL_CONTEXT (label)))
            (*f)->jumped_to = true;
        break;
      }

    case BIND_EXPR:
      capture_note_block (walk, t);
      *walk_subtrees = 0;
      walk->binds++;
      for (tree var = BIND_EXPR_VARS (t); var; var = DECL_CHAIN (var))
        {
          capture_survey_operand (walk, &DECL_INITIAL (var));
          capture_survey_operand (walk, &DECL_SIZE (var));
          capture_survey_operand (walk, &DECL_SIZE_UNIT (var));
        }
      capture_survey_operand (walk, &BIND_EXPR_BODY (t));
      walk->binds--;
      break;

    case FOR_STMT:
    case WHILE_STMT:
    case DO_STMT:
    case LOOP_EXPR:
      *walk_subtrees = 0;
      walk->loops++;
      for (int i = 0; i < TREE_OPERAND_LENGTH (t); i++)
        capture_survey_operand (walk, &TREE_OPERAND (t, i));
      walk->loops--;
      break;
    }
  return NULL_TREE;
}

/* walk_tree's callback that finds a label; WALK_SUBTREES is a callback's.  */
static tree
capture_find_label (tree *tp, int *walk_subtrees, void *)
{
  if (TYPE_P (*tp))
    *walk_subtrees = 0;
  return TREE_CODE (*tp) == LABEL_EXPR ? *tp : NULL_TREE;
}

/* Add NODE's function and all that are nested in it to NEST.  */
static void
capture_add_functions (capture_nest *nest, cgraph_node *node)
{
  capture_function *f = new capture_function ();
  f->decl = node->decl;
  nest->functions.safe_push (f);
  nest->by_decl.put (node->decl, f);
  for (cgraph_node *n = first_nested_function (node); n;
       n = next_nested_function (n))
    capture_add_functions (nest, n);
}

static void
capture_survey (capture_nest *nest)
{
  for (capture_function *f : nest->functions)
    {
      f->has_labels
        = walk_tree_without_duplicates (&DECL_SAVED_TREE (f->decl),
                                        capture_find_label, NULL) != NULL;
      capture_walk walk;
      walk.nest = nest;
      walk.function = f;
      walk.loops = walk.binds = 0;
      capture_survey_operand (&walk, &DECL_SAVED_TREE (f->decl));
    }
}

/* -- 2. Where to do it.  */

/* Give DECL, a captured variable of F, its reference.  */
static void
capture_make_reference (capture_nest *nest, capture_function *f, tree decl)
{
  const char *name
    = DECL_NAME (decl) ? IDENTIFIER_POINTER (DECL_NAME (decl)) : "";

  /* No name of the user's has a dot.  */
  tree ref = build_decl (DECL_SOURCE_LOCATION (decl), VAR_DECL,
                         get_identifier (ACONCAT ((name, ".ref", NULL))),
                         build_pointer_type (TREE_TYPE (decl)));
  DECL_CONTEXT (ref) = f->decl;
  DECL_ARTIFICIAL (ref) = 1;
  DECL_IGNORED_P (ref) = 1;
  TREE_USED (ref) = 1;
  suppress_warning (ref);
  TREE_ADDRESSABLE (decl) = 1;
  nest->vars.get (decl)->ref = ref;
}

/* Choose functions of NEST and make their references.  Returns whether there
   are any.  */
static bool
capture_choose (capture_nest *nest)
{
  bool any = false;
  for (capture_function *f : nest->functions)
    {
      if (!f->closures)
        continue;
      closure_functions->add (f->decl);
      plugin_keep_tree (f->decl);
      bool wanted = f->jumped_to || cairn_options.stress_moveall;
      for (tree decl : f->captured)
        {
          wanted |= nest->vars.get (decl)->in_loop;
          f->impossible |= !nest->vars.get (decl)->declared;
        }
      if (!wanted || f->impossible)
        continue;
      f->chosen = any = true;
      chosen_functions->add (f->decl);
      for (tree decl : f->captured)
        capture_make_reference (nest, f, decl);
    }
  return any;
}

/* PLUGIN_PRE_GENERICIZE: look at FNDECL, an outermost function that has been
   read to its end.  */
static void
capture_nest_of (void *fndecl, void *)
{
  cgraph_node *node = cgraph_node::get ((tree) fndecl);
  if (!node || !first_nested_function (node) || seen_error ())
    return;

  capture_nest nest;
  nest.openmp = false;
  capture_add_functions (&nest, node);
  for (capture_function *f : nest.functions)
    if (!DECL_SAVED_TREE (f->decl))
      return;
  if (!optimize && !flag_openmp && !flag_openacc)
    capture_fold (&nest);
  capture_survey (&nest);
  if (nest.openmp || !capture_choose (&nest))
    return;
  for (capture_function *f : nest.functions)
    if (f->chosen)
      capture_plant (&nest, f);
  for (capture_function *f : nest.functions)
    capture_replace (&nest, f);
}

void
capture_init (const char *plugin_name)
{
  if (cairn_options.analyze)
    return;
  chosen_functions = new hash_set<tree>;
  closure_functions = new hash_set<tree>;
  register_callback (plugin_name, PLUGIN_PRE_GENERICIZE, capture_nest_of,
                     NULL);
}
