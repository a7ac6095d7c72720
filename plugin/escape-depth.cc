/* escape-depth.cc: how deep in loops and VLA scopes names live.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   A value outlives an iteration, or a VLA's scope, if it is still used
   outside.  Go sees that from declarations; SSA names have none, so their
   depth is the least depth of their definition and of all their uses.  A PHI
   in a loop header carries values from one iteration to the next: its depth
   is one less.

   Depth counts loops.  A block in an irreducible region counts one more,
   while PHIs there do not: any of them may carry a value around.  Each VLA
   scope counts one too, since its end frees memory: a scope begins at
   __builtin_stack_save and ends at the __builtin_stack_restore of its value.
   A place is in a scope only if every way to it is.  A scope behind whose end
   the function only returns does not count: whoever could still hold an address
   of its memory is gone by then, too, but for the result, which is a sink of its
   own.  */

#include "escape-front.h"

/* VLA scopes that a mask has room for.  */
static const int max_vla_scopes = 64;

int
depth_of (basic_block bb, unsigned HOST_WIDE_INT mask)
{
  return bb_loop_depth (bb) + ((bb->flags & BB_IRREDUCIBLE_LOOP) ? 1 : 0)
         + popcount_hwi (mask);
}

unsigned HOST_WIDE_INT
depth_vla_after (const depth_map *d, gimple *stmt, unsigned HOST_WIDE_INT mask)
{
  if (!is_gimple_call (stmt))
    return mask;
  int *scope = const_cast<depth_map *> (d)->vla_scopes.get (stmt);
  if (!scope)
    return mask;
  unsigned HOST_WIDE_INT bit = HOST_WIDE_INT_1U << *scope;
  return gimple_call_builtin_p (stmt, BUILT_IN_STACK_SAVE) ? mask | bit
                                                           : mask & ~bit;
}

/* Whether the function does nothing behind STMT but return.  */
static bool
only_returns_p (gimple *stmt)
{
  gimple_stmt_iterator i = gsi_for_stmt (stmt);
  basic_block bb = gimple_bb (stmt);
  gsi_next (&i);
  /* Without a loop, no way is longer than all blocks.  */
  for (int n = 0; n < n_basic_blocks_for_fn (cfun); n++)
    {
      for (; !gsi_end_p (i); gsi_next (&i))
        {
          gimple *next = gsi_stmt (i);
          if (gimple_code (next) == GIMPLE_RETURN)
            return true;
          if (!gimple_clobber_p (next) && !is_gimple_debug (next)
              && gimple_code (next) != GIMPLE_LABEL
              && gimple_code (next) != GIMPLE_PREDICT
              && gimple_code (next) != GIMPLE_NOP
              && !gimple_call_builtin_p (next, BUILT_IN_STACK_RESTORE))
            return false;
        }
      if (!single_succ_p (bb))
        return false;
      bb = single_succ (bb);
      i = gsi_start_bb (bb);
    }
  return false;
}

/* Number the function's VLA scopes.  Returns how many there are.  */
static int
find_vla_scopes (depth_map *d)
{
  hash_map<tree, int> saves;
  hash_set<tree> ended; /* Whose end is not the function's.  */
  int n = 0;
  basic_block bb;

  FOR_EACH_BB_FN (bb, cfun)
    for (gimple_stmt_iterator i = gsi_start_bb (bb); !gsi_end_p (i);
         gsi_next (&i))
      if (gimple_call_builtin_p (gsi_stmt (i), BUILT_IN_STACK_RESTORE)
          && !only_returns_p (gsi_stmt (i)))
        ended.add (gimple_call_arg (gsi_stmt (i), 0));
  FOR_EACH_BB_FN (bb, cfun)
    for (gimple_stmt_iterator i = gsi_start_bb (bb); !gsi_end_p (i);
         gsi_next (&i))
      {
        gimple *stmt = gsi_stmt (i);
        tree lhs;
        if (gimple_call_builtin_p (stmt, BUILT_IN_STACK_SAVE)
            && (lhs = gimple_call_lhs (stmt)) && ended.contains (lhs))
          {
            if (n == max_vla_scopes)
              {
                d->vla_overflow = true;
                return n;
              }
            saves.put (lhs, n);
            d->vla_scopes.put (stmt, n++);
          }
      }
  if (n)
    FOR_EACH_BB_FN (bb, cfun)
      for (gimple_stmt_iterator i = gsi_start_bb (bb); !gsi_end_p (i);
           gsi_next (&i))
        {
          gimple *stmt = gsi_stmt (i);
          if (gimple_call_builtin_p (stmt, BUILT_IN_STACK_RESTORE))
            if (int *scope = saves.get (gimple_call_arg (stmt, 0)))
              d->vla_scopes.put (stmt, *scope);
        }
  return n;
}

