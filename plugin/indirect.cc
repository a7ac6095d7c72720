/* indirect.cc: which functions an indirect call can reach.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   A pointer's value is followed from the call backwards, through copies,
   conditions, results of the file's functions and parameters of those whose
   callers are all known.  That ends in one of
     a function          known exactly
     a constant table    any function in its initializer
     a family            the pointer was loaded from a place that only this
                         file can write, a field of a private structure or a
                         static variable: it is any function of the file that
                         has the pointer's type and whose address is taken
     anything else       nothing is known

   A family is all functions of one type (function-type.h), not those seen
   stored in one field: structures that begin alike are used for one another in
   C, and copied as bytes.  It is foreign if a pointer of its type may come from
   outside the program, or be to a function of another type:
     a value is converted to it, from another type or from an integer
     it comes from a union, from the system, or out of assembly
     the address of a place that holds one is taken: so dlsym's results are
     stored
   Then, and if a value of which nothing is known is stored in a place that only
   this file can write, it is open.  */

#include "indirect.h"
#include "function-type.h"
#include "private-type.h"

#include <map>
#include <string>

/* All functions of one type whose address is taken.  */
struct family
{
  tree type;                  /* The function type.  */
  bool foreign;
  bool open;
  auto_vec<tree> functions;
  auto_vec<family *> sources; /* Values from these are stored in its places. */
};

/* By the text of the type.  */
static std::map<std::string, family *> *families;

/* What the search for the origin of a value has found.  */
struct origin
{
  bool unknown;
  auto_vec<tree> functions;
  auto_vec<family *> families;
  hash_set<tree> seen; /* Names and functions whose results were followed.  */
};

/* A place in memory that holds a pointer to a function.  */
enum place
{
  PLACE_ANY,   /* Anybody may write it.  */
  PLACE_TABLE, /* Nobody writes it: a constant with an initializer.  */
  PLACE_OURS   /* Only this file writes it.  */
};

/* The family of functions of TYPE.  */
static family *
family_of (tree type)
{
  family *&f = (*families)[function_type_text (type)];

  if (!f)
    {
      f = new family;
      f->type = type;
      f->foreign = f->open = !prototype_p (type);
    }
  return f;
}

/* The field that REF is or that holds the array REF is an element of.  */
static tree
place_field (tree ref)
{
  while (TREE_CODE (ref) == ARRAY_REF || TREE_CODE (ref) == ARRAY_RANGE_REF)
    ref = TREE_OPERAND (ref, 0);
  return TREE_CODE (ref) == COMPONENT_REF ? TREE_OPERAND (ref, 1) : NULL_TREE;
}

/* Whether VAR is a constant whose initializer is the one that counts.  */
static bool
table_p (tree var)
{
  varpool_node *node;

  return VAR_P (var) && is_global_var (var) && TREE_READONLY (var)
         && !TREE_THIS_VOLATILE (var) && DECL_INITIAL (var)
         && DECL_INITIAL (var) != error_mark_node
         && (node = varpool_node::get (var)) != NULL
         && node->get_availability () > AVAIL_INTERPOSABLE;
}

/* What kind of place REF is, which holds a pointer to a function; *TABLE is
   the constant for PLACE_TABLE.  */
static enum place
place_kind (tree ref, tree *table)
{
  tree base = ref;
  bool in_union = false;

  for (; handled_component_p (base); base = TREE_OPERAND (base, 0))
    if (TREE_CODE (base) == VIEW_CONVERT_EXPR
        || TREE_CODE (TREE_TYPE (TREE_OPERAND (base, 0))) == UNION_TYPE)
      in_union = true;
  if (!in_union && table_p (base))
    {
      *table = base;
      return PLACE_TABLE;
    }
  if (in_union)
    return PLACE_ANY;
  if (tree field = place_field (ref))
    return private_type_p (DECL_CONTEXT (field)) ? PLACE_OURS : PLACE_ANY;
  if (VAR_P (base) && TREE_STATIC (base) && !TREE_PUBLIC (base)
      && !TREE_ADDRESSABLE (base))
    return PLACE_OURS;
  return PLACE_ANY;
}

/* walk_tree: collect the functions in an initializer.  */
static tree
collect_function (tree *tp, int *walk_subtrees, void *data)
{
  if (TREE_CODE (*tp) == FUNCTION_DECL)
    ((origin *) data)->functions.safe_push (*tp);
  if (TYPE_P (*tp) || DECL_P (*tp))
    *walk_subtrees = 0;
  return NULL_TREE;
}

/* The value of a place is wanted.  */
static void
follow_place (tree ref, origin *o)
{
  tree table;

  switch (place_kind (ref, &table))
    {
    case PLACE_TABLE:
      walk_tree_without_duplicates (&DECL_INITIAL (table), collect_function,
                                    o);
      break;
    case PLACE_OURS:
      o->families.safe_push (family_of (TREE_TYPE (TREE_TYPE (ref))));
      break;
    case PLACE_ANY:
      o->unknown = true;
      break;
    }
}

