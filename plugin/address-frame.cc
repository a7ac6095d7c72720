/* address-frame.cc: a function's frame on the address stack.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

     start = %fs:FRAME_PTR                   at entry
     end = start + size
     if (end > %fs:FRAME_LIMIT)              hardly ever
       start = frame_push (size)             in the next chunk
     else
       %fs:FRAME_PTR = end
     base = start, aligned
     ...  MEM [base + 16]  ...               for each local
     if (start < %fs:FRAME_START             at each return
         || start > %fs:FRAME_LIMIT)
       frame_release (start)                 frames in later chunks were left by
                                             a jump that knows nothing of this
     %fs:FRAME_PTR = start
     if (start == %fs:FRAME_START)           its chunk was entered by this frame
       frame_pop ()

   alloca and VLAs take more of the address stack; such a function gives all
   back by a call.  longjmp restores the address stack by itself.

   .address-frame.signal  A handler that interrupts this uses the address stack
                     from FRAME_PTR on and leaves FRAME_PTR as it was.  So
                     nothing is written into the frame before FRAME_PTR is past
                     it, nor read after FRAME_PTR is back: the stores are
                     volatile, and a barrier is before the second.
   .address-frame.setjmp  In a function that calls setjmp, start and base are in
                     volatile memory (see heap-setjmp.cc).  */

#include "address-frame.h"
#include "stages.h"

tree
stack_make_variable (tree type, const char *name)
{
  tree decl = create_tmp_var (type, name);
  DECL_IGNORED_P (decl) = 1;
  return decl;
}

/* -- The words of the thread.  */

/* A reference to word WHICH of the thread.  */
static tree
word_reference (enum stack_abi which, bool is_volatile)
{
  int quals = ENCODE_QUAL_ADDR_SPACE (ADDR_SPACE_SEG_FS)
              | (is_volatile ? TYPE_QUAL_VOLATILE : TYPE_UNQUALIFIED);
  tree type = build_qualified_type (ptr_type_node, quals);
  tree pointer = build_pointer_type_for_mode (type, Pmode, true);
  tree ref = build2 (MEM_REF, type, build_int_cst (pointer, which),
                     build_int_cst (pointer, 0));
  TREE_THIS_VOLATILE (ref) = is_volatile;
  TREE_SIDE_EFFECTS (ref) = is_volatile;
  TREE_THIS_NOTRAP (ref) = 1;
  return ref;
}

static gimple *
build_load (tree lhs, enum stack_abi which)
{
  return gimple_build_assign (lhs, word_reference (which, false));
}

static gimple *
build_store (enum stack_abi which, tree value)
{
  return gimple_build_assign (word_reference (which, true), value);
}

/* An asm statement with the text TEXT that changes memory.  OUTPUT and INPUT
   are in rax, or NULL_TREE.  */
static gasm *
build_asm (const char *text, tree output, tree input)
{
  vec<tree, va_gc> *inputs = NULL, *outputs = NULL, *clobbers = NULL;
  if (output)
    vec_safe_push (outputs, build_tree_list (build_tree_list (
                              NULL_TREE, build_string (3, "=a")), output));
  if (input)
    vec_safe_push (inputs, build_tree_list (build_tree_list (
                             NULL_TREE, build_string (2, "0")), input));
  vec_safe_push (clobbers,
                 build_tree_list (NULL_TREE, build_string (7, "memory")));
  vec_safe_push (clobbers, build_tree_list (NULL_TREE, build_string (3, "cc")));
  gasm *stmt = gimple_build_asm_vec (text, inputs, outputs, clobbers, NULL);
  gimple_asm_set_volatile (stmt, true);
  if (output)
    SSA_NAME_DEF_STMT (output) = stmt;
  return stmt;
}

/* A call of the runtime's code NAME, which preserves all registers.  */
static gasm *
build_runtime_asm (const char *name, tree output, tree input)
{
  stack_runtime_symbol (name);
  char *text = xasprintf ("call\t%s$cairn", name);
  gasm *stmt = build_asm (text, output, input);
  free (text);
  return stmt;
}

/* -- The frame.  */

tree
address_frame_variable (void)
{
  tree base = build_decl (DECL_SOURCE_LOCATION (current_function_decl),
                          VAR_DECL, get_identifier ("__cairn_frame"),
                          ptr_type_node);
  DECL_CONTEXT (base) = current_function_decl;
  DECL_ARTIFICIAL (base) = 1;
  DECL_SEEN_IN_BIND_EXPR_P (base) = 1;
  TREE_USED (base) = 1;
  suppress_warning (base);
  add_local_decl (cfun, base);
  return base;
}

