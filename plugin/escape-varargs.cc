/* escape-varargs.cc: variable arguments and the lists that lead to them.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   The variable arguments of a call are one place, but for one distinction,
   which functions in the manner of printf live by.  An argument that is a
   pointer to a structure must not be read as a pointer to characters (C11,
   7.16.1.1: the types must be compatible, or one a pointer to void and the
   other one to characters).  So what `va_arg (ap, char *)' gives is none of
   the pointers to structures.

     records   arguments `&s' that are pointers to structures: by the type that
               they have in the source, since GIMPLE does not know
               `(char *) &s' from `&s'.  The front end's trees tell
               (varargs_note_call).
     others    all else

   Of pointers to structures only addresses of the function's own variables
   count, for the sake of programs that break the rule.  Those find what they
   look for: a variable that stays in its frame lives as long as C says.  An
   allocated object that became a part of the frame would not.

   Each va_list is two to the graph: the list itself, which leads to both, and
   its companion, which is what readers of pointers to characters see and leads
   to the others only.  All that is done to the list in the ways of <stdarg.h>
   is done to the companion, too; a list that is used in any other way flows
   into its companion, so that the two are the same.

   With -fno-strict-aliasing nothing is told apart.  */

#include "escape-front.h"
#include "stages.h"

/* -- Records.  */

/* By the place of a call: bit I says that argument I of all calls there is a
   pointer to a structure.  */
static hash_map<location_hash, unsigned HOST_WIDE_INT> *record_arguments;

/* Whether types are what they are.  */
static bool
types_hold_p (void)
{
  return !OPTION_SET_P (flag_strict_aliasing) || flag_strict_aliasing;
}

void
varargs_note_call (tree call)
{
  location_t loc = get_pure_location (EXPR_LOCATION (call));
  tree fn = CALL_EXPR_FN (call);
  unsigned HOST_WIDE_INT mask = 0;
  bool existed;

  if (loc == UNKNOWN_LOCATION || !fn || !POINTER_TYPE_P (TREE_TYPE (fn))
      || !FUNC_OR_METHOD_TYPE_P (TREE_TYPE (TREE_TYPE (fn))))
    return;
  for (int i = 0; i < call_expr_nargs (call) && i < HOST_BITS_PER_WIDE_INT;
       i++)
    {
      tree type = TREE_TYPE (CALL_EXPR_ARG (call, i));
      if (POINTER_TYPE_P (type) && TREE_CODE (TREE_TYPE (type)) == RECORD_TYPE)
        mask |= HOST_WIDE_INT_1U << i;
    }
  if (!record_arguments)
    record_arguments = new hash_map<location_hash, unsigned HOST_WIDE_INT>;
  unsigned HOST_WIDE_INT &all = record_arguments->get_or_insert (loc,
                                                                 &existed);
  all = existed ? all & mask : mask;
}

bool
varargs_record_p (gimple *call, unsigned i)
{
  location_t loc = get_pure_location (gimple_location (call));
  tree arg = gimple_call_arg (call, i);

  if (!record_arguments || loc == UNKNOWN_LOCATION
      || i >= HOST_BITS_PER_WIDE_INT || !types_hold_p ()
      || TREE_CODE (arg) != ADDR_EXPR)
    return false;
  tree base = get_base_address (TREE_OPERAND (arg, 0));
  if (!base || !DECL_P (base) || !auto_var_in_fn_p (base, cfun->decl))
    return false;
  unsigned HOST_WIDE_INT *mask = record_arguments->get (loc);
  return mask && (*mask >> i & 1);
}

/* -- Lists.  */

bool
va_list_pointer_p (tree type)
{
  tree list = va_list_type_node;

  if (TREE_CODE (list) == ARRAY_TYPE)
    list = TREE_TYPE (list);
  return POINTER_TYPE_P (type)
         && TYPE_MAIN_VARIANT (TREE_TYPE (type)) == TYPE_MAIN_VARIANT (list);
}

