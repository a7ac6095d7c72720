/* heap-place.cc: where the cells of moved locals are allocated.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   A cell is allocated where its local's scope is entered.  When optimizing,
   that is put off, so that what is used on a slow path only costs nothing on
   the fast one:

     sinking   The allocation moves to the last place before all uses that runs
               at most once for each time the scope is entered.
     waiting   If no place that hands on the local's address is on every way
               from there, the pointer to the cell starts as null, or as the
               address of a place in the frame if the local is used before.
               The first place to hand on the address finds it so, allocates,
               and moves the local over.  */

#include "heap-cell.h"
#include "stages.h"

/* So many places that hand on the address may have a test.  */
static const unsigned MAX_FIRSTS = 8;

/* The greatest local that waits in the frame.  */
static const unsigned MAX_WAITING_NBYTES = 128;

/* Whether control can come back to BB once it has left it, without passing
   TOP.  */
static bool
cell_in_cycle_p (basic_block bb, basic_block top)
{
  auto_sbitmap seen (last_basic_block_for_fn (cfun));
  bitmap_clear (seen);
  auto_vec<basic_block> work;
  work.safe_push (bb);
  while (!work.is_empty ())
    {
      edge e;
      edge_iterator ei;
      FOR_EACH_EDGE (e, ei, work.pop ()->succs)
        {
          if (e->dest == bb)
            return true;
          if (e->dest != top && bitmap_set_bit (seen, e->dest->index))
            work.safe_push (e->dest);
        }
    }
  return false;
}

/* Whether anything but debug statements uses NAME.  */
static bool
cell_used_p (tree name)
{
  imm_use_iterator iter;
  use_operand_p use;
  FOR_EACH_IMM_USE_FAST (use, iter, name)
    if (!is_gimple_debug (USE_STMT (use)))
      return true;
  return false;
}

/* The last block that every use of NAME comes after and that runs at most
   once each time that TOP does, which dominates all uses; NULL if nothing but
   debug statements uses NAME.  */
static basic_block
cell_allocation_block (tree name, basic_block top)
{
  basic_block block = NULL;
  imm_use_iterator iter;
  use_operand_p use;
  FOR_EACH_IMM_USE_FAST (use, iter, name)
    {
      gimple *stmt = USE_STMT (use);
      if (is_gimple_debug (stmt))
        continue;
      basic_block bb = gimple_bb (stmt);
      if (gimple_code (stmt) == GIMPLE_PHI)
        bb = gimple_phi_arg_edge (as_a<gphi *> (stmt),
                                  PHI_ARG_INDEX_FROM_USE (use))->src;
      block = block ? nearest_common_dominator (CDI_DOMINATORS, block, bb)
                    : bb;
    }
  while (block && block != top && cell_in_cycle_p (block, top))
    block = get_immediate_dominator (CDI_DOMINATORS, block);
  return block;
}

/* Put CALL, which defines NAME, into BB before the first use of NAME.  */
static void
cell_insert_allocation (gcall *call, tree name, basic_block bb)
{
  gimple_stmt_iterator gsi = gsi_after_labels (bb);
  while (!gsi_end_p (gsi) && !stmt_ends_bb_p (gsi_stmt (gsi)))
    {
      ssa_op_iter iter;
      tree op;
      FOR_EACH_SSA_TREE_OPERAND (op, gsi_stmt (gsi), iter, SSA_OP_USE)
        if (op == name && !is_gimple_debug (gsi_stmt (gsi)))
          {
            gsi_insert_before (&gsi, call, GSI_SAME_STMT);
            return;
          }
      gsi_next (&gsi);
    }
  gsi_insert_before (&gsi, call, GSI_SAME_STMT);
}

/* Reset the debug statements that use NAME: its definition may come after
   them.  */
static void
cell_reset_debug_uses (tree name)
{
  imm_use_iterator iter;
  gimple *stmt;
  FOR_EACH_IMM_USE_STMT (stmt, iter, name)
    if (gimple_debug_bind_p (stmt))
      {
        gimple_debug_bind_reset_value (stmt);
        update_stmt (stmt);
      }
}

void
cell_allocate_undefined (const vec<moved_local *> &locals,
                         vec<gcall *> *calls)
{
  bool changed = false;
  for (moved_local *moved : locals)
    {
      tree name = ssa_default_def (cfun, moved->heap);
      if (!name || !cell_used_p (name))
        continue;
      set_ssa_default_def (cfun, moved->heap, NULL_TREE);
      cell_reset_debug_uses (name);
      gcall *call = cell_build_allocation (moved);
      gimple_call_set_lhs (call, name);
      cell_insert_at_entry (call);
      calls->safe_push (call);
      if (MAY_HAVE_DEBUG_BIND_STMTS && target_for_debug_bind (moved->heap))
        {
          gimple_stmt_iterator gsi = gsi_for_stmt (call);
          gsi_insert_after (&gsi,
                            gimple_build_debug_bind (moved->heap, name, call),
                            GSI_SAME_STMT);
        }
      changed = true;
    }
  if (changed)
    {
      mark_virtual_operands_for_renaming (cfun);
      update_ssa (TODO_update_ssa_only_virtuals);
    }
}

