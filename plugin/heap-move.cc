/* heap-move.cc: gives locals a cell in the heap.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   A moved local x becomes *x_heap, where x_heap is a pointer in a register:

     marker of x                x_heap = NEW_CELL (sizeof x, map of x)
     x, x.f, MEM_REF <&x, 8>    *x_heap, x_heap->f, MEM_REF <x_heap, 8>
     &x                         x_heap
     &x.f                       a temporary, computed before the statement:
                                unlike &x.f it is no longer an invariant
     alloca (n)                 NEW_CELL (n, map of the VLA's element)

   It works in these steps:
   1. cell_make makes x_heap for every moved x.
   2. move_rewrite_function turns markers into allocations, removes the other
      clobbers of locals (a clobber is also the end of a scope, and GCC gives
      two locals of different scopes one place in the frame: wrong, if the
      address of the first is still around) and rewrites all operands.
   3. cell_copy_params copies moved parameters in at function entry.
   4. update_ssa brings x_heap into SSA form.  Where a use of x_heap is
      reached by no allocation, it finds the name for "undefined at function
      entry": cell_allocate_undefined makes exactly these the result of an
      allocation.  That covers a local of the outermost scope, one of a scope
      that has no markers, and all paths that we do not foresee.
   5. In a function that calls setjmp, cell_pin_setjmp makes x_heap memory:
      *x_heap becomes `temporary = x_heap; *temporary'.

   The debugger finds x through its DECL_VALUE_EXPR, *x_heap.

   .move.leaf: allocations neither throw nor return twice (their declarations
   say nothrow and leaf), so that a statement before which one is put does not
   have to end its block.  */

#include "heap-cell.h"
#include "options.h"
#include "stages.h"

typedef hash_map<tree, moved_local *> moved_map;

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

bool
heap_move_candidate_p (tree decl)
{
  if (!(VAR_P (decl) || TREE_CODE (decl) == PARM_DECL)
      || !auto_var_in_fn_p (decl, current_function_decl)
      || is_gimple_reg (decl) || DECL_HAS_VALUE_EXPR_P (decl)
      || (VAR_P (decl) && DECL_HARD_REGISTER (decl))
      || TREE_TYPE (decl) == error_mark_node
      || !DECL_SIZE_UNIT (decl)
      || TREE_CODE (DECL_SIZE_UNIT (decl)) != INTEGER_CST)
    return false;

  /* The code generator reads the save area of a nonlocal goto at a fixed
     place in the frame.  */
  tree area = cfun->nonlocal_goto_save_area;
  if (area && get_base_address (area) == decl)
    return false;

  /* The vectorizer finds these arrays by their declarations.  */
  return !lookup_attribute ("omp simd array", DECL_ATTRIBUTES (decl));
}


/* The moved local at the base of REF, NULL if there is none.  */
static moved_local *
move_base (move_walk *walk, tree ref)
{
  tree base = get_base_address (ref);
  if (!base || !(VAR_P (base) || TREE_CODE (base) == PARM_DECL))
    return NULL;
  moved_local **moved = walk->moved->get (base);
  return moved ? *moved : NULL;
}

/* walk_tree's callback that replaces moved locals in place.  Addresses may be
   shared between statements, so they are not changed but made anew.  DATA is
   a walk_stmt_info whose info is the move_walk.  */
