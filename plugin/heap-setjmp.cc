/* heap-setjmp.cc: the pointers to cells, where setjmp may return twice.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   Where a function may return a second time from setjmp, GCC 12 does not keep
   a register's place in the frame up to then.  A local x that the program
   takes the address of has a place of its own, so x_heap needs one as well.
   It becomes a volatile variable of the frame:

     x_heap_1 = NEW_CELL (...)    x_heap_1 = NEW_CELL (...); x_heap = x_heap_1
     *x_heap_1                    temporary = x_heap; *temporary
     x_heap_3 = PHI <...>         nothing

   .setjmp.reaching: no pass has moved names of x_heap about since update_ssa
   and cell_allocate_undefined made them.  So x_heap in memory holds at every
   point what the name of x_heap that reaches there would.  */

#include "heap-cell.h"

/* Make every use of NAME, a name of HEAP's, a load of HEAP.  Only the uses by
   phis stay, all of them HEAP's own phis: the argument of any other phi is a
   temporary, which move_rewrite_phi makes.  */
static void
setjmp_load_uses (tree name, tree heap)
{
  imm_use_iterator iter;
  gimple *stmt;
  FOR_EACH_IMM_USE_STMT (stmt, iter, name)
    {
      if (gimple_debug_bind_p (stmt))
        {
          gimple_stmt_iterator gsi = gsi_for_stmt (stmt);
          if (gimple_debug_bind_get_var (stmt) == heap)
            gsi_remove (&gsi, true);
          else
            {
              gimple_debug_bind_reset_value (stmt);
              update_stmt (stmt);
            }
          continue;
        }
      if (gimple_code (stmt) == GIMPLE_PHI)
        {
          gcc_assert (SSA_NAME_VAR (gimple_phi_result (stmt)) == heap);
          continue;
        }

      tree value = make_ssa_name (TREE_TYPE (name));
      gassign *load = gimple_build_assign (value, heap);
      gimple_set_location (load, gimple_location (stmt));
      gimple_stmt_iterator gsi = gsi_for_stmt (stmt);
      gsi_insert_before (&gsi, load, GSI_SAME_STMT);
      use_operand_p use;
      FOR_EACH_IMM_USE_ON_STMT (use, iter)
        SET_USE (use, value);
      update_stmt (stmt);
    }
}

/* Make the variable x_heap of MOVED, in SSA form, one in volatile memory, and
   its names, as far as allocations define them, names of no variable.  */
static void
setjmp_pin (const moved_local *moved)
{
  tree heap = moved->pointer;
  auto_vec<tree> names;
  tree name;
  unsigned i;
  FOR_EACH_SSA_NAME (i, name, cfun)
    if (SSA_NAME_VAR (name) == heap)
      names.safe_push (name);

  TREE_TYPE (heap) = build_qualified_type (TREE_TYPE (heap),
                                           TYPE_QUAL_VOLATILE);
  TREE_THIS_VOLATILE (heap) = 1;
  TREE_SIDE_EFFECTS (heap) = 1;

  for (tree name : names)
    setjmp_load_uses (name, heap);

  /* What cell_allocate_undefined left undefined had no uses but by debug
     statements.  */
  if (ssa_default_def (cfun, heap))
    set_ssa_default_def (cfun, heap, NULL_TREE);
  for (tree name : names)
    if (gimple_code (SSA_NAME_DEF_STMT (name)) == GIMPLE_PHI)
      {
        gimple_stmt_iterator gsi = gsi_for_stmt (SSA_NAME_DEF_STMT (name));
        remove_phi_node (&gsi, false);
      }
  for (tree name : names)
    {
      gimple *def = SSA_NAME_DEF_STMT (name);
      SET_SSA_NAME_VAR_OR_IDENTIFIER (name, DECL_NAME (heap));
      SSA_NAME_OCCURS_IN_ABNORMAL_PHI (name) = 0;
      if (!is_gimple_call (def))
        {
          release_ssa_name (name);
          continue;
        }
      gassign *store = gimple_build_assign (heap, name);
      gimple_set_location (store, gimple_location (def));
      gimple_stmt_iterator gsi = gsi_for_stmt (def);
      gsi_insert_after (&gsi, store, GSI_SAME_STMT);
    }
}

/* Give the pointers to the cells of LOCALS places of their own in the frame if
   setjmp may return twice to the current function, which is in SSA form.  */
void
cell_pin_setjmp (const vec<moved_local *> &locals)
{
  if (!cfun->calls_setjmp)
    return;
  for (moved_local *moved : locals)
    setjmp_pin (moved);
  mark_virtual_operands_for_renaming (cfun);
  update_ssa (TODO_update_ssa_only_virtuals);
}