/* Move the allocation CALL, of NAME, to BB.  */
static void
cell_sink (gcall *call, tree name, basic_block bb)
{
  gimple_stmt_iterator gsi = gsi_for_stmt (call);

  cell_reset_debug_uses (name);
  unlink_stmt_vdef (call);
  gsi_remove (&gsi, false);
  cell_insert_allocation (call, name, bb);
}

/* Whether STMT uses NAME, the pointer to a cell, for more than an access to the
   cell: it hands on an address.  */
static bool
cell_hands_on_p (gimple *stmt, tree name)
{
  if (gimple_code (stmt) == GIMPLE_ASM)
    return true;
  for (unsigned i = 0; i < gimple_num_ops (stmt); i++)
    {
      tree op = gimple_op (stmt, i);
      if (op && TREE_CODE (op) == ADDR_EXPR)
        {
          op = get_base_address (TREE_OPERAND (op, 0));
          if (op && TREE_CODE (op) == MEM_REF)
            op = TREE_OPERAND (op, 0);
        }
      if (op == name)
        return true;
    }
  return false;
}

/* The first statement of BB that uses NAME; if HANDED_ON, the first that hands
   it on.  */
static gimple *
cell_first_use (tree name, basic_block bb, bool handed_on)
{
  for (gimple_stmt_iterator gsi = gsi_start_bb (bb); !gsi_end_p (gsi);
       gsi_next (&gsi))
    {
      gimple *stmt = gsi_stmt (gsi);
      ssa_op_iter iter;
      tree op;
      if (!is_gimple_debug (stmt))
        FOR_EACH_SSA_TREE_OPERAND (op, stmt, iter, SSA_OP_USE)
          if (op == name && (!handed_on || cell_hands_on_p (stmt, name)))
            return stmt;
    }
  return NULL;
}

/* The blocks that hand on NAME, without those that another such block
   dominates.  Sets *COVERED to whether they dominate all other uses, too.
   Returns false if a PHI uses NAME.  */
static bool
cell_first_blocks (tree name, auto_vec<basic_block> *firsts, bool *covered)
{
  imm_use_iterator iter;
  use_operand_p use;
  auto_vec<basic_block> blocks;
  auto_vec<basic_block> all;

  FOR_EACH_IMM_USE_FAST (use, iter, name)
    {
      gimple *stmt = USE_STMT (use);
      basic_block bb = gimple_bb (stmt);
      if (gimple_code (stmt) == GIMPLE_PHI)
        return false;
      if (is_gimple_debug (stmt))
        continue;
      if (!all.contains (bb))
        all.safe_push (bb);
      if (cell_hands_on_p (stmt, name) && !blocks.contains (bb))
        blocks.safe_push (bb);
    }
  for (basic_block bb : blocks)
    {
      bool dominated = false;
      for (basic_block other : blocks)
        dominated |= other != bb
                     && dominated_by_p (CDI_DOMINATORS, bb, other);
      if (!dominated)
        firsts->safe_push (bb);
    }
  *covered = true;
  for (basic_block bb : all)
    {
      bool dominated = false;
      for (basic_block first : *firsts)
        dominated |= dominated_by_p (CDI_DOMINATORS, bb, first);
      *covered &= dominated;
    }
  return true;
}

/* Where the local that the pointer HEAP leads to waits in the frame for its
   cell.  */
static tree
cell_make_waiting_place (tree heap)
{
  tree type = TREE_TYPE (TREE_TYPE (heap));
  tree place = create_tmp_var (type, "waiting");

  TREE_ADDRESSABLE (place) = 1;
  DECL_SEEN_IN_BIND_EXPR_P (place) = 1;
  suppress_warning (place);
  return place;
}

/* Make an allocation before STMT like CALL, unless HEAP, the pointer to the
   cell, is no longer WAITING.  PLACE is what that points to, or NULL_TREE.  */