static tree
move_rewrite_operand (tree *tp, int *walk_subtrees, void *data)
{
  struct walk_stmt_info *wi = (struct walk_stmt_info *) data;
  move_walk *walk = (move_walk *) wi->info;
  tree t = *tp;

  if (TYPE_P (t) || TREE_CODE (t) == SSA_NAME || CONSTANT_CLASS_P (t))
    *walk_subtrees = 0;
  else if (VAR_P (t) || TREE_CODE (t) == PARM_DECL)
    {
      *walk_subtrees = 0;
      moved_local **moved = walk->moved->get (t);
      if (moved)
        {
          *tp = cell_build_reference (*moved);
          walk->changed = true;
        }
    }
  else if (TREE_CODE (t) == ADDR_EXPR)
    {
      moved_local *moved = move_base (walk, TREE_OPERAND (t, 0));
      *walk_subtrees = 0;
      if (!moved)
        return NULL_TREE;
      walk->changed = true;
      if (TREE_OPERAND (t, 0) == moved->decl)
        {
          *tp = moved->heap;
          return NULL_TREE;
        }

      tree ref = unshare_expr (TREE_OPERAND (t, 0));
      bool bare = tp == walk->bare_address;
      walk_tree (&ref, move_rewrite_operand, data, NULL);
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
move_hide_va_list (gimple_stmt_iterator *gsi, tree list)
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
move_rewrite_stmt (move_walk *walk, gimple_stmt_iterator *gsi)
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
          move_rewrite_stmt (walk, &before);
          return;
        }
    }

  walk_gimple_op (stmt, move_rewrite_operand, &wi);
  if (!walk->changed)
    return;
  if (is_gimple_assign (stmt) && gimple_assign_single_p (stmt)
      && TREE_CODE (gimple_assign_rhs1 (stmt)) == ADDR_EXPR)
    recompute_tree_invariant_for_addr_expr (gimple_assign_rhs1 (stmt));
  update_stmt (stmt);
  if (gimple_call_builtin_p (stmt, BUILT_IN_VA_START))
    move_hide_va_list (gsi, gimple_call_arg (stmt, 0));
}

/* Rewrite the arguments of PHI: an address becomes a temporary at the end of
   the edge.  Nothing can be put on an abnormal edge; there, the pointer is a
   name that is defined where the edge begins.  */
static void
move_rewrite_phi (move_walk *walk, gphi *phi)
{
  for (unsigned i = 0; i < gimple_phi_num_args (phi); i++)
    {
      tree arg = gimple_phi_arg_def (phi, i);
      if (TREE_CODE (arg) != ADDR_EXPR
          || !move_base (walk, TREE_OPERAND (arg, 0)))
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
      move_rewrite_stmt (walk, &gsi);
    }
}

/* walk_tree's callback that finds a moved local; DATA is the moved_map.  */
static tree
move_find_moved (tree *tp, int *walk_subtrees, void *data)
{
  if (TYPE_P (*tp))
    *walk_subtrees = 0;
  else if (DECL_P (*tp) && ((moved_map *) data)->get (*tp))
    return *tp;
  return NULL_TREE;
}

/* Reset what the debug statement STMT says of moved locals.  */
static void
move_rewrite_debug (move_walk *walk, gimple *stmt)
{
  if (gimple_debug_bind_p (stmt) && gimple_debug_bind_has_value_p (stmt)
      && (walk->moved->get (gimple_debug_bind_get_var (stmt))
          || walk_tree (gimple_debug_bind_get_value_ptr (stmt),
                        move_find_moved, walk->moved, NULL)))
    {
      gimple_debug_bind_reset_value (stmt);
      update_stmt (stmt);
    }
}

/* Remove the statement at *GSI, a store.  */
static void
move_remove_store (gimple_stmt_iterator *gsi)
{
  gimple *stmt = gsi_stmt (*gsi);
  unlink_stmt_vdef (stmt);
  gsi_remove (gsi, true);
  release_defs (stmt);
}

/* If the statement at *GSI only says where the life of a local begins or
   ends, handle it, move on and return true.  */
static bool
move_rewrite_life (move_walk *walk, gimple_stmt_iterator *gsi)
{
  gimple *stmt = gsi_stmt (*gsi);
  if (gimple_clobber_p (stmt))
    {
      tree base = get_base_address (gimple_assign_lhs (stmt));
      if (!base || !(VAR_P (base) || TREE_CODE (base) == PARM_DECL))
        return false;
      moved_local **moved = walk->moved->get (base);
      if (moved && scope_marker_p (stmt))
        {
          gcall *call = cell_build_allocation (*moved);
          gimple_call_set_lhs (call, (*moved)->heap);
          gimple_set_location (call, gimple_location (stmt));
          gsi_insert_before (gsi, call, GSI_SAME_STMT);
        }
      move_remove_store (gsi);
      return true;
    }

  /* The address sanitizer's own marks would poison the cell.  */
  if (gimple_call_internal_p (stmt, IFN_ASAN_MARK)
      && TREE_CODE (gimple_call_arg (stmt, 1)) == ADDR_EXPR
      && move_base (walk, TREE_OPERAND (gimple_call_arg (stmt, 1), 0)))
    {
      move_remove_store (gsi);
      return true;
    }
  return false;
}