/* Find for each block the scopes that hold on every way to it.  */
static void
solve_vla_scopes (depth_map *d, int nscopes)
{
  unsigned HOST_WIDE_INT all
      = nscopes == max_vla_scopes ? HOST_WIDE_INT_M1U
                                  : (HOST_WIDE_INT_1U << nscopes) - 1;
  auto_vec<unsigned HOST_WIDE_INT> out;
  basic_block bb;
  bool changed;

  d->vla_in.safe_grow_cleared (last_basic_block_for_fn (cfun), true);
  if (!nscopes)
    return;
  out.safe_grow_cleared (last_basic_block_for_fn (cfun), true);
  FOR_EACH_BB_FN (bb, cfun)
    out[bb->index] = all;
  do
    {
      changed = false;
      FOR_EACH_BB_FN (bb, cfun)
        {
          unsigned HOST_WIDE_INT mask = all;
          edge e;
          edge_iterator ei;
          FOR_EACH_EDGE (e, ei, bb->preds)
            mask &= e->src == ENTRY_BLOCK_PTR_FOR_FN (cfun)
                        ? 0 : out[e->src->index];
          d->vla_in[bb->index] = mask;
          for (gimple_stmt_iterator i = gsi_start_bb (bb); !gsi_end_p (i);
               gsi_next (&i))
            mask = depth_vla_after (d, gsi_stmt (i), mask);
          if (mask != out[bb->index])
            {
              out[bb->index] = mask;
              changed = true;
            }
        }
    }
  while (changed);
}

/* NAME is defined or used at DEPTH.  */
static void
note_depth (depth_map *d, tree name, int depth)
{
  int *least = &d->ssa_depth[SSA_NAME_VERSION (name)];
  if (depth < *least)
    *least = depth;
}

void
depth_map_compute (front_function *f)
{
  depth_map *d = &f->depths;
  basic_block bb;

  d->vla_overflow = false;
  d->ssa_depth.safe_grow (num_ssa_names, true);
  for (unsigned i = 0; i < num_ssa_names; i++)
    d->ssa_depth[i] = INT_MAX;

  calculate_dominance_info (CDI_DOMINATORS);
  mark_irreducible_loops ();
  solve_vla_scopes (d, find_vla_scopes (d));

  FOR_EACH_BB_FN (bb, cfun)
    {
      unsigned HOST_WIDE_INT mask = d->vla_in[bb->index];
      for (gphi_iterator i = gsi_start_phis (bb); !gsi_end_p (i);
           gsi_next (&i))
        {
          bool header = bb->loop_father->header == bb;
          note_depth (d, gimple_phi_result (i.phi ()),
                      bb_loop_depth (bb) - (header ? 1 : 0)
                          + popcount_hwi (mask));
        }
      for (gimple_stmt_iterator i = gsi_start_bb (bb); !gsi_end_p (i);
           gsi_next (&i))
        {
          gimple *stmt = gsi_stmt (i);
          ssa_op_iter iter;
          tree name;
          int depth;

          if (is_gimple_debug (stmt))
            continue;
          depth = depth_of (bb, mask);
          /* A return gives the value to the result, which outlives all.  */
          if (gimple_code (stmt) != GIMPLE_RETURN)
            FOR_EACH_SSA_TREE_OPERAND (name, stmt, iter, SSA_OP_USE)
              note_depth (d, name, depth);
          mask = depth_vla_after (d, stmt, mask);
          depth = depth_of (bb, mask);
          FOR_EACH_SSA_TREE_OPERAND (name, stmt, iter, SSA_OP_DEF)
            note_depth (d, name, depth);
        }
      /* PHIs use their arguments at the end of the block they come from.  */
      edge e;
      edge_iterator ei;
      FOR_EACH_EDGE (e, ei, bb->succs)
        for (gphi_iterator i = gsi_start_phis (e->dest); !gsi_end_p (i);
             gsi_next (&i))
          {
            tree arg = gimple_phi_arg_def (i.phi (), e->dest_idx);
            if (TREE_CODE (arg) == SSA_NAME)
              note_depth (d, arg, depth_of (bb, mask));
          }
    }
}
