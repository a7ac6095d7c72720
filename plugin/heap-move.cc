/* heap-move.cc: gives locals a cell in the heap.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   A moved local x becomes *x_heap, where x_heap is a pointer in a register:

     marker of x   x_heap = NEW_CELL (sizeof x, map of x)
     x             *x_heap (see moved-local.cc)
     alloca (n)    NEW_CELL (n, map of the VLA's element)

   It works in these steps:
   1. cell_make makes x_heap for every moved x.
   2. moved_rewrite_function turns markers into allocations, removes the other
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


/* If the statement at *GSI only says where the life of a local begins or
   ends, handle it, move on and return true.  */
static bool
move_rewrite_life (moved_map *map, gimple_stmt_iterator *gsi)
{
  gimple *stmt = gsi_stmt (*gsi);
  if (gimple_clobber_p (stmt))
    {
      tree base = get_base_address (gimple_assign_lhs (stmt));
      if (!base || !(VAR_P (base) || TREE_CODE (base) == PARM_DECL))
        return false;
      moved_local **moved = map->get (base);
      if (moved && scope_marker_p (stmt))
        {
          gcall *call = cell_build_allocation (*moved);
          gimple_call_set_lhs (call, (*moved)->pointer);
          gimple_set_location (call, gimple_location (stmt));
          gsi_insert_before (gsi, call, GSI_SAME_STMT);
        }
      moved_remove_store (gsi);
      return true;
    }

  /* The address sanitizer's own marks would poison the cell.  */
  if (gimple_call_internal_p (stmt, IFN_ASAN_MARK)
      && TREE_CODE (gimple_call_arg (stmt, 1)) == ADDR_EXPR
      && moved_base (map, TREE_OPERAND (gimple_call_arg (stmt, 1), 0)))
    {
      moved_remove_store (gsi);
      return true;
    }
  return false;
}

tree
heap_move_alloca_type (gcall *call)
{
  tree lhs = gimple_call_lhs (call);
  if (!lhs || !gimple_call_alloca_for_var_p (call)
      || !POINTER_TYPE_P (TREE_TYPE (lhs)))
    return NULL_TREE;
  tree type = TREE_TYPE (TREE_TYPE (lhs));
  while (TREE_CODE (type) == ARRAY_TYPE)
    type = TREE_TYPE (type);

  /* A VLA of chars is storage for anything.  */
  if (VOID_TYPE_P (type) || !COMPLETE_TYPE_P (type)
      || TREE_CODE (TYPE_SIZE_UNIT (type)) != INTEGER_CST
      || (TREE_CODE (type) == INTEGER_TYPE
          && integer_onep (TYPE_SIZE_UNIT (type))))
    return NULL_TREE;
  return type;
}

/* Make STMT, a call of alloca or of one of its relatives, a heap cell.  */
static void
move_alloca (gimple *stmt)
{
  gcall *call = as_a<gcall *> (stmt);
  unsigned HOST_WIDE_INT align_nbits = BIGGEST_ALIGNMENT;
  if (!gimple_call_builtin_p (call, BUILT_IN_ALLOCA))
    align_nbits = tree_to_uhwi (gimple_call_arg (call, 1));
  unsigned align_nbytes = MAX (align_nbits / BITS_PER_UNIT, CELL_ALIGN_NBYTES);

  tree type = heap_move_alloca_type (call);
  gcall *cell = cell_build_new (gimple_call_arg (call, 0), align_nbytes,
                                type ? type_map_address (type)
                                     : null_pointer_node);
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

  moved_rewrite_function (&moved, move_rewrite_life);
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