/* Whether DECL is a local va_list.  */
static bool
list_variable_p (tree decl)
{
  return VAR_P (decl) && !is_global_var (decl)
         && TYPE_MAIN_VARIANT (TREE_TYPE (decl))
              == TYPE_MAIN_VARIANT (va_list_type_node);
}

/* Whether argument I of CALL is a list that the call uses, or hands on, as
   one.  */
static bool
list_argument_p (gimple *call, unsigned i)
{
  auto_vec<tree> types;

  if (gimple_call_internal_p (call))
    return gimple_call_internal_fn (call) == IFN_VA_ARG && i == 0;
  tree fndecl = gimple_call_fndecl (call);
  if (fndecl && fndecl_built_in_p (fndecl, BUILT_IN_NORMAL))
    switch (DECL_FUNCTION_CODE (fndecl))
      {
      case BUILT_IN_VA_START:
      case BUILT_IN_VA_END:
        return i == 0;
      case BUILT_IN_VA_COPY:
        return i < 2;
      default:
        break;
      }
  cgraph_node *node = fndecl ? front_sure_callee (fndecl) : NULL;
  return argument_types (call, node ? node->decl : NULL_TREE,
                         fndecl ? TREE_TYPE (fndecl)
                                : gimple_call_fntype (call), &types)
         && i < types.length () && va_list_pointer_p (types[i]);
}

/* How often DECL, a list, and its address are used in a statement.  */
struct list_uses
{
  tree decl;
  unsigned n;
};

static bool
note_use (gimple *, tree base, tree, void *data)
{
  list_uses *uses = (list_uses *) data;

  uses->n += get_base_address (base) == uses->decl;
  return false;
}

/* Whether STMT uses the local list DECL as no list is used.  */
static bool
misused_p (gimple *stmt, tree decl)
{
  list_uses uses = { decl, 0 };

  walk_stmt_load_store_addr_ops (stmt, &uses, note_use, note_use, note_use);
  if (uses.n && is_gimple_call (stmt))
    for (unsigned i = 0; i < gimple_call_num_args (stmt); i++)
      {
        tree arg = gimple_call_arg (stmt, i);
        if (TREE_CODE (arg) == ADDR_EXPR
            && get_base_address (TREE_OPERAND (arg, 0)) == decl
            && list_argument_p (stmt, i))
          uses.n--;
      }
  return uses.n > 0;
}

/* The same for the parameter NAME, a register.  */
static bool
parameter_misused_p (tree name)
{
  imm_use_iterator it;
  use_operand_p use;

  FOR_EACH_IMM_USE_FAST (use, it, name)
    {
      gimple *stmt = USE_STMT (use);
      bool fine = is_gimple_debug (stmt);
      if (is_gimple_call (stmt))
        for (unsigned i = 0; i < gimple_call_num_args (stmt); i++)
          fine |= gimple_call_arg_ptr (stmt, i) == use->use
                  && list_argument_p (stmt, i);
      if (!fine)
        return true;
    }
  return false;
}

/* Make the companion of the local list DECL.  */
static void
make_companion (front_context *c, tree decl)
{
  basic_block bb;
  bool misused = false;
  /* An object of no call: it has an address, and nobody else.  */
  esc_location *o
    = esc_location_create (c->g, ESC_OBJECT, c->f->index, 0, NULL);

  c->f->lists.put (decl, o);
  FOR_EACH_BB_FN (bb, cfun)
    {
      for (gphi_iterator i = gsi_start_phis (bb); !gsi_end_p (i);
           gsi_next (&i))
        misused |= misused_p (i.phi (), decl);
      for (gimple_stmt_iterator i = gsi_start_bb (bb); !gsi_end_p (i);
           gsi_next (&i))
        if (!gimple_clobber_p (gsi_stmt (i)) && !is_gimple_debug (gsi_stmt (i)))
          misused |= misused_p (gsi_stmt (i), decl);
    }
  if (misused)
    esc_flow (c->g, o, front_variable (c, decl), 0, front_note (c, "copy"));
}

