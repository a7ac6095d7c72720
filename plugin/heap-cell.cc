/* heap-cell.cc: the cells of moved locals, and where they are allocated.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   A cell is allocated at every scope marker of its local (heap-move.cc puts
   it there), and where a use is reached by no marker, at function entry.
   heap-place.cc, later, moves allocations to where they are needed.  */

#include "heap-cell.h"
#include "stages.h"

/* A call that allocates a cell of SIZE, a size_t operand, aligned to
   ALIGN_NBYTES, with the map at address MAP.  */
gcall *
cell_build_new (tree size, unsigned align_nbytes, tree map)
{
  bool small = (TREE_CODE (size) == INTEGER_CST
                && compare_tree_int (size, align_nbytes) < 0);
  if (align_nbytes > CELL_ALIGN_NBYTES || (small && align_nbytes > 1))
    return gimple_build_call (entry_point_decl (ENTRY_NEW_CELL_ALIGNED), 3,
                              size, build_int_cst (size_type_node,
                                                   align_nbytes),
                              map);
  return gimple_build_call (entry_point_decl (ENTRY_NEW_CELL), 2, size, map);
}

/* A call that allocates MOVED's cell.  An empty struct gets one byte: its
   address differs from all others.  */
gcall *
cell_build_allocation (const moved_local *moved)
{
  tree type = TREE_TYPE (moved->decl);
  tree size = fold_convert (size_type_node, DECL_SIZE_UNIT (moved->decl));
  if (integer_zerop (size))
    size = size_one_node;
  unsigned align_nbits = TYPE_ALIGN (type);
  if (DECL_USER_ALIGN (moved->decl))
    align_nbits = MAX (align_nbits, DECL_ALIGN (moved->decl));
  return cell_build_new (fold_convert (size_type_node, size),
                         align_nbits / BITS_PER_UNIT, type_map_address (type));
}

/* Make the variable that will point to the cell of DECL.  */
moved_local *
cell_make (tree decl)
{
  tree name;
  if (DECL_NAME (decl))
    name = get_identifier (
      ACONCAT ((IDENTIFIER_POINTER (DECL_NAME (decl)), "_heap", NULL)));
  else
    name = create_tmp_var_name ("heap");

  tree heap = build_decl (DECL_SOURCE_LOCATION (decl), VAR_DECL, name,
                          build_pointer_type (TREE_TYPE (decl)));
  DECL_CONTEXT (heap) = current_function_decl;
  DECL_ARTIFICIAL (heap) = 1;
  DECL_IGNORED_P (heap) = DECL_IGNORED_P (decl);
  DECL_SEEN_IN_BIND_EXPR_P (heap) = 1;
  TREE_USED (heap) = 1;
  suppress_warning (heap);
  add_local_decl (cfun, heap);

  moved_local *moved = XNEW (moved_local);
  moved->decl = decl;
  moved->pointer = heap;
  moved->offset_nbytes = 0;
  return moved;
}

void
cell_insert_at_entry (gimple_seq seq)
{
  if (seq)
    gsi_insert_seq_on_edge_immediate (
      single_succ_edge (ENTRY_BLOCK_PTR_FOR_FN (cfun)), seq);
}

/* Allocate cells for the moved parameters among LOCALS at function entry and
   copy the arguments there.  */
void
cell_copy_params (const vec<moved_local *> &locals)
{
  gimple_seq seq = NULL;
  for (moved_local *moved : locals)
    {
      tree parm = moved->decl;
      if (TREE_CODE (parm) != PARM_DECL)
        continue;

      gcall *call = cell_build_allocation (moved);
      gimple_call_set_lhs (call, moved->pointer);
      gimple_seq_add_stmt (&seq, call);

      moved_copy_param (&seq, moved);
    }
  cell_insert_at_entry (seq);
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

void
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
cell_allocate_undefined (const vec<moved_local *> &locals)
{
  bool changed = false;
  for (moved_local *moved : locals)
    {
      tree name = ssa_default_def (cfun, moved->pointer);
      if (!name || !cell_used_p (name))
        continue;
      set_ssa_default_def (cfun, moved->pointer, NULL_TREE);
      cell_reset_debug_uses (name);
      gcall *call = cell_build_allocation (moved);
      gimple_call_set_lhs (call, name);
      cell_insert_at_entry (call);
      if (MAY_HAVE_DEBUG_BIND_STMTS && target_for_debug_bind (moved->pointer))
        {
          gimple_stmt_iterator gsi = gsi_for_stmt (call);
          gsi_insert_after (&gsi,
                            gimple_build_debug_bind (moved->pointer, name, call),
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

/* Tell the debugger where MOVED's local is now.  */
void
cell_describe (const moved_local *moved)
{
  SET_DECL_VALUE_EXPR (moved->decl, build_simple_mem_ref (moved->pointer));
  DECL_HAS_VALUE_EXPR_P (moved->decl) = 1;
}
