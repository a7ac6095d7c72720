/* moved-local.cc: rewrites what names a moved local.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

     x, x.f, MEM_REF <&x, 8>    *p, p->f, MEM_REF <p, 8>
     &x                         p
     &x.f                       a temporary, computed before the statement:
                                unlike &x.f it is no longer an invariant

   where p stands for the pointer and the constant that make x's place.  */

#include "moved-local.h"

/* The state of the rewriting of one function.  GSI is at the statement whose
   operands are being rewritten; temporaries go before it.  BARE_ADDRESS is an
   operand of it where an address that is not an invariant may stay, NULL if
   there is none.  CHANGED is set when an operand changes.  */
struct move_walk
{
  moved_map *moved;
  gimple_stmt_iterator *gsi;
  tree *bare_address;
  bool changed;
};

moved_local *
moved_base (moved_map *map, tree ref)
{
  tree base = get_base_address (ref);
  if (!base || !DECL_P (base))
    return NULL;
  moved_local **moved = map->get (base);
  return moved ? *moved : NULL;
}

tree
moved_build_reference (const moved_local *moved)
{
  tree decl = moved->decl;
  tree offset = build_int_cst (reference_alias_ptr_type (decl),
                               moved->offset_nbytes);
  tree ref = build2 (MEM_REF, TREE_TYPE (decl), moved->pointer, offset);
  TREE_THIS_VOLATILE (ref) = TREE_THIS_VOLATILE (decl);
  TREE_SIDE_EFFECTS (ref) = TREE_THIS_VOLATILE (decl);
  TREE_THIS_NOTRAP (ref) = 1;
  return ref;
}

void
moved_copy_param (gimple_seq *seq, const moved_local *moved)
{
  tree parm = moved->decl;
  tree value = parm;
  if (is_gimple_reg_type (TREE_TYPE (parm)))
    {
      TREE_ADDRESSABLE (parm) = 0;
      DECL_NOT_GIMPLE_REG_P (parm) = 0;
      if (is_gimple_reg (parm))
        value = get_or_create_ssa_default_def (cfun, parm);
      else
        {
          value = make_ssa_name (TYPE_MAIN_VARIANT (TREE_TYPE (parm)));
          gimple_seq_add_stmt (seq, gimple_build_assign (value, parm));
        }
    }
  gimple_seq_add_stmt (
    seq, gimple_build_assign (moved_build_reference (moved), value));
}

/* walk_tree's callback that replaces moved locals in place.  Addresses may be
   shared between statements, so they are not changed but made anew.  DATA is
   a walk_stmt_info whose info is the move_walk.  */
static tree
moved_rewrite_operand (tree *tp, int *walk_subtrees, void *data)
{
  struct walk_stmt_info *wi = (struct walk_stmt_info *) data;
  move_walk *walk = (move_walk *) wi->info;
  tree t = *tp;

  if (TYPE_P (t) || TREE_CODE (t) == SSA_NAME || CONSTANT_CLASS_P (t))
    *walk_subtrees = 0;
  else if (VAR_P (t) || TREE_CODE (t) == PARM_DECL
           || TREE_CODE (t) == RESULT_DECL)
    {
      *walk_subtrees = 0;
      moved_local **moved = walk->moved->get (t);
      if (moved)
        {
          *tp = moved_build_reference (*moved);
          walk->changed = true;
        }
    }
  else if (TREE_CODE (t) == ADDR_EXPR)
    {
      moved_local *moved = moved_base (walk->moved, TREE_OPERAND (t, 0));
      *walk_subtrees = 0;
      if (!moved)
        return NULL_TREE;
      walk->changed = true;
      if (TREE_OPERAND (t, 0) == moved->decl && !moved->offset_nbytes)
        {
          *tp = moved->pointer;
          return NULL_TREE;
        }

      tree ref = unshare_expr (TREE_OPERAND (t, 0));
      bool bare = tp == walk->bare_address;
      walk_tree (&ref, moved_rewrite_operand, data, NULL);
      tree address = build1 (ADDR_EXPR, TREE_TYPE (t), ref);
      if (!bare)
        {
          tree temporary = make_ssa_name (TREE_TYPE (t));
          gassign *assign = gimple_build_assign (temporary, address);
          gimple_set_location (assign,
                               gimple_location (gsi_stmt (*walk->gsi)));
          gsi_insert_before (walk->gsi, assign, GSI_SAME_STMT);
          address = temporary;
        }
      *tp = address;
    }
  return NULL_TREE;
}

/* Put a barrier after the call at *GSI, of va_start on the list LIST that has
   moved.  GCC 12 miscompiles a va_list that is not a local: when it knows the
   list's contents, it reads register arguments at places in the frame that do
   not allow for arguments pushed in the meantime.  The barrier keeps it from
   knowing.  */
static void
moved_hide_va_list (gimple_stmt_iterator *gsi, tree list)
{
  vec<tree, va_gc> *inputs = NULL;
  vec<tree, va_gc> *clobbers = NULL;
  vec_safe_push (inputs,
                 build_tree_list (build_tree_list (NULL_TREE,
                                                   build_string (2, "r")),
                                  list));
  vec_safe_push (clobbers,
                 build_tree_list (NULL_TREE, build_string (7, "memory")));
  gasm *barrier
    = gimple_build_asm_vec ("", inputs, NULL, clobbers, NULL);
  gimple_asm_set_volatile (barrier, true);
  gimple_set_location (barrier, gimple_location (gsi_stmt (*gsi)));
  gsi_insert_after (gsi, barrier, GSI_NEW_STMT);
}

/* Rewrite the operands of the statement at *GSI and leave *GSI at the last of
   the statements that it becomes.  */
