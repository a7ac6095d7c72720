/* alloc-calls.cc: the C library's allocator becomes the collector's.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   Direct calls of malloc and its relatives become calls of the entry points
   that runtime/entry-points.def names for them, with the type of the block
   where the parse stage knows it for sure.  The address of malloc stays that
   of the C library's function, so that it can be compared and passed on.  */

#include "gcc-compat.h"
#include "options.h"
#include "stages.h"

tree
alloc_call_type (const gimple *call)
{
  bool exact;
  tree type = parse_alloc_type (gimple_location (call), &exact);
  return exact ? type : NULL_TREE;
}

/* Make CALL, of a function that ID replaces, a call of ID.  */
static void
alloc_call_redirect (gcall *call, enum entry_point id)
{
  auto_vec<tree> args;
  for (unsigned i = 0; i < gimple_call_num_args (call); i++)
    args.safe_push (gimple_call_arg (call, i));
  if (entry_point_takes_type_p (id))
    {
      tree type = alloc_call_type (call);
      args.safe_push (type ? type_map_address (type) : null_pointer_node);
    }

  gcall *fresh = gimple_build_call_vec (entry_point_decl (id), args);
  gimple_call_set_lhs (fresh, gimple_call_lhs (call));
  gimple_move_vops (fresh, call);
  gimple_set_location (fresh, gimple_location (call));
  gimple_stmt_iterator gsi = gsi_for_stmt (call);
  gsi_replace (&gsi, fresh, true);
}

/* Whether CALL has the arguments and the result of entry point ID, apart from
   the type: a program may declare malloc in its own way.  */
static bool
alloc_call_fits_p (gcall *call, enum entry_point id)
{
  tree type = TREE_TYPE (entry_point_decl (id));
  unsigned i = 0;
  for (tree param = TYPE_ARG_TYPES (type); param && param != void_list_node;
       param = TREE_CHAIN (param), i++)
    {
      if (entry_point_takes_type_p (id) && TREE_CHAIN (param) == void_list_node)
        break;
      if (i >= gimple_call_num_args (call))
        return false;
      tree arg_type = TREE_TYPE (gimple_call_arg (call, i));
      if (POINTER_TYPE_P (arg_type) != POINTER_TYPE_P (TREE_VALUE (param))
          || !(POINTER_TYPE_P (arg_type) || INTEGRAL_TYPE_P (arg_type))
          || TYPE_PRECISION (arg_type)
               != TYPE_PRECISION (TREE_VALUE (param)))
        return false;
    }
  if (i != gimple_call_num_args (call))
    return false;

  tree lhs = gimple_call_lhs (call);
  return !lhs || useless_type_conversion_p (TREE_TYPE (lhs), TREE_TYPE (type));
}

void
alloc_calls_redirect (function *fn)
{
  if (cairn_options.malloc_system)
    return;

  basic_block bb;
  FOR_EACH_BB_FN (bb, fn)
    {
      for (gimple_stmt_iterator gsi = gsi_start_bb (bb); !gsi_end_p (gsi);
           gsi_next (&gsi))
        {
          gcall *call = dyn_cast<gcall *> (gsi_stmt (gsi));
          if (!call)
            continue;
          enum entry_point id
            = entry_point_replacing (gimple_call_fndecl (call));
          if (id == ENTRY_LAST || !alloc_call_fits_p (call, id))
            continue;
          if (id == ENTRY_FREE && cairn_options.free_trust)
            id = ENTRY_FREE_TRUSTED;
          alloc_call_redirect (call, id);
        }
      /* The C library's function may have been declared without nothrow and
         leaf.  */
      gimple_purge_dead_eh_edges (bb);
      gimple_purge_dead_abnormal_call_edges (bb);
    }
}