static void follow_value (tree value, auto_vec<tree> *todo, origin *o);

/* What FNDECL returns is wanted.  */
static void
follow_result (tree fndecl, auto_vec<tree> *todo, origin *o)
{
  cgraph_node *node = fndecl ? cgraph_node::get (fndecl) : NULL;
  enum availability avail;
  edge e;
  edge_iterator ei;

  if (node)
    node = node->ultimate_alias_target (&avail);
  if (!node || avail <= AVAIL_INTERPOSABLE || !node->has_gimple_body_p ())
    {
      o->unknown = true;
      return;
    }
  if (o->seen.add (node->decl))
    return;
  function *fn = DECL_STRUCT_FUNCTION (node->decl);
  FOR_EACH_EDGE (e, ei, EXIT_BLOCK_PTR_FOR_FN (fn)->preds)
    if (greturn *ret = safe_dyn_cast<greturn *> (last_stmt (e->src)))
      {
        if (tree value = gimple_return_retval (ret))
          follow_value (value, todo, o);
      }
    else
      o->unknown = true;
}

/* The value that parameter PARM has on entry is wanted.  */
static void
follow_parameter (tree parm, auto_vec<tree> *todo, origin *o)
{
  cgraph_node *node = cgraph_node::get (DECL_CONTEXT (parm));
  unsigned n = 0;

  /* Only direct calls, and all of them, are known.  */
  if (!node || TREE_PUBLIC (node->decl) || node->address_taken
      || node->externally_visible || node->has_aliases_p ()
      || lookup_attribute ("used", DECL_ATTRIBUTES (node->decl)))
    {
      o->unknown = true;
      return;
    }
  for (tree p = DECL_ARGUMENTS (node->decl); p != parm; p = DECL_CHAIN (p))
    n++;
  for (cgraph_edge *e = node->callers; e; e = e->next_caller)
    if (e->call_stmt && n < gimple_call_num_args (e->call_stmt))
      follow_value (gimple_call_arg (e->call_stmt, n), todo, o);
    else
      o->unknown = true;
}

/* VALUE is wanted: a register, a constant or a memory reference.  */
static void
follow_value (tree value, auto_vec<tree> *todo, origin *o)
{
  if (TREE_CODE (value) == SSA_NAME)
    {
      if (!o->seen.add (value))
        todo->safe_push (value);
    }
  else if (TREE_CODE (value) == ADDR_EXPR
           && TREE_CODE (TREE_OPERAND (value, 0)) == FUNCTION_DECL)
    o->functions.safe_push (TREE_OPERAND (value, 0));
  else if (TREE_CODE (value) == INTEGER_CST)
    ; /* Null, or a mark that no one calls.  */
  else if (function_pointer_p (TREE_TYPE (value)))
    follow_place (value, o);
  else
    o->unknown = true;
}

/* The register NAME is wanted.  */
static void
follow_name (tree name, auto_vec<tree> *todo, origin *o)
{
  gimple *def = SSA_NAME_DEF_STMT (name);

  if (SSA_NAME_IS_DEFAULT_DEF (name))
    {
      tree var = SSA_NAME_VAR (name);
      if (var && TREE_CODE (var) == PARM_DECL)
        follow_parameter (var, todo, o);
      else
        o->unknown = true;
      return;
    }
  if (gphi *phi = dyn_cast<gphi *> (def))
    for (unsigned i = 0; i < gimple_phi_num_args (phi); i++)
      follow_value (gimple_phi_arg_def (phi, i), todo, o);
  else if (gimple_assign_single_p (def) || gimple_assign_cast_p (def))
    follow_value (gimple_assign_rhs1 (def), todo, o);
  else if (is_gimple_assign (def) && gimple_assign_rhs_code (def) == COND_EXPR)
    {
      follow_value (gimple_assign_rhs2 (def), todo, o);
      follow_value (gimple_assign_rhs3 (def), todo, o);
    }
  else if (is_gimple_call (def) && !gimple_call_internal_p (def))
    follow_result (gimple_call_fndecl (def), todo, o);
  else
    o->unknown = true;
}

/* Find out where VALUE comes from.  */
static void
find_origin (tree value, origin *o)
{
  auto_vec<tree> todo;

  o->unknown = false;
  follow_value (value, &todo, o);
  while (!todo.is_empty () && !o->unknown)
    follow_name (todo.pop (), &todo, o);
}

/* -- What opens families.  */

