/* kept-calls.cc: pointers that a call hides from the collector.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   A nested function may be a signal's handler or be called at exit.  Then the
   pointer to it is in the kernel, or scrambled in the C library, and the
   collector does not find it.  The table of the C library's functions says
   which parameters these are; before such a call the runtime is told to keep
   them:

     signal (SIGINT, p)           KEEP (p); signal (SIGINT, p)
     sigaction (SIGINT, &a, b)    KEEP_CONTENT (&a); sigaction (...)  */

#include "gcc-compat.h"
#include "stages.h"

/* Insert before *GSI a call of entry point ID with argument ARG.  */
static void
kept_insert (gimple_stmt_iterator *gsi, enum entry_point id, tree arg)
{
  gcall *keep
    = gimple_build_call (entry_point_decl (id), 1, unshare_expr (arg));
  gimple_set_location (keep, gimple_location (gsi_stmt (*gsi)));
  gsi_insert_before (gsi, keep, GSI_SAME_STMT);
}

void
kept_calls_guard (function *fn)
{
  bool changed = false;
  basic_block bb;
  FOR_EACH_BB_FN (bb, fn)
    for (gimple_stmt_iterator gsi = gsi_start_bb (bb); !gsi_end_p (gsi);
         gsi_next (&gsi))
      {
        gcall *call = dyn_cast<gcall *> (gsi_stmt (gsi));
        tree fndecl = call ? gimple_call_fndecl (call) : NULL_TREE;
        for (unsigned i = 0; fndecl && i < gimple_call_num_args (call); i++)
          {
            tree arg = gimple_call_arg (call, i);
            if (!POINTER_TYPE_P (TREE_TYPE (arg)) || CONSTANT_CLASS_P (arg))
              continue;
            const char *word = escape_libc_parameter (fndecl, i);
            if (!word)
              continue;
            /* Functions that are not nested are not in the heap.  */
            if (word[0] == 'k' && TREE_CODE (arg) != ADDR_EXPR)
              kept_insert (&gsi, ENTRY_KEEP, arg);
            else if (word[0] == '*' && word[1] == 'k')
              kept_insert (&gsi, ENTRY_KEEP_CONTENT, arg);
            else
              continue;
            changed = true;
          }
      }
  if (changed)
    {
      mark_virtual_operands_for_renaming (fn);
      update_ssa (TODO_update_ssa_only_virtuals);
    }
}