/* Rewrite all statements of the current function.  */
static void
move_rewrite_function (move_walk *walk)
{
  basic_block bb;
  auto_vec<gphi *> phis;
  FOR_EACH_BB_FN (bb, cfun)
    {
      if (!walk->moved->is_empty ())
        for (gphi_iterator gpi = gsi_start_phis (bb); !gsi_end_p (gpi);
             gsi_next (&gpi))
          phis.safe_push (gpi.phi ());

      for (gimple_stmt_iterator gsi = gsi_start_bb (bb); !gsi_end_p (gsi);)
        {
          if (move_rewrite_life (walk, &gsi))
            continue;
          if (walk->moved->is_empty ())
            ;
          else if (is_gimple_debug (gsi_stmt (gsi)))
            move_rewrite_debug (walk, gsi_stmt (gsi));
          else
            move_rewrite_stmt (walk, &gsi);
          gsi_next (&gsi);
        }
    }
  for (gphi *phi : phis)
    move_rewrite_phi (walk, phi);
}

/* What the VLA or alloca that CALL allocates is made of.  */
static tree
move_alloca_map (gcall *call)
{
  tree lhs = gimple_call_lhs (call);
  if (!lhs || !gimple_call_alloca_for_var_p (call)
      || !POINTER_TYPE_P (TREE_TYPE (lhs)))
    return null_pointer_node;
  tree type = TREE_TYPE (TREE_TYPE (lhs));
  while (TREE_CODE (type) == ARRAY_TYPE)
    type = TREE_TYPE (type);

  /* A VLA of chars is storage for anything.  */
  if (VOID_TYPE_P (type) || !COMPLETE_TYPE_P (type)
      || TREE_CODE (TYPE_SIZE_UNIT (type)) != INTEGER_CST
      || (TREE_CODE (type) == INTEGER_TYPE
          && integer_onep (TYPE_SIZE_UNIT (type))))
    return null_pointer_node;
  return type_map_address (type);
}

/* Make STMT, a call of alloca or of one of its relatives, a heap cell.  */
static void
move_alloca (gimple *stmt)
{
  gcall *call = as_a<gcall *> (stmt);
  unsigned align_nbytes = CELL_ALIGN_NBYTES;
  if (!gimple_call_builtin_p (call, BUILT_IN_ALLOCA))
    align_nbytes = MAX (align_nbytes,
                        tree_to_uhwi (gimple_call_arg (call, 1))
                          / BITS_PER_UNIT);

  gcall *cell = cell_build_new (gimple_call_arg (call, 0), align_nbytes,
                                     move_alloca_map (call));
  gimple_call_set_lhs (cell, gimple_call_lhs (call));
  gimple_move_vops (cell, call);
  gimple_set_location (cell, gimple_location (call));
  gimple_stmt_iterator gsi = gsi_for_stmt (call);
  gsi_replace (&gsi, cell, true);
}


void
heap_move_function (const vec<tree> &decls, const vec<gimple *> &allocas)
{
  auto_vec<moved_local *> locals;
  moved_map moved;
  for (tree decl : decls)
    {
      gcc_assert (heap_move_candidate_p (decl));
      if (moved.get (decl))
        continue;
      locals.safe_push (cell_make (decl));
      moved.put (decl, locals.last ());
    }

  for (gimple *stmt : allocas)
    move_alloca (stmt);

  move_walk walk;
  walk.moved = &moved;
  move_rewrite_function (&walk);
  if (!locals.is_empty ())
    {
      cell_copy_params (locals);
      mark_virtual_operands_for_renaming (cfun);
      update_ssa (TODO_update_ssa);
      cell_allocate_undefined (locals);
      cell_pin_setjmp (locals);
    }

  for (moved_local *local : locals)
    {
      cell_describe (local);
      XDELETE (local);
    }
  free_dominance_info (CDI_DOMINATORS);
  free_dominance_info (CDI_POST_DOMINATORS);
  cgraph_edge::rebuild_edges ();
}