static void
cell_allocate_tested (gimple *stmt, gcall *call, tree heap, tree waiting,
                      tree place)
{
  gimple_stmt_iterator gsi = gsi_for_stmt (stmt);
  gsi_prev (&gsi);
  gimple *before = gsi_end_p (gsi) ? NULL : gsi_stmt (gsi);
  gcond *cond
    = gimple_build_cond (EQ_EXPR, heap, waiting, NULL_TREE, NULL_TREE);
  basic_block bb = insert_cond_bb (gimple_bb (stmt), before, cond,
                                   profile_probability::unlikely ());
  gcall *fresh = as_a<gcall *> (gimple_copy (call));
  gimple_call_set_lhs (fresh, heap);
  gimple_set_vdef (fresh, NULL_TREE);
  gimple_set_vuse (fresh, NULL_TREE);
  gsi = gsi_start_bb (bb);
  gsi_insert_after (&gsi, fresh, GSI_NEW_STMT);
  if (!place)
    return;
  tree cell = build_simple_mem_ref (heap);
  tree value = place;
  if (is_gimple_reg_type (TREE_TYPE (place)))
    {
      value = make_ssa_name (TYPE_MAIN_VARIANT (TREE_TYPE (place)));
      gsi_insert_after (&gsi, gimple_build_assign (value, place),
                        GSI_NEW_STMT);
    }
  gsi_insert_after (&gsi, gimple_build_assign (cell, value), GSI_NEW_STMT);
}

/* Let the uses of NAME in the blocks FIRSTS allocate what CALL does.  COVERED:
   there are no uses before.  */
static void
cell_allocate_late (gcall *call, tree name, const vec<basic_block> &firsts,
                    bool covered)
{
  tree heap = SSA_NAME_VAR (name);
  tree place = covered ? NULL_TREE : cell_make_waiting_place (heap);
  tree waiting = covered ? build_zero_cst (TREE_TYPE (heap))
                         : build1 (ADDR_EXPR, TREE_TYPE (heap), place);
  imm_use_iterator iter;
  use_operand_p use;
  gimple *stmt;

  cell_reset_debug_uses (name);
  for (basic_block first : firsts)
    cell_allocate_tested (cell_first_use (name, first, !covered), call, heap,
                          waiting, place);
  FOR_EACH_IMM_USE_STMT (stmt, iter, name)
    {
      FOR_EACH_IMM_USE_ON_STMT (use, iter)
        SET_USE (use, heap);
      update_stmt (stmt);
    }
  gimple_stmt_iterator gsi = gsi_for_stmt (call);
  gsi_insert_before (&gsi, gimple_build_assign (heap, waiting),
                     GSI_SAME_STMT);
  unlink_stmt_vdef (call);
  gsi_remove (&gsi, true);
  release_ssa_name (name);
}

/* Whether the allocation of NAME, which could sink to BB, had better wait for
   the first of FIRSTS, blocks that hand it on: none is passed on every way.
   COVERED is what cell_first_blocks says.  */
static bool
cell_waits_p (tree name, basic_block bb, const vec<basic_block> &firsts,
              bool covered)
{
  tree type = TREE_TYPE (TREE_TYPE (SSA_NAME_VAR (name)));
  bool waits = !ssa_default_def (cfun, SSA_NAME_VAR (name))
               && !firsts.is_empty () && firsts.length () <= MAX_FIRSTS
               && (covered
                   || (!TYPE_VOLATILE (type)
                       && compare_tree_int (TYPE_SIZE_UNIT (type),
                                            MAX_WAITING_NBYTES) <= 0));

  calculate_dominance_info (CDI_POST_DOMINATORS);
  for (basic_block first : firsts)
    waits = waits && !dominated_by_p (CDI_POST_DOMINATORS, bb, first);
  return waits;
}

/* How many of CALLS define names of the variable that NAME is one of.  */
static unsigned
cell_count_siblings (const vec<gcall *> &calls, tree name)
{
  unsigned n = 0;

  for (gcall *call : calls)
    n += (call && TREE_CODE (gimple_call_lhs (call)) == SSA_NAME
          && SSA_NAME_VAR (gimple_call_lhs (call)) == SSA_NAME_VAR (name));
  return n;
}

void
cell_sink_allocations (vec<gcall *> &calls)
{
  bool changed = false;

  /* Without optimization the debugger sees variables everywhere.  */
  if (!optimize || cfun->calls_setjmp)
    return;
  for (unsigned i = 0; i < calls.length (); i++)
    {
      gcall *call = calls[i];
      tree name = gimple_call_lhs (call);
      if (TREE_CODE (name) != SSA_NAME)
        continue;
      basic_block top = gimple_bb (call);
      basic_block bb = cell_allocation_block (name, top);
      if (!bb)
        continue;
      auto_vec<basic_block> firsts;
      bool covered;
      if (cell_count_siblings (calls, name) == 1
          && cell_first_blocks (name, &firsts, &covered)
          && cell_waits_p (name, bb, firsts, covered))
        {
          cell_allocate_late (call, name, firsts, covered);
          calls[i] = NULL;
          free_dominance_info (CDI_POST_DOMINATORS);
          free_dominance_info (CDI_DOMINATORS);
          update_ssa (TODO_update_ssa);
          calculate_dominance_info (CDI_DOMINATORS);
        }
      else if (bb != top)
        cell_sink (call, name, bb);
      changed = true;
    }
  if (changed)
    {
      mark_virtual_operands_for_renaming (cfun);
      update_ssa (TODO_update_ssa_only_virtuals);
    }
}