/* VALUE is stored in a place of ours that belongs to F.  */
static void
note_store (family *f, tree value)
{
  origin o;

  if (f->open)
    return;
  find_origin (value, &o);
  f->open |= o.unknown;
  for (tree fn : o.functions)
    f->open |= !function_type_same_p (TREE_TYPE (fn), f->type);
  for (family *source : o.families)
    if (!function_type_same_p (source->type, f->type))
      f->open = true;
    else if (source != f)
      f->sources.safe_push (source);
}

/* The address of the place REF is taken: stores in it are not seen.  */
static void
note_address (tree ref)
{
  tree type = TREE_TYPE (ref);
  tree base = get_base_address (ref);

  while (TREE_CODE (type) == ARRAY_TYPE)
    type = TREE_TYPE (type);
  if (function_pointer_p (type) && !(base && table_p (base)))
    family_of (TREE_TYPE (type))->foreign = true;
}

/* Whether REF is a place of which other code than the program's knows, or that
   is also one of another type.  */
static bool
foreign_place_p (tree ref)
{
  for (; handled_component_p (ref); ref = TREE_OPERAND (ref, 0))
    if (TREE_CODE (ref) == VIEW_CONVERT_EXPR
        || TREE_CODE (TREE_TYPE (TREE_OPERAND (ref, 0))) == UNION_TYPE
        || (TREE_CODE (ref) == COMPONENT_REF
            && DECL_IN_SYSTEM_HEADER (TREE_OPERAND (ref, 1))))
      return true;
  return DECL_P (ref) && DECL_IN_SYSTEM_HEADER (ref);
}

/* A value of type TO is made of VALUE.  */
static void
note_conversion (tree to, tree value)
{
  if (!to || !value || !function_pointer_p (to)
      || TREE_CODE (value) == INTEGER_CST)
    return;
  STRIP_NOPS (value);
  tree from = TREE_TYPE (value);
  if (TREE_CODE (value) == ADDR_EXPR
      && TREE_CODE (TREE_OPERAND (value, 0)) == FUNCTION_DECL)
    from = build_pointer_type (TREE_TYPE (TREE_OPERAND (value, 0)));
  if (!function_pointer_p (from)
      || !function_type_same_p (TREE_TYPE (from), TREE_TYPE (to))
      || (TREE_CODE (value) != SSA_NAME && foreign_place_p (value)))
    family_of (TREE_TYPE (to))->foreign = true;
}

/* walk_tree: an initializer, or an operand of a statement.  */
static tree
note_operand (tree *tp, int *walk_subtrees, void *)
{
  tree t = *tp;
  unsigned i;
  tree field, value;

  if (TYPE_P (t) || DECL_P (t))
    *walk_subtrees = 0;
  else if (TREE_CODE (t) == CONSTRUCTOR)
    FOR_EACH_CONSTRUCTOR_ELT (CONSTRUCTOR_ELTS (t), i, field, value)
      note_conversion (field && TREE_CODE (field) == FIELD_DECL
                         ? TREE_TYPE (field) : TREE_TYPE (TREE_TYPE (t)),
                       value);
  else if (TREE_CODE (t) == ADDR_EXPR)
    note_address (TREE_OPERAND (t, 0));
  return NULL_TREE;
}

/* LHS, in memory, receives VALUE; NULL_TREE: something unknown.  */
static void
note_assignment (tree lhs, tree value)
{
  tree table;

  if (!lhs || TREE_CODE (lhs) == SSA_NAME
      || !function_pointer_p (TREE_TYPE (lhs))
      || place_kind (lhs, &table) != PLACE_OURS)
    return;
  family *f = family_of (TREE_TYPE (TREE_TYPE (lhs)));
  if (value)
    note_store (f, value);
  else
    f->open = true;
}

static void
note_call (gcall *call)
{
  tree lhs = gimple_call_lhs (call);
  tree fndecl = gimple_call_fndecl (call);
  tree fntype = gimple_call_fntype (call);
  unsigned i = 0;

  if (lhs && function_pointer_p (TREE_TYPE (lhs))
      && (!fndecl || DECL_IN_SYSTEM_HEADER (fndecl)
          || fndecl_built_in_p (fndecl)))
    family_of (TREE_TYPE (TREE_TYPE (lhs)))->foreign = true;
  if (lhs && TREE_CODE (lhs) != SSA_NAME)
    note_assignment (lhs, NULL_TREE);
  if (fntype && prototype_p (fntype))
    for (tree a = TYPE_ARG_TYPES (fntype);
         a && a != void_list_node && i < gimple_call_num_args (call);
         a = TREE_CHAIN (a), i++)
      note_conversion (TREE_VALUE (a), gimple_call_arg (call, i));
}

