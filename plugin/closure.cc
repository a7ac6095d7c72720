/* closure.cc: nested functions without trampolines.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   GCC makes the address of a nested function at run time: on entry to the
   outer function `__builtin_init_trampoline (&FRAME.t, fn, &FRAME)' writes
   code to FRAME.t, and `__builtin_adjust_trampoline (&FRAME.t)', in the outer
   or in another nested function, gives the address to call.

   Here FRAME.t, which has room for code, holds one pointer instead: the first
   becomes `FRAME.t = CLOSURE (fn, &FRAME)', the second a load of it.  No stack
   has to be executable, and the frame may be in the heap and outlive the
   call.  GCC asks for an executable stack when it expands the builtins, so
   there is nothing else to undo.  */

#include "gcc-compat.h"
#include "options.h"
#include "stages.h"

/* The pointer that the trampoline at ADDRESS holds.  Trampolines are arrays
   of char to GCC, so the access may alias anything.  */
static tree
closure_slot (tree address)
{
  tree alias = build_pointer_type_for_mode (char_type_node, ptr_mode, true);
  return fold_build2 (MEM_REF, ptr_type_node, address,
                      build_int_cst (alias, 0));
}

/* Replace the call CALL of __builtin_init_trampoline at *GSI.  */
static void
closure_rewrite_init (gimple_stmt_iterator *gsi, gcall *call)
{
  gcall *make = gimple_build_call (entry_point_decl (ENTRY_CLOSURE), 2,
                                   gimple_call_arg (call, 1),
                                   gimple_call_arg (call, 2));
  tree closure = make_ssa_name (ptr_type_node);
  gimple_call_set_lhs (make, closure);
  gimple_set_location (make, gimple_location (call));
  gsi_insert_before (gsi, make, GSI_SAME_STMT);

  gassign *store
    = gimple_build_assign (closure_slot (gimple_call_arg (call, 0)), closure);
  gimple_set_location (store, gimple_location (call));
  gsi_insert_before (gsi, store, GSI_SAME_STMT);

  unlink_stmt_vdef (call);
  gsi_remove (gsi, true);
  release_defs (call);
}

/* Replace the call CALL of __builtin_adjust_trampoline at *GSI.  */
static void
closure_rewrite_adjust (gimple_stmt_iterator *gsi, gcall *call)
{
  tree lhs = gimple_call_lhs (call);
  tree vdef = gimple_vdef (call);
  unlink_stmt_vdef (call);
  if (vdef && TREE_CODE (vdef) == SSA_NAME)
    release_ssa_name (vdef);
  if (!lhs)
    {
      gsi_remove (gsi, true);
      return;
    }
  gassign *load
    = gimple_build_assign (lhs, closure_slot (gimple_call_arg (call, 0)));
  gimple_set_location (load, gimple_location (call));
  gsi_replace (gsi, load, true);
}

void
closure_rewrite (function *fn)
{
  bool changed = false;
  basic_block bb;
  FOR_EACH_BB_FN (bb, fn)
    for (gimple_stmt_iterator gsi = gsi_start_bb (bb); !gsi_end_p (gsi);)
      {
        gcall *call = dyn_cast<gcall *> (gsi_stmt (gsi));
        if (call
            && (gimple_call_builtin_p (call, BUILT_IN_INIT_TRAMPOLINE)
                || gimple_call_builtin_p (call,
                                          BUILT_IN_INIT_HEAP_TRAMPOLINE)))
          {
            closure_rewrite_init (&gsi, call);
            changed = true;
          }
        else
          {
            if (call
                && gimple_call_builtin_p (call, BUILT_IN_ADJUST_TRAMPOLINE))
              {
                closure_rewrite_adjust (&gsi, call);
                changed = true;
              }
            if (!gsi_end_p (gsi))
              gsi_next (&gsi);
          }
      }
  if (changed)
    {
      mark_virtual_operands_for_renaming (fn);
      update_ssa (TODO_update_ssa_only_virtuals);
    }
}
