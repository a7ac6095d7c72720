/* escape-front.cc: statements to edges.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   The policies for what C leaves open (integers, bytes, inline assembly) are
   those of the design notes, section 4: where a value may carry a pointer's
   bits on, it flows; differences and comparisons of pointers do not.  */

#include "escape-front.h"
#include "source-text.h"
#include "stages.h"

/* Both or all of STMT's operands flow into LHS.  */
static void
read_operands (front_context *c, gassign *stmt, unsigned first, unsigned last)
{
  for (unsigned i = first; i <= last && i < gimple_num_ops (stmt); i++)
    if (tree op = gimple_op (stmt, i))
      {
        tree lhs = gimple_assign_lhs (stmt);
        front_value v = front_operand (c, op);
        /* A pointer made of what is not followed: of a 4-byte integer.  */
        if (!v.loc && POINTER_TYPE_P (TREE_TYPE (lhs))
            && TREE_CODE (op) == SSA_NAME)
          v.loc = &c->g->unknown;
        front_assign (c, lhs, v, "assign");
      }
}

/* The pointer by which REF reads or writes memory if it is a register, else
   NULL_TREE.  */
static tree
base_pointer (tree ref)
{
  while (handled_component_p (ref))
    ref = TREE_OPERAND (ref, 0);
  if (TREE_CODE (ref) != MEM_REF
      || TREE_CODE (TREE_OPERAND (ref, 0)) != SSA_NAME)
    return NULL_TREE;
  return TREE_OPERAND (ref, 0);
}

/* Whether STMT stores in an object what the same object held: "p->a = p->b"
   or "p->a = p->a + 1".  As an object is one location, that is nothing new.
   It is the same object because a register and what is computed from it are
   of one moment: in SSA form no path sets P anew between the load and the
   store, the load's result going to the store without a PHI.  */
static bool
self_assignment_p (gassign *stmt)
{
  tree value = gimple_assign_rhs1 (stmt);
  tree pointer;

  if (!gimple_store_p (stmt) || !gimple_assign_single_p (stmt)
      || !(pointer = base_pointer (gimple_assign_lhs (stmt))))
    return false;
  while (TREE_CODE (value) == SSA_NAME)
    {
      gassign *def = dyn_cast<gassign *> (SSA_NAME_DEF_STMT (value));
      if (!def)
        return false;
      tree_code code = gimple_assign_rhs_code (def);
      if (code != SSA_NAME && code != POINTER_PLUS_EXPR
          && !CONVERT_EXPR_CODE_P (code) && !gimple_assign_load_p (def))
        return false;
      value = gimple_assign_rhs1 (def);
    }
  return base_pointer (value) == pointer;
}

static void
read_assign (front_context *c, gassign *stmt)
{
  tree lhs = gimple_assign_lhs (stmt);
  tree_code code = gimple_assign_rhs_code (stmt);

  if (gimple_clobber_p (stmt) || self_assignment_p (stmt))
    return;
  if (gimple_assign_single_p (stmt)
      && front_copy_structure (c, lhs, gimple_assign_rhs1 (stmt)))
    return;
  if (gimple_assign_single_p (stmt) || CONVERT_EXPR_CODE_P (code)
      || code == VIEW_CONVERT_EXPR || code == PAREN_EXPR
      || code == FIX_TRUNC_EXPR)
    {
      read_operands (c, stmt, 1, 1);
      return;
    }
  /* Arithmetic on a single byte makes no byte of a pointer.  */
  if (INTEGRAL_TYPE_P (TREE_TYPE (lhs))
      && TYPE_PRECISION (TREE_TYPE (lhs)) < POINTER_SIZE
      && code != COND_EXPR)
    return;
  if (TREE_CODE_CLASS (code) == tcc_comparison)
    return;
  switch (code)
    {
    case POINTER_PLUS_EXPR:
      /* An offset is no pointer, unless it is added to nothing.  */
      read_operands (c, stmt, 1,
                     TREE_CODE (gimple_assign_rhs1 (stmt)) == INTEGER_CST
                         ? 2 : 1);
      break;
    case MINUS_EXPR:
    case LSHIFT_EXPR:
    case RSHIFT_EXPR:
    case LROTATE_EXPR:
    case RROTATE_EXPR:
    case NEGATE_EXPR:
    case BIT_NOT_EXPR:
      read_operands (c, stmt, 1, 1);
      break;
    case COND_EXPR:
    case VEC_COND_EXPR:
      read_operands (c, stmt, 2, 3);
      break;
    case POINTER_DIFF_EXPR:
    case MULT_EXPR:
    case TRUNC_DIV_EXPR:
    case CEIL_DIV_EXPR:
    case FLOOR_DIV_EXPR:
    case ROUND_DIV_EXPR:
    case EXACT_DIV_EXPR:
    case TRUNC_MOD_EXPR:
    case CEIL_MOD_EXPR:
    case FLOOR_MOD_EXPR:
    case ROUND_MOD_EXPR:
    case RDIV_EXPR:
    case ABS_EXPR:
    case ABSU_EXPR:
    case FLOAT_EXPR:
    case TRUTH_NOT_EXPR:
    case TRUTH_AND_EXPR:
    case TRUTH_OR_EXPR:
    case TRUTH_XOR_EXPR:
      break;
    default:
      read_operands (c, stmt, 1, gimple_num_ops (stmt) - 1);
      break;
    }
}