/* STMT, in a function that returns RESULT.  */
static void
note_statement (gimple *stmt, tree result)
{
  walk_stmt_info wi;

  if (is_gimple_debug (stmt))
    return;
  memset (&wi, 0, sizeof wi);
  if (gimple_code (stmt) != GIMPLE_PHI)
    walk_gimple_op (stmt, note_operand, &wi);
  if (gcall *call = dyn_cast<gcall *> (stmt))
    note_call (call);
  else if (is_gimple_assign (stmt) && !gimple_clobber_p (stmt))
    {
      bool chosen = gimple_assign_rhs_code (stmt) == COND_EXPR;
      for (unsigned i = chosen ? 2 : 1; i < gimple_num_ops (stmt); i++)
        note_conversion (TREE_TYPE (gimple_assign_lhs (stmt)),
                         gimple_op (stmt, i));
      if (gimple_assign_single_p (stmt))
        note_assignment (gimple_assign_lhs (stmt), gimple_assign_rhs1 (stmt));
    }
  else if (greturn *ret = dyn_cast<greturn *> (stmt))
    note_conversion (result, gimple_return_retval (ret));
  else if (gphi *phi = dyn_cast<gphi *> (stmt))
    for (unsigned i = 0; i < gimple_phi_num_args (phi); i++)
      {
        tree arg = gimple_phi_arg_def (phi, i);
        note_conversion (TREE_TYPE (gimple_phi_result (phi)), arg);
        if (TREE_CODE (arg) == ADDR_EXPR)
          note_address (TREE_OPERAND (arg, 0));
      }
  else if (gasm *a = dyn_cast<gasm *> (stmt))
    for (unsigned i = 0; i < gimple_asm_noutputs (a); i++)
      {
        tree type = TREE_TYPE (TREE_VALUE (gimple_asm_output_op (a, i)));
        if (function_pointer_p (type))
          family_of (TREE_TYPE (type))->foreign = true;
      }
}

/* Open what receives values from open families.  */
static void
propagate_open (void)
{
  bool changed;

  for (auto &it : *families)
    it.second->open |= it.second->foreign;
  do
    {
      changed = false;
      for (auto &it : *families)
        if (!it.second->open)
          for (family *source : it.second->sources)
            if (source->open)
              changed = it.second->open = true;
    }
  while (changed);
}

void
indirect_init (void)
{
  cgraph_node *node;
  varpool_node *var;
  basic_block bb;

  families = new std::map<std::string, family *>;
  FOR_EACH_FUNCTION (node)
    if (node->address_taken && !node->alias)
      family_of (TREE_TYPE (node->decl))->functions.safe_push (node->decl);
  FOR_EACH_VARIABLE (var)
    if (tree init = DECL_INITIAL (var->decl))
      if (init != error_mark_node)
        walk_tree_without_duplicates (&DECL_INITIAL (var->decl),
                                      note_operand, NULL);
  FOR_EACH_FUNCTION_WITH_GIMPLE_BODY (node)
    FOR_EACH_BB_FN (bb, DECL_STRUCT_FUNCTION (node->decl))
      {
        tree result = TREE_TYPE (TREE_TYPE (node->decl));
        for (gphi_iterator i = gsi_start_phis (bb); !gsi_end_p (i);
             gsi_next (&i))
          note_statement (i.phi (), result);
        for (gimple_stmt_iterator i = gsi_start_bb (bb); !gsi_end_p (i);
             gsi_next (&i))
          note_statement (gsi_stmt (i), result);
      }
  propagate_open ();
}

void
indirect_each_type (void (*fn) (const std::string &type,
                                const vec<tree> &functions, bool foreign))
{
  for (auto &it : *families)
    fn (it.first, it.second->functions, it.second->foreign);
}

/* Add FN to CALLEES, which are those of a call of type TYPE.  */
static void
add_callee (callee_set *callees, tree fn, tree type)
{
  if (!function_type_same_p (TREE_TYPE (fn), type))
    callees->open = true;
  else if (!callees->functions.contains (fn))
    callees->functions.safe_push (fn);
}

void
indirect_callees (gcall *call, callee_set *callees)
{
  tree type = gimple_call_fntype (call);
  origin o;

  callees->open = false;
  find_origin (gimple_call_fn (call), &o);
  if (o.unknown || !prototype_p (type))
    callees->open = true;
  for (unsigned i = 0; !callees->open && i < o.functions.length (); i++)
    add_callee (callees, o.functions[i], type);
  for (family *f : o.families)
    {
      if (f->open || !function_type_same_p (f->type, type))
        callees->open = true;
      for (unsigned i = 0; !callees->open && i < f->functions.length (); i++)
        add_callee (callees, f->functions[i], type);
    }
  /* Somebody else sets what is called and not set here.  */
  if (callees->functions.is_empty ())
    callees->open = true;
}

void
indirect_finish (void)
{
  for (auto &it : *families)
    delete it.second;
  delete families;
  families = NULL;
}