void
front_lists_declare (front_context *c)
{
  unsigned n = 0, second = list_length (DECL_ARGUMENTS (c->f->node->decl));
  tree decl;
  unsigned i;

  c->stmt = NULL;
  for (tree p = DECL_ARGUMENTS (c->f->node->decl); p; p = DECL_CHAIN (p), n++)
    if (parameter_split_p (TREE_TYPE (p)))
      {
        esc_location *companion = c->f->params[second++];
        if (!va_list_pointer_p (TREE_TYPE (p)))
          continue;
        tree name = ssa_default_def (cfun, p);
        c->f->lists.put (p, companion);
        if (!is_gimple_reg (p) || (name && parameter_misused_p (name)))
          esc_store (c->g, companion, 0, c->f->params[n], 1,
                     front_note (c, "copy"));
      }
  FOR_EACH_LOCAL_DECL (cfun, i, decl)
    if (list_variable_p (decl) && !c->f->lists.get (decl))
      make_companion (c, decl);
}

esc_location *
front_list_chars (front_context *c, tree op)
{
  tree decl = NULL_TREE;

  if (TREE_CODE (op) == ADDR_EXPR)
    decl = get_base_address (TREE_OPERAND (op, 0));
  else if (TREE_CODE (op) == SSA_NAME && SSA_NAME_IS_DEFAULT_DEF (op))
    decl = SSA_NAME_VAR (op);
  esc_location **companion = decl ? c->f->lists.get (decl) : NULL;
  if (!companion)
    return NULL;
  if ((*companion)->kind == ESC_PARAM)
    return *companion;
  esc_location *t = front_temp (c);
  esc_flow (c->g, t, *companion, -1, front_note (c, "address-of"));
  return t;
}

/* Whether TYPE is a pointer to characters.  */
static bool
char_pointer_p (tree type)
{
  return POINTER_TYPE_P (type) && TREE_CODE (TREE_TYPE (type)) == INTEGER_TYPE
         && TYPE_PRECISION (TREE_TYPE (type)) == CHAR_TYPE_SIZE;
}

/* The call sets the list TO to VALUE, or to what the list FROM is if that is
   not NULL_TREE; the companion gets CHARS instead of VALUE.  */
static void
set_list (front_context *c, tree to, tree from, esc_location *value,
          esc_location *chars, const char *why)
{
  esc_location *list = front_location (c, to);
  esc_location *companion = front_list_chars (c, to);

  if (from)
    {
      value = front_location (c, from);
      chars = front_list_chars (c, from);
      chars = chars ? chars : value;
    }
  if (list && value)
    esc_store (c->g, list, 0, value, from ? 1 : 0, front_note (c, why));
  if (companion && chars)
    esc_store (c->g, companion, 0, chars, from ? 1 : 0, front_note (c, why));
}

void
front_va_start (front_context *c)
{
  esc_location *others = front_temp (c);
  esc_location *all = front_temp (c);

  esc_flow (c->g, others, c->f->params[c->f->params.length () - 2], -1,
            front_note (c, "va_start"));
  esc_flow (c->g, all, others, 0, front_note (c, "assign"));
  if (c->f->records)
    esc_flow (c->g, all, c->f->records, -1, front_note (c, "va_start"));
  set_list (c, gimple_call_arg (c->stmt, 0), NULL_TREE, all, others,
            "va_start");
}

void
front_va_copy (front_context *c)
{
  set_list (c, gimple_call_arg (c->stmt, 0), gimple_call_arg (c->stmt, 1),
            NULL, NULL, "va_copy");
}

void
front_va_arg (front_context *c)
{
  tree lhs = gimple_call_lhs (c->stmt);
  tree list = gimple_call_arg (c->stmt, 0);
  esc_location *from = NULL;

  if (!lhs)
    return;
  /* The second argument is a null pointer to what is read.  */
  if (char_pointer_p (TREE_TYPE (TREE_TYPE (gimple_call_arg (c->stmt, 1))))
      && types_hold_p ())
    from = front_list_chars (c, list);
  if (!from)
    from = front_location (c, list);
  /* From the list's address through the list to the argument.  */
  if (from)
    front_assign (c, lhs, { from, 2 }, "call result");
}

void
varargs_finish (void)
{
  delete record_arguments;
  record_arguments = NULL;
}