void
address_frame_enter (tree start, tree base, HOST_WIDE_INT nbytes,
                     unsigned align_nbytes, gimple_seq seq)
{
  edge entry = single_succ_edge (ENTRY_BLOCK_PTR_FOR_FN (cfun));
  basic_block top = split_edge (entry);
  gimple_stmt_iterator gsi = gsi_start_bb (top);
  tree first = make_ssa_name (ptr_type_node);
  tree end = make_ssa_name (ptr_type_node);
  tree limit = make_ssa_name (ptr_type_node);
  tree size = build_int_cst (sizetype, nbytes);
  gsi_insert_after (&gsi, build_load (first, ABI_FRAME_PTR), GSI_NEW_STMT);
  gsi_insert_after (&gsi,
                    gimple_build_assign (end, POINTER_PLUS_EXPR, first, size),
                    GSI_NEW_STMT);
  gsi_insert_after (&gsi, build_load (limit, ABI_FRAME_LIMIT), GSI_NEW_STMT);
  gsi_insert_after (&gsi,
                    gimple_build_cond (GT_EXPR, end, limit, NULL_TREE,
                                       NULL_TREE),
                    GSI_NEW_STMT);

  /* top: if (end > limit) goto full; fits: ...; goto join; full: ...  */
  edge e = single_succ_edge (top);
  basic_block join = split_edge (e);
  edge fits_edge = single_succ_edge (top);
  basic_block fits = split_edge (fits_edge);
  basic_block full = create_empty_bb (top);
  if (current_loops)
    add_bb_to_loop (full, top->loop_father);
  edge to_fits = single_succ_edge (top);
  to_fits->flags = (to_fits->flags & ~EDGE_FALLTHRU) | EDGE_FALSE_VALUE;
  edge to_full = make_edge (top, full, EDGE_TRUE_VALUE);
  edge from_full = make_edge (full, join, EDGE_FALLTHRU);
  to_full->probability = profile_probability::very_unlikely ();
  to_fits->probability = to_full->probability.invert ();
  from_full->probability = profile_probability::always ();
  full->count = top->count.apply_probability (to_full->probability);

  gsi = gsi_start_bb (fits);
  gsi_insert_after (&gsi, build_store (ABI_FRAME_PTR, end), GSI_NEW_STMT);
  gsi = gsi_start_bb (full);
  tree next = make_ssa_name (ptr_type_node);
  tree amount = build_int_cst (ptr_type_node, nbytes);
  gsi_insert_after (&gsi, build_runtime_asm ("cairn_rt_frame_push", next,
                                             amount),
                    GSI_NEW_STMT);

  gphi *phi = create_phi_node (start, join);
  add_phi_arg (phi, first, single_succ_edge (fits), UNKNOWN_LOCATION);
  add_phi_arg (phi, next, from_full, UNKNOWN_LOCATION);

  gsi = gsi_after_labels (join);
  gimple_seq aligned = NULL;
  if (align_nbytes > FRAME_ALIGN_NBYTES)
    {
      tree up = make_ssa_name (ptr_type_node);
      gimple_seq_add_stmt (
        &aligned, gimple_build_assign (up, POINTER_PLUS_EXPR, start,
                                       size_int (align_nbytes - 1)));
      gimple_seq_add_stmt (
        &aligned,
        gimple_build_assign (base, BIT_AND_EXPR, up,
                             build_int_cst (ptr_type_node,
                                            -(HOST_WIDE_INT) align_nbytes)));
    }
  else
    gimple_seq_add_stmt (&aligned, gimple_build_assign (base, start));
  gimple_seq_add_seq (&aligned, seq);
  gsi_insert_seq_before (&gsi, aligned, GSI_SAME_STMT);
}

/* Before STMT, do UNLIKELY if A OP B.  */
static void
insert_unlikely (gimple *stmt, tree a, enum tree_code op, tree b,
                 gimple *unlikely)
{
  gimple_stmt_iterator gsi = gsi_for_stmt (stmt);
  gcond *test = gimple_build_cond (op, a, b, NULL_TREE, NULL_TREE);
  gsi_insert_before (&gsi, test, GSI_SAME_STMT);

  edge e = split_block (gimple_bb (stmt), test);
  basic_block rest = e->dest;
  basic_block aside = create_empty_bb (rest);
  if (current_loops)
    add_bb_to_loop (aside, e->src->loop_father);
  e->flags = (e->flags & ~EDGE_FALLTHRU) | EDGE_FALSE_VALUE;
  edge there = make_edge (e->src, aside, EDGE_TRUE_VALUE);
  edge back = make_edge (aside, rest, EDGE_FALLTHRU);
  there->probability = profile_probability::very_unlikely ();
  e->probability = there->probability.invert ();
  back->probability = profile_probability::always ();
  aside->count = e->src->count.apply_probability (there->probability);
  gsi = gsi_start_bb (aside);
  gsi_insert_after (&gsi, unlikely, GSI_NEW_STMT);
}