/* What inline assembly does with its operands is not known.  */
static void
read_asm (front_context *c, gasm *stmt)
{
  for (unsigned i = 0; i < gimple_asm_ninputs (stmt); i++)
    {
      front_value v
          = front_operand (c, TREE_VALUE (gimple_asm_input_op (stmt, i)));
      if (v.loc)
        esc_flow (c->g, &c->g->heap, v.loc, v.derefs, front_note (c, "asm"));
    }
  for (unsigned i = 0; i < gimple_asm_noutputs (stmt); i++)
    {
      tree link = gimple_asm_output_op (stmt, i);
      tree op = TREE_VALUE (link);
      /* A memory operand may be read as well.  */
      if (TREE_CODE (op) != SSA_NAME)
        {
          front_value v = front_operand (c, op);
          if (v.loc)
            esc_flow (c->g, &c->g->heap, v.loc, v.derefs,
                      front_note (c, "asm"));
        }
      front_assign (c, op, { &c->g->unknown, 0 }, "asm");
    }
}

static void
read_return (front_context *c, greturn *stmt)
{
  tree op = gimple_return_retval (stmt);

  if (!op || TREE_CODE (op) == RESULT_DECL)
    return;
  front_value v = front_operand (c, op);
  if (v.loc)
    esc_flow (c->g, c->f->result, v.loc, v.derefs, front_note (c, "return"));
}

static void
read_statement (front_context *c)
{
  switch (gimple_code (c->stmt))
    {
    case GIMPLE_ASSIGN:
      read_assign (c, as_a<gassign *> (c->stmt));
      break;
    case GIMPLE_CALL:
      front_call (c);
      break;
    case GIMPLE_RETURN:
      read_return (c, as_a<greturn *> (c->stmt));
      break;
    case GIMPLE_ASM:
      read_asm (c, as_a<gasm *> (c->stmt));
      break;
    default:
      /* Conditions, jumps, labels, debug statements move no values.  */
      break;
    }
}

static void
read_phi (front_context *c, gphi *phi, hash_set<edge> *live)
{
  c->stmt = phi;
  if (virtual_operand_p (gimple_phi_result (phi)))
    return;
  for (unsigned i = 0; i < gimple_phi_num_args (phi); i++)
    if (live->contains (gimple_phi_arg_edge (phi, i)))
      front_assign (c, gimple_phi_result (phi),
                    front_operand (c, gimple_phi_arg_def (phi, i)), "assign");
}

void
front_function_declare (front_component *comp, front_function *f)
{
  esc_graph *g = &comp->graph;
  tree fndecl = f->node->decl;
  int n = 0;

  f->ssa.safe_grow_cleared (vec_safe_length (f->fn->gimple_df->ssa_names),
                            true);
  f->result = esc_location_create (g, ESC_RESULT, f->index, 0, fndecl);
  for (tree p = DECL_ARGUMENTS (fndecl); p; p = DECL_CHAIN (p), n++)
    {
      esc_location *l
          = esc_location_create (g, ESC_PARAM, f->index, 0, p);
      enum holds h = type_holds (TREE_TYPE (p));
      l->param = n;
      l->bytes = h == HOLDS_BYTES;
      f->params.safe_push (l);
      if (tree def = ssa_default_def (f->fn, p))
        f->ssa[SSA_NAME_VERSION (def)] = l;
    }
  for (tree p = DECL_ARGUMENTS (fndecl); p; p = DECL_CHAIN (p))
    if (parameter_split_p (TREE_TYPE (p)))
      {
        esc_location *l = esc_location_create (g, ESC_PARAM, f->index, 0, p);
        l->param = n++;
        l->bytes = type_split_p (TREE_TYPE (p));
        f->params.safe_push (l);
      }
  f->records = NULL;
  if (stdarg_p (TREE_TYPE (fndecl)))
    {
      f->records = esc_location_create (g, ESC_PARAM, f->index, 0, NULL);
      f->records->param = n++;
      f->params.safe_push (f->records);
    }
  /* Variable arguments, then the static chain.  */
  for (int i = 0; i < 2; i++, n++)
    {
      esc_location *l = esc_location_create (
          g, ESC_PARAM, f->index, 0, i ? f->fn->static_chain_decl : NULL);
      l->param = n;
      f->params.safe_push (l);
    }
  if (f->fn->static_chain_decl)
    if (tree def = ssa_default_def (f->fn, f->fn->static_chain_decl))
      f->ssa[SSA_NAME_VERSION (def)] = f->params[n - 1];
}

/* Give each local its depth: that of the deepest marker where its storage
   begins.  Those that jumps into its scope pass lie outside of loops.  */
