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
   there is nothing else to undo.

   A FRAME whose variables are references (capture.cc) is copied instead.  The
   references of a scope get new values when the scope is entered again, and
   each closure keeps those of the moment when it was made:

     init                 nothing
     adjust (&FRAME.t)    copy = NEW_CELL; *copy = FRAME; CLOSURE (fn, copy)
     INNER.__chain = &FRAME, where functions that are nested in the one that
                          INNER belongs to become closures:
                          copy = NEW_CELL; *copy = FRAME; INNER.__chain = copy

   FRAME may be FRAME.N of the current function, or reached through the static
   chain, and be such a copy already.  Besides references it has
     - pointers to captured variables of variable size, and their sizes, which
       change together with what they describe;
     - links to outer frames, and GCC's note for the debugger;
     - the save area of nonlocal gotos: the frame's address and its stack
       pointer.  Both are constant unless the function calls alloca or has a
       variable of variable size; then there is no copying.

   closure_survey says which frames are like that, before any function is
   read or rewritten.

   At -O0 GCC hands a static chain to every nested function, for the debugger.
   One that makes no use of it, but to hand it to others like that, is no
   closure: it has the address that it has when GCC optimizes.  */

#include "gcc-compat.h"
#include "options.h"
#include "stages.h"
#include "heap-cell.h"

/* The nested function for which each field of a frame is the place for the
   trampoline.  */
static hash_map<tree, tree> *trampoline_functions;

/* The types of the frames that are copied.  */
static hash_set<tree> *copied_frames;

/* What a function does with its static chain.  */
struct chain_use
{
  bool used;
  auto_vec<tree> passed_to; /* Nested functions that get it, too.  */
};

static hash_map<tree, chain_use *> *chain_uses;

/* Whether what passes chains on has been found out.  */
static bool chains_known;

/* Whether there are trampolines whose function is not known.  */
static bool unknown_trampolines;

bool
closure_frame_p (tree decl)
{
  return (VAR_P (decl) && DECL_ARTIFICIAL (decl) && DECL_NAME (decl)
          && startswith (IDENTIFIER_POINTER (DECL_NAME (decl)), "FRAME"));
}

/* Whether the field F of a frame is a place for a trampoline.  */
static bool
trampoline_field_p (tree f)
{
  tree name = TYPE_NAME (TREE_TYPE (f));

  return name && TREE_CODE (name) == IDENTIFIER_NODE
         && (strcmp (IDENTIFIER_POINTER (name), "__builtin_trampoline") == 0
             || strcmp (IDENTIFIER_POINTER (name), "__builtin_descriptor")
                    == 0);
}

bool
closure_variable_field_p (tree f)
{
  if (TREE_CODE (f) != FIELD_DECL || !DECL_NAME (f)
      || DECL_SOURCE_LOCATION (f) <= BUILTINS_LOCATION
      || trampoline_field_p (f))
    return false;
  const char *name = IDENTIFIER_POINTER (DECL_NAME (f));
  return !startswith (name, "__") && !strchr (name, '.');
}

/* Whether a copy of FRAME, FN's, is as good as FRAME.  */
static bool
closure_copied_p (function *fn, tree frame)
{
  if (!capture_by_reference_p (fn->decl)
      || (fn->nonlocal_goto_save_area && fn->calls_alloca))
    return false;
  for (tree f = TYPE_FIELDS (TREE_TYPE (frame)); f; f = DECL_CHAIN (f))
    if (closure_variable_field_p (f))
      return false;
  return true;
}

void
closure_warn_stays (tree decl)
{
  if (!cairn_options.analyze && closure_frame_p (decl)
      && !closure_copied_p (cfun, decl))
    warning_at (DECL_SOURCE_LOCATION (cfun->decl), 0,
                "nested functions of %qD must not be called when it has "
                "returned, because one of them jumps into it", cfun->decl);
}

/* The field that the address of a trampoline ADDRESS ends in; set *FRAME to
   the frame, a reference.  */
static tree
closure_field (tree address, tree *frame)
{
  if (TREE_CODE (address) == SSA_NAME)
    {
      gimple *def = SSA_NAME_DEF_STMT (address);
      if (!gimple_assign_single_p (def))
        return NULL_TREE;
      address = gimple_assign_rhs1 (def);
    }
  if (TREE_CODE (address) != ADDR_EXPR
      || TREE_CODE (TREE_OPERAND (address, 0)) != COMPONENT_REF)
    return NULL_TREE;
  *frame = TREE_OPERAND (TREE_OPERAND (address, 0), 0);
  return TREE_OPERAND (TREE_OPERAND (address, 0), 1);
}

/* The pointer that the trampoline at ADDRESS holds.  Trampolines are arrays
   of char to GCC, so the access may alias anything; they need not be aligned
   as a pointer must be for the collector to find it, but are long enough to
   have one that is.  */
