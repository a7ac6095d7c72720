/* heap-place.cc: where the cells of moved locals are allocated.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   A cell is allocated where its local's scope is entered.  When optimizing,
   that is put off, so that what is used on a slow path only costs nothing on
   the fast one.  This is a pass of its own, after inlining: what the fast path
   of a callee does with the address can be seen by then.

     sinking   The allocation moves to the last place before all uses that runs
               at most once for each time the scope is entered.
     waiting   If no place that hands on the local's address is on every way
               from there, the pointer to the cell starts as null, or as the
               address of a place in the frame if the local is used before.
               The first place to hand on the address finds it so, allocates,
               and moves the local over.  If none is left, the local stays in
               the frame.  */

#include "heap-cell.h"
#include "options.h"
#include "stages.h"

/* So many places that hand on the address may have a test.  */
static const unsigned MAX_FIRSTS = 8;

/* The greatest local that waits in the frame.  */
static const unsigned MAX_WAITING_NBYTES = 128;

/* Whether control can come back to BB once it has left it, without passing
   TOP.  */
static bool
place_in_cycle_p (basic_block bb, basic_block top)
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

/* The last block that every use of NAME comes after and that runs at most
   once each time that TOP does, which dominates all uses; NULL if nothing but
   debug statements uses NAME.  */
static basic_block
place_block (tree name, basic_block top)
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
  while (block && block != top && place_in_cycle_p (block, top))
    block = get_immediate_dominator (CDI_DOMINATORS, block);
  return block;
}

/* Put CALL, which defines NAME, into BB before the first use of NAME.  */
static void
place_before_first_use (gcall *call, tree name, basic_block bb)
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

/* Move the allocation CALL, of NAME, to BB.  */
static void
place_sink (gcall *call, tree name, basic_block bb)
{
  gimple_stmt_iterator gsi = gsi_for_stmt (call);

  cell_reset_debug_uses (name);
  unlink_stmt_vdef (call);
  gsi_remove (&gsi, false);
  place_before_first_use (call, name, bb);
}

/* walk_tree: whether the tree is DATA.  */
static tree
place_find_name (tree *tp, int *walk_subtrees, void *data)
{
  if (TYPE_P (*tp))
    *walk_subtrees = 0;
  return *tp == (tree) data ? *tp : NULL_TREE;
}

/* Whether STMT uses NAME, the pointer to a cell, for more than an access to the
   cell: it hands on an address, or a part of it.  */
static bool
place_hands_on_p (gimple *stmt, tree name)
{
  if (gimple_code (stmt) == GIMPLE_ASM)
    return true;
  for (unsigned i = 0; i < gimple_num_ops (stmt); i++)
    {
      tree op = gimple_op (stmt, i);
      tree base = op;
      while (base && handled_component_p (base))
        base = TREE_OPERAND (base, 0);
      bool access = base && TREE_CODE (base) == MEM_REF
                    && TREE_OPERAND (base, 0) == name;
      if (op && !access
          && walk_tree_without_duplicates (&op, place_find_name, name))
        return true;
    }
  return false;
}

/* The first statement of BB that uses NAME; if HANDED_ON, the first that hands
   it on.  */
static gimple *
place_first_use (tree name, basic_block bb, bool handed_on)
{
  for (gimple_stmt_iterator gsi = gsi_start_bb (bb); !gsi_end_p (gsi);
       gsi_next (&gsi))
    {
      gimple *stmt = gsi_stmt (gsi);
      ssa_op_iter iter;
      tree op;
      if (!is_gimple_debug (stmt))
        FOR_EACH_SSA_TREE_OPERAND (op, stmt, iter, SSA_OP_USE)
          if (op == name && (!handed_on || place_hands_on_p (stmt, name)))
            return stmt;
    }
  return NULL;
}

/* The blocks that hand on NAME, without those that another such block
   dominates.  Sets *COVERED to whether they dominate all other uses, too.
   Returns false if a PHI uses NAME.  */