static void
read_markers (front_context *c)
{
  basic_block bb;

  FOR_EACH_BB_FN (bb, cfun)
    {
      unsigned HOST_WIDE_INT mask = c->f->depths.vla_in[bb->index];
      for (gimple_stmt_iterator i = gsi_start_bb (bb); !gsi_end_p (i);
           gsi_next (&i))
        {
          gimple *stmt = gsi_stmt (i);
          if (scope_marker_p (stmt))
            {
              tree decl = gimple_assign_lhs (stmt);
              int depth = depth_of (bb, mask);
              bool existed;
              esc_location *&l = c->f->vars.get_or_insert (decl, &existed);
              if (!existed)
                l = esc_location_create (c->g, ESC_VAR, c->f->index, depth,
                                         decl);
              else
                esc_location_deepen (c->g, l, depth);
            }
          mask = depth_vla_after (&c->f->depths, stmt, mask);
        }
    }
}

/* DECL's address is taken in the source.  If it is a parameter that the code
   has in a register, its variable starts as what was passed all the same.  */
static void
read_register_parameter (front_context *c, tree decl)
{
  int n = 0;

  for (tree p = DECL_ARGUMENTS (c->f->node->decl); p; p = DECL_CHAIN (p), n++)
    if (p == decl && is_gimple_reg (p)
        && type_holds (TREE_TYPE (p)) != HOLDS_NOTHING)
      esc_flow (c->g, front_variable (c, p), c->f->params[n], 0,
                front_note (c, "parameter"));
}

/* In analyze mode the code returns null where the source returns the address
   of a local: read the source.  */
static void
read_damaged_returns (front_context *c)
{
  const vec<tree> *values = parse_damaged_returns (c->f->node->decl);

  for (unsigned i = 0; values && i < values->length (); i++)
    {
      tree value = (*values)[i];
      location_t place = EXPR_LOCATION (value);
      STRIP_NOPS (value);
      /* The statement that there is not, for the report.  */
      c->stmt = gimple_build_return (value);
      gimple_set_location (c->stmt, place);
      if (TREE_CODE (value) != ADDR_EXPR)
        continue;
      tree base = get_base_address (TREE_OPERAND (value, 0));
      if (base && (VAR_P (base) || TREE_CODE (base) == PARM_DECL))
        {
          esc_flow (c->g, c->f->result, front_location (c, value), 0,
                    front_note (c, "return"));
          read_register_parameter (c, base);
        }
      /* The gimplifier has made a VLA what its address points to.  */
      else if (base && TREE_CODE (base) == MEM_REF)
        for (esc_location *o : c->f->objects)
          {
            gimple *call = (gimple *) const_cast<void *> (o->entity);
            tree lhs = gimple_call_lhs (call);
            if (lhs && TREE_CODE (lhs) == SSA_NAME
                && SSA_NAME_VAR (lhs) == TREE_OPERAND (base, 0))
              esc_flow (c->g, c->f->result, o, -1, front_note (c, "return"));
          }
    }
}

void
front_function_read (front_component *comp, front_function *f)
{
  front_context c = { comp, f, &comp->graph, NULL, 0 };
  basic_block bb;
  unsigned n = 0, second = list_length (DECL_ARGUMENTS (f->node->decl));

  hash_set<edge> live;

  depth_map_compute (f);
  read_markers (&c);
  front_lists_declare (&c);
  /* A parameter in memory is a variable that starts as what was passed.  */
  for (tree p = DECL_ARGUMENTS (f->node->decl); p; p = DECL_CHAIN (p), n++)
    if (type_split_p (TREE_TYPE (p)))
      front_split_parameter (&c, p, f->params[n], f->params[second++]);
    else if (second += va_list_pointer_p (TREE_TYPE (p)),
             !is_gimple_reg (p) && type_holds (TREE_TYPE (p)) != HOLDS_NOTHING)
      front_assign (&c, p, { f->params[n], 0 }, "parameter");
  if (f->fn->static_chain_decl && !is_gimple_reg (f->fn->static_chain_decl))
    esc_flow (c.g, front_variable (&c, f->fn->static_chain_decl),
              f->params.last (), 0, front_note (&c, "static chain"));

  source_constant_edges (&live);
  FOR_EACH_BB_FN (bb, cfun)
    {
      unsigned HOST_WIDE_INT mask = f->depths.vla_in[bb->index];
      bool reached = false;
      edge_iterator it;
      edge e;
      FOR_EACH_EDGE (e, it, bb->preds)
        reached |= live.contains (e);
      if (!reached)
        continue;
      c.depth = depth_of (bb, mask);
      for (gphi_iterator i = gsi_start_phis (bb); !gsi_end_p (i);
           gsi_next (&i))
        read_phi (&c, i.phi (), &live);
      for (gimple_stmt_iterator i = gsi_start_bb (bb); !gsi_end_p (i);
           gsi_next (&i))
        {
          c.stmt = gsi_stmt (i);
          if (is_gimple_debug (c.stmt))
            continue;
          c.depth = depth_of (bb, mask);
          read_statement (&c);
          mask = depth_vla_after (&f->depths, c.stmt, mask);
        }
    }
  read_damaged_returns (&c);
  front_size_limits (&c);
}