/* The word WHICH as an SSA name, loaded before STMT.  */
static tree
load_before (gimple *stmt, enum stack_abi which)
{
  gimple_stmt_iterator gsi = gsi_for_stmt (stmt);
  tree value = make_ssa_name (ptr_type_node);
  gsi_insert_before (&gsi, build_load (value, which), GSI_SAME_STMT);
  return value;
}

static gcall *
build_release (tree start)
{
  return gimple_build_call (entry_point_decl (ENTRY_FRAME_RELEASE), 1, start);
}

void
address_frame_leave (gimple *ret, tree start, bool dynamic)
{
  gimple_stmt_iterator gsi;
  if (dynamic)
    {
      gsi = gsi_for_stmt (ret);
      gsi_insert_before (&gsi, build_release (start), GSI_SAME_STMT);
    }
  else
    {
      insert_unlikely (ret, start, LT_EXPR, load_before (ret, ABI_FRAME_START),
                       build_release (start));
      insert_unlikely (ret, start, GT_EXPR, load_before (ret, ABI_FRAME_LIMIT),
                       build_release (start));
      gsi = gsi_for_stmt (ret);
      gsi_insert_before (&gsi, build_asm ("", NULL_TREE, NULL_TREE),
                         GSI_SAME_STMT);
      gsi_insert_before (&gsi, build_store (ABI_FRAME_PTR, start),
                         GSI_SAME_STMT);
    }
  insert_unlikely (ret, start, EQ_EXPR, load_before (ret, ABI_FRAME_START),
                   build_runtime_asm ("cairn_rt_frame_pop", NULL_TREE,
                                      NULL_TREE));
}

/* -- Allocation while the function runs.  */

void
address_frame_alloca (gcall *call)
{
  /* What GCC makes of its own alloca, and what its vectorizer relies on.  */
  unsigned HOST_WIDE_INT align_nbits = BIGGEST_ALIGNMENT;
  if (!gimple_call_builtin_p (call, BUILT_IN_ALLOCA))
    align_nbits = tree_to_uhwi (gimple_call_arg (call, 1));
  unsigned HOST_WIDE_INT align_nbytes
    = MAX (align_nbits / BITS_PER_UNIT, FRAME_ALIGN_NBYTES);
  gcall *taken
    = gimple_build_call (entry_point_decl (ENTRY_FRAME_ALLOC), 2,
                         gimple_call_arg (call, 0),
                         build_int_cst (size_type_node, align_nbytes));
  gimple_call_set_lhs (taken, gimple_call_lhs (call));
  gimple_move_vops (taken, call);
  gimple_set_location (taken, gimple_location (call));
  gimple_stmt_iterator gsi = gsi_for_stmt (call);
  gsi_replace (&gsi, taken, true);
}

void
address_frame_save (gcall *call)
{
  gimple_stmt_iterator gsi = gsi_for_stmt (call);
  tree lhs = gimple_call_lhs (call);
  if (!lhs)
    return;
  gimple *load = build_load (lhs, ABI_FRAME_PTR);
  gimple_set_location (load, gimple_location (call));
  unlink_stmt_vdef (call);
  gsi_replace (&gsi, load, true);
}

void
address_frame_restore (gcall *call)
{
  gcall *released
    = gimple_build_call (entry_point_decl (ENTRY_FRAME_RELEASE), 1,
                         gimple_call_arg (call, 0));
  gimple_move_vops (released, call);
  gimple_set_location (released, gimple_location (call));
  gimple_stmt_iterator gsi = gsi_for_stmt (call);
  gsi_replace (&gsi, released, true);
}

void
address_frame_keep (tree name)
{
  tree type = build_qualified_type (TREE_TYPE (name), TYPE_QUAL_VOLATILE);
  tree variable = stack_make_variable (type, "frame");
  imm_use_iterator iter;
  gimple *stmt;
  FOR_EACH_IMM_USE_STMT (stmt, iter, name)
    {
      if (gimple_debug_bind_p (stmt))
        continue;
      gcc_assert (gimple_code (stmt) != GIMPLE_PHI);
      tree value = make_ssa_name (TREE_TYPE (name));
      gimple_stmt_iterator gsi = gsi_for_stmt (stmt);
      gsi_insert_before (&gsi, gimple_build_assign (value, variable),
                         GSI_SAME_STMT);
      use_operand_p use;
      FOR_EACH_IMM_USE_ON_STMT (use, iter)
        SET_USE (use, value);
      update_stmt (stmt);
    }
  gimple *def = SSA_NAME_DEF_STMT (name);
  gimple *store = gimple_build_assign (variable, name);
  gimple_stmt_iterator gsi;
  if (gimple_code (def) == GIMPLE_PHI)
    {
      gsi = gsi_after_labels (gimple_bb (def));
      gsi_insert_before (&gsi, store, GSI_SAME_STMT);
    }
  else
    {
      gsi = gsi_for_stmt (def);
      gsi_insert_after (&gsi, store, GSI_SAME_STMT);
    }
}