static tree
closure_slot (tree address)
{
  tree alias = build_pointer_type_for_mode (char_type_node, ptr_mode, true);
  tree frame;
  tree field = closure_field (address, &frame);
  unsigned HOST_WIDE_INT offset = field ? int_byte_position (field) : 0;
  return fold_build2 (MEM_REF, ptr_type_node, address,
                      build_int_cst (alias, -offset % POINTER_SIZE_UNITS));
}

/* Note what FN does with its static chain.  */
static void
closure_survey_chain (function *fn)
{
  tree chain = fn->static_chain_decl;
  tree name = chain ? ssa_default_def (fn, chain) : NULL_TREE;
  chain_use *use = new chain_use ();
  imm_use_iterator i;
  use_operand_p p;

  chain_uses->put (fn->decl, use);
  if (name)
    FOR_EACH_IMM_USE_FAST (p, i, name)
      {
        gcall *call = dyn_cast<gcall *> (USE_STMT (p));
        if (is_gimple_debug (USE_STMT (p)))
          continue;
        if (call && p->use == gimple_call_chain_ptr (call)
            && gimple_call_fndecl (call))
          use->passed_to.safe_push (gimple_call_fndecl (call));
        else
          use->used = true;
      }
}

/* Whether FNDECL uses its static chain, as far as that is known.  */
static bool
chain_used_p (tree fndecl)
{
  chain_use **use = chain_uses->get (fndecl);
  return !use || (*use)->used;
}

/* Whether the function at ADDRESS must have its static chain.  */
static bool
closure_needed_p (tree address)
{
  bool changed = !chains_known;
  /* A program's own call of the builtins may have any pointer.  */
  if (TREE_CODE (address) != ADDR_EXPR || unknown_trampolines)
    return true;
  while (changed)
    {
      changed = false;
      for (auto it = chain_uses->begin (); it != chain_uses->end (); ++it)
        for (tree other : (*it).second->passed_to)
          if (!(*it).second->used && chain_used_p (other))
            (*it).second->used = changed = true;
    }
  chains_known = true;
  return chain_used_p (TREE_OPERAND (address, 0));
}

void
closure_survey (function *fn)
{
  if (!trampoline_functions)
    {
      trampoline_functions = new hash_map<tree, tree>;
      copied_frames = new hash_set<tree>;
      chain_uses = new hash_map<tree, chain_use *>;
    }
  closure_survey_chain (fn);
  tree decl;
  unsigned i;
  FOR_EACH_LOCAL_DECL (fn, i, decl)
    if (closure_frame_p (decl))
      {
        if (!cairn_options.analyze)
          SET_DECL_ALIGN (decl, MAX (DECL_ALIGN (decl), POINTER_SIZE));
        if (closure_copied_p (fn, decl))
          copied_frames->add (TYPE_MAIN_VARIANT (TREE_TYPE (decl)));
      }

  basic_block bb;
  FOR_EACH_BB_FN (bb, fn)
    for (gimple_stmt_iterator gsi = gsi_start_bb (bb); !gsi_end_p (gsi);
         gsi_next (&gsi))
      {
        gimple *stmt = gsi_stmt (gsi);
        tree frame, field;
        if (gimple_call_builtin_p (stmt, BUILT_IN_INIT_TRAMPOLINE)
            && (field = closure_field (gimple_call_arg (stmt, 0), &frame)))
          trampoline_functions->put (field, gimple_call_arg (stmt, 1));
        else if (gimple_call_builtin_p (stmt, BUILT_IN_ADJUST_TRAMPOLINE)
                 && !closure_field (gimple_call_arg (stmt, 0), &frame))
          unknown_trampolines = true;
      }
}

tree
closure_function (tree p)
{
  while (TREE_CODE (p) == SSA_NAME
         && (gimple_assign_ssa_name_copy_p (SSA_NAME_DEF_STMT (p))
             || gimple_assign_cast_p (SSA_NAME_DEF_STMT (p))))
    p = gimple_assign_rhs1 (SSA_NAME_DEF_STMT (p));
  if (TREE_CODE (p) != SSA_NAME
      || !gimple_call_builtin_p (SSA_NAME_DEF_STMT (p),
                                 BUILT_IN_ADJUST_TRAMPOLINE))
    return NULL_TREE;
  tree frame;
  tree field
    = closure_field (gimple_call_arg (SSA_NAME_DEF_STMT (p), 0), &frame);
  tree *fn = field ? trampoline_functions->get (field) : NULL;
  return fn ? *fn : NULL_TREE;
}

bool
closure_plain_p (tree p)
{
  tree fn = p ? closure_function (p) : NULL_TREE;
  return fn && !closure_needed_p (fn);
}

bool
closure_frame_copied_p (tree frame)
{
  return copied_frames->contains (TYPE_MAIN_VARIANT (TREE_TYPE (frame)));
}

/* Insert before *GSI a copy of FRAME, a reference, in the heap; returns its
   address, an SSA name.  */