static void
moved_rewrite_stmt (move_walk *walk, gimple_stmt_iterator *gsi)
{
  gimple *stmt = gsi_stmt (*gsi);
  walk->gsi = gsi;
  walk->changed = false;
  walk->bare_address = NULL;
  if (gimple_assign_single_p (stmt) && is_gimple_reg (gimple_assign_lhs (stmt)))
    walk->bare_address = gimple_assign_rhs1_ptr (stmt);

  struct walk_stmt_info wi;
  memset (&wi, 0, sizeof (wi));
  wi.info = walk;

  /* A return statement may name a variable, but not a reference.  */
  if (greturn *ret = dyn_cast<greturn *> (stmt))
    {
      tree value = gimple_return_retval (ret);
      if (value && DECL_P (value) && walk->moved->get (value))
        {
          tree copy = create_tmp_var (TREE_TYPE (value));
          gassign *assign = gimple_build_assign (copy, value);
          gimple_set_location (assign, gimple_location (ret));
          gsi_insert_before (gsi, assign, GSI_SAME_STMT);
          gimple_return_set_retval (ret, copy);
          update_stmt (ret);
          gimple_stmt_iterator before = *gsi;
          gsi_prev (&before);
          moved_rewrite_stmt (walk, &before);
          return;
        }
    }

  walk_gimple_op (stmt, moved_rewrite_operand, &wi);
  if (!walk->changed)
    return;
  if (is_gimple_assign (stmt) && gimple_assign_single_p (stmt)
      && TREE_CODE (gimple_assign_rhs1 (stmt)) == ADDR_EXPR)
    recompute_tree_invariant_for_addr_expr (gimple_assign_rhs1 (stmt));
  update_stmt (stmt);
  if (gimple_call_builtin_p (stmt, BUILT_IN_VA_START))
    moved_hide_va_list (gsi, gimple_call_arg (stmt, 0));
}

/* Rewrite the arguments of PHI: an address becomes a temporary at the end of
   the edge.  Nothing can be put on an abnormal edge; there, the pointer is a
   name that is defined where the edge begins.  */
static void
moved_rewrite_phi (move_walk *walk, gphi *phi)
{
  for (unsigned i = 0; i < gimple_phi_num_args (phi); i++)
    {
      tree arg = gimple_phi_arg_def (phi, i);
      if (TREE_CODE (arg) != ADDR_EXPR
          || !moved_base (walk->moved, TREE_OPERAND (arg, 0)))
        continue;

      edge e = gimple_phi_arg_edge (phi, i);
      tree temporary = make_ssa_name (TREE_TYPE (arg));
      gassign *assign = gimple_build_assign (temporary, unshare_expr (arg));
      gimple_stmt_iterator gsi;
      if (e->flags & EDGE_ABNORMAL)
        {
          gsi = gsi_last_bb (e->src);
          if (gsi_end_p (gsi))
            gsi_insert_after (&gsi, assign, GSI_NEW_STMT);
          else
            {
              gsi_insert_before (&gsi, assign, GSI_SAME_STMT);
              gsi_prev (&gsi);
            }
          SSA_NAME_OCCURS_IN_ABNORMAL_PHI (temporary) = 1;
        }
      else
        {
          basic_block fresh = split_edge (e);
          gsi = gsi_start_bb (fresh);
          gsi_insert_after (&gsi, assign, GSI_NEW_STMT);
          e = single_succ_edge (fresh);
        }
      SET_PHI_ARG_DEF (phi, e->dest_idx, temporary);
      moved_rewrite_stmt (walk, &gsi);
    }
}

/* walk_tree's callback that finds a moved local; DATA is the moved_map.  */
static tree
moved_find (tree *tp, int *walk_subtrees, void *data)
{
  if (TYPE_P (*tp))
    *walk_subtrees = 0;
  else if (DECL_P (*tp) && ((moved_map *) data)->get (*tp))
    return *tp;
  return NULL_TREE;
}

/* Reset what the debug statement STMT says of moved locals.  */
static void
moved_rewrite_debug (move_walk *walk, gimple *stmt)
{
  if (gimple_debug_bind_p (stmt) && gimple_debug_bind_has_value_p (stmt)
      && (walk->moved->get (gimple_debug_bind_get_var (stmt))
          || walk_tree (gimple_debug_bind_get_value_ptr (stmt),
                        moved_find, walk->moved, NULL)))
    {
      gimple_debug_bind_reset_value (stmt);
      update_stmt (stmt);
    }
}

void
moved_remove_store (gimple_stmt_iterator *gsi)
{
  gimple *stmt = gsi_stmt (*gsi);
  unlink_stmt_vdef (stmt);
  gsi_remove (gsi, true);
  release_defs (stmt);
}

void
moved_rewrite_function (moved_map *moved,
                        bool (*life) (moved_map *moved,
                                      gimple_stmt_iterator *gsi))
{
  move_walk walk;
  basic_block bb;
  auto_vec<gphi *> phis;
  walk.moved = moved;
  FOR_EACH_BB_FN (bb, cfun)
    {
      if (!moved->is_empty ())
        for (gphi_iterator gpi = gsi_start_phis (bb); !gsi_end_p (gpi);
             gsi_next (&gpi))
          phis.safe_push (gpi.phi ());

      for (gimple_stmt_iterator gsi = gsi_start_bb (bb); !gsi_end_p (gsi);)
        {
          if (life (moved, &gsi))
            continue;
          if (moved->is_empty ())
            ;
          else if (is_gimple_debug (gsi_stmt (gsi)))
            moved_rewrite_debug (&walk, gsi_stmt (gsi));
          else
            moved_rewrite_stmt (&walk, &gsi);
          gsi_next (&gsi);
        }
    }
  for (gphi *phi : phis)
    moved_rewrite_phi (&walk, phi);
}