static bool
place_first_blocks (tree name, auto_vec<basic_block> *firsts, bool *covered)
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
      if (place_hands_on_p (stmt, name) && !blocks.contains (bb))
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
  *covered = !firsts->is_empty ();
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
place_make_waiting (tree heap)
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
place_tested (gimple *stmt, gcall *call, tree heap, tree waiting,
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
place_late (gcall *call, tree name, const vec<basic_block> &firsts,
            bool covered)
{
  tree heap = SSA_NAME_VAR (name);
  tree place = covered ? NULL_TREE : place_make_waiting (heap);
  tree waiting = covered ? build_zero_cst (TREE_TYPE (heap))
                         : build1 (ADDR_EXPR, TREE_TYPE (heap), place);
  imm_use_iterator iter;
  use_operand_p use;
  gimple *stmt;

  cell_reset_debug_uses (name);
  for (basic_block first : firsts)
    place_tested (place_first_use (name, first, !covered), call, heap,
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
   COVERED is what place_first_blocks says.  */
static bool
place_waits_p (tree name, basic_block bb, const vec<basic_block> &firsts,
               bool covered)
{
  tree type = TREE_TYPE (TREE_TYPE (SSA_NAME_VAR (name)));
  if (firsts.is_empty ())
    return !TYPE_VOLATILE (type);
  bool waits = firsts.length () <= MAX_FIRSTS
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
place_count_siblings (const vec<gcall *> &calls, tree name)
{
  unsigned n = 0;

  for (gcall *call : calls)
    n += (call
          && SSA_NAME_VAR (gimple_call_lhs (call)) == SSA_NAME_VAR (name));
  return n;
}

/* The allocations of cells in the current function.  */
static void
place_collect (auto_vec<gcall *> *calls)
{
  tree decls[] = { entry_point_decl (ENTRY_NEW_CELL),
                   entry_point_decl (ENTRY_NEW_CELL_ALIGNED) };
  basic_block bb;

  FOR_EACH_BB_FN (bb, cfun)
    for (gimple_stmt_iterator gsi = gsi_start_bb (bb); !gsi_end_p (gsi);
         gsi_next (&gsi))
      if (gcall *call = dyn_cast<gcall *> (gsi_stmt (gsi)))
        if ((gimple_call_fndecl (call) == decls[0]
             || gimple_call_fndecl (call) == decls[1])
            && gimple_call_lhs (call)
            && TREE_CODE (gimple_call_lhs (call)) == SSA_NAME)
          calls->safe_push (call);
}

/* Whether the cell that CALL allocates is an object of the type that NAME
   points to, as that of a local is: alloca's and a VLA's are not.  */
static bool
place_whole_p (gcall *call, tree name)
{
  tree type = TREE_TYPE (TREE_TYPE (SSA_NAME_VAR (name)));

  return COMPLETE_TYPE_P (type) && TYPE_SIZE_UNIT (type)
         && tree_int_cst_equal (TYPE_SIZE_UNIT (type),
                                gimple_call_arg (call, 0));
}

/* Put the allocation CALLS[I] where it is needed.  Returns whether it moved or
   went.  */
static bool
place_one (vec<gcall *> &calls, unsigned i)
{
  gcall *call = calls[i];
  tree name = gimple_call_lhs (call);
  auto_vec<basic_block> firsts;
  bool covered;

  if (!SSA_NAME_VAR (name)
      || SSA_NAME_OCCURS_IN_ABNORMAL_PHI (name)
      || TREE_CODE (gimple_call_arg (call, 0)) != INTEGER_CST)
    return false;
  basic_block top = gimple_bb (call);
  basic_block bb = place_block (name, top);
  if (!bb)
    return false;
  if (place_whole_p (call, name) && place_count_siblings (calls, name) == 1
      && place_first_blocks (name, &firsts, &covered)
      && place_waits_p (name, bb, firsts, covered))
    {
      place_late (call, name, firsts, covered);
      calls[i] = NULL;
      free_dominance_info (CDI_POST_DOMINATORS);
      free_dominance_info (CDI_DOMINATORS);
      update_ssa (TODO_update_ssa);
      calculate_dominance_info (CDI_DOMINATORS);
      return true;
    }
  if (bb == top)
    return false;
  place_sink (call, name, bb);
  return true;
}

namespace
{

const pass_data pass_data_cairn_place = {
  GIMPLE_PASS, "cairn_place", OPTGROUP_NONE, TV_PLUGIN_RUN, PROP_cfg | PROP_ssa,
  0, 0, 0, 0
};

class pass_cairn_place : public gimple_opt_pass
{
public:
  pass_cairn_place (gcc::context *ctxt)
    : gimple_opt_pass (pass_data_cairn_place, ctxt)
  {
  }

  bool
  gate (function *fun) final override
  {
    return !cairn_options.analyze && !fun->calls_setjmp
           && !fun->has_nonlocal_label;
  }

  unsigned int
  execute (function *) final override
  {
    auto_vec<gcall *> calls;
    bool changed = false;

    place_collect (&calls);
    if (calls.is_empty ())
      return 0;
    calculate_dominance_info (CDI_DOMINATORS);
    for (unsigned i = 0; i < calls.length (); i++)
      changed |= place_one (calls, i);
    free_dominance_info (CDI_POST_DOMINATORS);
    if (!changed)
      return 0;
    mark_virtual_operands_for_renaming (cfun);
    return TODO_update_ssa | TODO_cleanup_cfg | TODO_update_address_taken;
  }
};

} // anonymous namespace

opt_pass *
make_pass_cairn_place (gcc::context *ctxt)
{
  return new pass_cairn_place (ctxt);
}