static tree
closure_copy_frame (gimple_stmt_iterator *gsi, tree frame)
{
  location_t loc = gimple_location (gsi_stmt (*gsi));
  tree frame_type = TYPE_MAIN_VARIANT (TREE_TYPE (frame));
  gcall *make
    = cell_build_new (fold_convert (size_type_node,
                                    TYPE_SIZE_UNIT (frame_type)),
                      TYPE_ALIGN_UNIT (frame_type),
                      type_map_address (frame_type));
  tree copy = make_ssa_name (build_pointer_type (frame_type));
  gimple_call_set_lhs (make, copy);
  gimple_set_location (make, loc);
  gsi_insert_before (gsi, make, GSI_SAME_STMT);

  gassign *fill
    = gimple_build_assign (build_simple_mem_ref (copy), unshare_expr (frame));
  gimple_set_location (fill, loc);
  gsi_insert_before (gsi, fill, GSI_SAME_STMT);
  return copy;
}

/* Insert before *GSI the making of a closure of FN, the address of a function,
   with the chain CHAIN; returns the closure.  */
static tree
closure_make (gimple_stmt_iterator *gsi, tree fn, tree chain)
{
  gcall *make
    = gimple_build_call (entry_point_decl (ENTRY_CLOSURE), 2, fn, chain);
  tree closure = make_ssa_name (ptr_type_node);
  gimple_call_set_lhs (make, closure);
  gimple_set_location (make, gimple_location (gsi_stmt (*gsi)));
  gsi_insert_before (gsi, make, GSI_SAME_STMT);
  return closure;
}

/* Replace the call CALL of __builtin_init_trampoline at *GSI.  */
static void
closure_rewrite_init (gimple_stmt_iterator *gsi, gcall *call)
{
  tree frame;
  tree field = closure_field (gimple_call_arg (call, 0), &frame);
  if (!field
      || (closure_needed_p (gimple_call_arg (call, 1))
          && !closure_frame_copied_p (frame)))
    {
      tree closure
        = closure_make (gsi, gimple_call_arg (call, 1),
                        gimple_call_arg (call, 2));
      gassign *store
        = gimple_build_assign (closure_slot (gimple_call_arg (call, 0)),
                               closure);
      gimple_set_location (store, gimple_location (call));
      gsi_insert_before (gsi, store, GSI_SAME_STMT);
    }

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
  tree frame;
  tree field = closure_field (gimple_call_arg (call, 0), &frame);
  tree *fn = field ? trampoline_functions->get (field) : NULL;
  tree closure = closure_slot (gimple_call_arg (call, 0));
  if (fn && !closure_needed_p (*fn))
    closure = unshare_expr (*fn);
  else if (fn && closure_frame_copied_p (frame))
    closure = closure_make (gsi, unshare_expr (*fn),
                            closure_copy_frame (gsi, frame));
  gassign *load = gimple_build_assign (lhs, closure);
  gimple_set_location (load, gimple_location (call));
  gsi_replace (gsi, load, true);
}

/* If the statement at *GSI links a frame of the current function to an outer
   one that is copied, let it link to a copy.  */
static bool
closure_rewrite_chain (gimple_stmt_iterator *gsi)
{
  gimple *stmt = gsi_stmt (*gsi);
  if (!gimple_assign_single_p (stmt)
      || TREE_CODE (gimple_assign_lhs (stmt)) != COMPONENT_REF
      || !capture_closures_p (current_function_decl))
    return false;
  tree field = TREE_OPERAND (gimple_assign_lhs (stmt), 1);
  tree chain = gimple_assign_rhs1 (stmt);
  if (!DECL_NAME (field) || !POINTER_TYPE_P (TREE_TYPE (field))
      || TREE_CODE (chain) != SSA_NAME
      || strcmp (IDENTIFIER_POINTER (DECL_NAME (field)), "__chain") != 0)
    return false;
  tree frame = build_simple_mem_ref (chain);
  if (!closure_frame_copied_p (frame))
    return false;
  gimple_assign_set_rhs1 (stmt, closure_copy_frame (gsi, frame));
  update_stmt (stmt);
  return true;
}

/* The code generator fills the save area of nonlocal gotos in FRAME, of which
   GIMPLE knows nothing: say that it is filled, or copies may lack it.  */
static void
closure_fill_save_area (function *fn)
{
  tree constraint
    = build_tree_list (build_tree_list (NULL_TREE, build_string (3, "=m")),
                       unshare_expr (fn->nonlocal_goto_save_area));
  vec<tree, va_gc> *outputs = NULL;
  vec_safe_push (outputs, constraint);
  gasm *fill = gimple_build_asm_vec ("", NULL, outputs, NULL, NULL);
  gimple_asm_set_volatile (fill, true);
  gsi_insert_on_edge_immediate (
    single_succ_edge (ENTRY_BLOCK_PTR_FOR_FN (fn)), fill);
}

void
closure_rewrite (function *fn)
{
  bool changed = false;
  if (fn->nonlocal_goto_save_area && capture_by_reference_p (fn->decl))
    {
      closure_fill_save_area (fn);
      changed = true;
    }
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
            changed |= closure_rewrite_chain (&gsi);
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
