/* relocate.cc: what has an address goes to the address stack.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   A function that makes moving calls may not hold addresses of its frame.  Its
   locals that have an address get a frame on the address stack, which never
   moves (address-frame.cc): each becomes MEM [base + offset].

   A function that makes no moving calls never sees its frame move, whatever
   the functions of others that it calls do with its addresses meanwhile.  Only
   what alloca takes is on the address stack then: how deep the stack gets must
   be known at the check.

   .relocate.arrival  A nonlocal goto and __builtin_longjmp leave frames without
                      setting the address stack back.  The function where they
                      arrive is pinned, and does it there (receive_jumps).  */

#include "address-frame.h"
#include "stack.h"
#include "stages.h"

/* The state for one function.  */
struct relocation
{
  auto_vec<tree> decls; /* What moves.  */
  hash_set<tree> chosen;
  auto_vec<gcall *> allocas, saves, restores, va_starts, cfas;
  bool moving_calls;
  bool returns_twice;
  tree base; /* The variable that points to the frame.  */
};

/* -- What the function does.  */

/* Functions whose callers are pinned, and why.  */
static const struct
{
  const char *name, *why;
} pinning_functions[] = {
#define UNWOUND                                                               \
  "the C library jumps into its frame when the thread is cancelled"
#define CONTEXT "a ucontext_t has addresses of its frame"
#define CALLER "the dynamic linker looks at who calls"
  { "__sigsetjmp_cancel", UNWOUND },
  { "__pthread_register_cancel", UNWOUND },
  { "getcontext", CONTEXT },
  { "swapcontext", CONTEXT },
  { "makecontext", CONTEXT },
  { "dlsym", CALLER },
  { "dlvsym", CALLER },
  { "dlopen", CALLER },
  { "dlmopen", CALLER },
  { "savectx", "it returns twice in an unknown way" },
#undef UNWOUND
#undef CONTEXT
#undef CALLER
};

/* Why the call of FNDECL pins its function; NULL if it does not.  */
static const char *
pinning_call (gcall *call, tree fndecl)
{
  if (gimple_call_builtin_p (call, BUILT_IN_NORMAL))
    switch (DECL_FUNCTION_CODE (fndecl))
      {
      case BUILT_IN_FRAME_ADDRESS:
        return "it calls __builtin_frame_address";
      case BUILT_IN_RETURN_ADDRESS:
        return integer_zerop (gimple_call_arg (call, 0))
                 ? NULL : "it calls __builtin_return_address of a caller";
      case BUILT_IN_APPLY:
      case BUILT_IN_APPLY_ARGS:
      case BUILT_IN_RETURN:
        return "it calls __builtin_apply and its like";
      case BUILT_IN_SETJMP:
      case BUILT_IN_SETJMP_SETUP:
      case BUILT_IN_SETJMP_RECEIVER:
        return "it calls __builtin_setjmp";
      case BUILT_IN_UNWIND_INIT:
      case BUILT_IN_EH_RETURN:
        return "it unwinds its caller's frame";
      default:
        return NULL;
      }
  const char *name = IDENTIFIER_POINTER (DECL_NAME (fndecl));
  for (auto &row : pinning_functions)
    if (strcmp (row.name, name) == 0)
      return row.why;
  return NULL;
}

/* Whether the text of ASM_STMT names the stack pointer or calls.  */
static bool
asm_uses_stack_p (gasm *asm_stmt)
{
  const char *text = gimple_asm_string (asm_stmt);
  for (const char *p = strstr (text, "call"); p; p = strstr (p + 1, "call"))
    if (p - text < 3 || !startswith (p - 3, "sys"))
      return true;
  return strstr (text, "rsp") || strstr (text, "esp");
}

/* Note what CALL means for the function.  */
static void
survey_call (relocation *r, gcall *call)
{
  struct stack_frame *frame = stack_frame_current ();
  if (gimple_call_internal_p (call))
    return;
  tree fndecl = gimple_call_fndecl (call);
  if (gimple_call_flags (call) & ECF_RETURNS_TWICE)
    r->returns_twice = true;
  if (fndecl)
    if (const char *why = pinning_call (call, fndecl))
      frame->pin = why;
  if (gimple_alloca_call_p (call))
    r->allocas.safe_push (call);
  else if (gimple_call_builtin_p (call, BUILT_IN_STACK_SAVE))
    r->saves.safe_push (call);
  else if (gimple_call_builtin_p (call, BUILT_IN_STACK_RESTORE))
    r->restores.safe_push (call);
  else if (gimple_call_builtin_p (call, BUILT_IN_VA_START))
    r->va_starts.safe_push (call);
  else if (fndecl && fndecl_built_in_p (fndecl, BUILT_IN_DWARF_CFA))
    r->cfas.safe_push (call);
  if (stack_moving_p (stack_call_kind (fndecl)))
    r->moving_calls = true;
}

static void
survey (relocation *r)
{
  struct stack_frame *frame = stack_frame_current ();
  basic_block bb;
  r->moving_calls = r->returns_twice = false;
  if (cfun->has_nonlocal_label)
    frame->pin = "a nested function jumps into it";
  FOR_EACH_BB_FN (bb, cfun)
    for (gimple_stmt_iterator gsi = gsi_start_bb (bb); !gsi_end_p (gsi);
         gsi_next (&gsi))
      if (gcall *call = dyn_cast<gcall *> (gsi_stmt (gsi)))
        survey_call (r, call);
      else if (gasm *asm_stmt = dyn_cast<gasm *> (gsi_stmt (gsi)))
        if (asm_uses_stack_p (asm_stmt))
          frame->pin = "an asm statement uses the stack";
}

/* -- What moves.  */

/* Whether DECL can be on the address stack.  */
static bool
candidate_p (tree decl)
{
  if (TREE_CODE (decl) == RESULT_DECL)
    return !DECL_BY_REFERENCE (decl) && !is_gimple_reg (decl)
           && !VOID_TYPE_P (TREE_TYPE (decl))
           && !aggregate_value_p (decl, current_function_decl)
           && poly_int_tree_p (DECL_SIZE_UNIT (decl));
  return heap_move_candidate_p (decl);
}

static void
choose (relocation *r, tree decl)
{
  if (candidate_p (decl) && !r->chosen.add (decl))
    r->decls.safe_push (decl);
}

/* Whether REF has an index that is not constant: its address is computed, and
   the computation may be moved about.  */
static bool
indexed_p (tree ref)
{
  for (; handled_component_p (ref); ref = TREE_OPERAND (ref, 0))
    if ((TREE_CODE (ref) == ARRAY_REF || TREE_CODE (ref) == ARRAY_RANGE_REF)
        && TREE_CODE (TREE_OPERAND (ref, 1)) != INTEGER_CST)
      return true;
  return false;
}

/* walk_gimple_op's callback: choose locals whose addresses are used.  DATA is
   a walk_stmt_info whose info is the relocation.  */
static tree
choose_operand (tree *tp, int *walk_subtrees, void *data)
{
  relocation *r = (relocation *) ((struct walk_stmt_info *) data)->info;
  tree t = *tp;
  if (TYPE_P (t))
    {
      *walk_subtrees = 0;
      return NULL_TREE;
    }
  /* A part of a variable, as the optimizer writes it: that is no address.  */
  tree of = TREE_CODE (t) == MEM_REF ? TREE_OPERAND (t, 0) : NULL_TREE;
  if (of && TREE_CODE (of) == ADDR_EXPR && DECL_P (TREE_OPERAND (of, 0))
      && !TREE_ADDRESSABLE (TREE_OPERAND (of, 0)))
    {
      *walk_subtrees = 0;
      return NULL_TREE;
    }
  tree base = NULL_TREE;
  if (TREE_CODE (t) == ADDR_EXPR)
    base = get_base_address (TREE_OPERAND (t, 0));
  else if (handled_component_p (t) && indexed_p (t))
    base = get_base_address (t);
  if (base && (VAR_P (base) || TREE_CODE (base) == PARM_DECL
               || TREE_CODE (base) == RESULT_DECL))
    choose (r, base);
  return NULL_TREE;
}

/* Have CALL, which returns its result in memory, return it to where it can
   stay when the frame moves.  */
static void
choose_result (relocation *r, gcall *call)
{
  tree type = gimple_call_return_type (call);
  if (VOID_TYPE_P (type) || gimple_call_internal_p (call)
      || !aggregate_value_p (type, gimple_call_fndecl (call)
                                     ? gimple_call_fndecl (call)
                                     : gimple_call_fntype (call)))
    return;
  tree lhs = gimple_call_lhs (call);
  tree base = lhs ? get_base_address (lhs) : NULL_TREE;
  if (!lhs || !gimple_call_return_slot_opt_p (call)
      || (DECL_P (base) && !is_global_var (base) && !candidate_p (base)))
    {
      tree temporary = create_tmp_var (type, "result");
      TREE_ADDRESSABLE (temporary) = 1;
      gimple_call_set_lhs (call, temporary);
      gimple_call_set_return_slot_opt (call, true);
      if (lhs && !stmt_ends_bb_p (call))
        {
          gimple_stmt_iterator gsi = gsi_for_stmt (call);
          gassign *copy = gimple_build_assign (lhs, temporary);
          gimple_set_location (copy, gimple_location (call));
          gsi_insert_after (&gsi, copy, GSI_NEW_STMT);
        }
      else if (lhs)
        gsi_insert_on_edge_immediate (
          find_fallthru_edge (gimple_bb (call)->succs),
          gimple_build_assign (lhs, temporary));
      update_stmt (call);
      base = temporary;
    }
  if (DECL_P (base))
    choose (r, base);
}

static void
choose_all (relocation *r)
{
  basic_block bb;
  struct walk_stmt_info wi;
  memset (&wi, 0, sizeof (wi));
  wi.info = r;
  auto_vec<gcall *> calls;

  FOR_EACH_BB_FN (bb, cfun)
    {
      for (gphi_iterator gpi = gsi_start_phis (bb); !gsi_end_p (gpi);
           gsi_next (&gpi))
        for (unsigned i = 0; i < gimple_phi_num_args (gpi.phi ()); i++)
          walk_tree (gimple_phi_arg_def_ptr (gpi.phi (), i), choose_operand,
                     &wi, NULL);
      for (gimple_stmt_iterator gsi = gsi_start_bb (bb); !gsi_end_p (gsi);
           gsi_next (&gsi))
        {
          gimple *stmt = gsi_stmt (gsi);
          if (is_gimple_debug (stmt) || gimple_clobber_p (stmt))
            continue;
          walk_gimple_op (stmt, choose_operand, &wi);
          if (gcall *call = dyn_cast<gcall *> (stmt))
            calls.safe_push (call);
          /* Memory operands.  */
          if (gasm *asm_stmt = dyn_cast<gasm *> (stmt))
            {
              for (unsigned i = 0; i < gimple_asm_noutputs (asm_stmt); i++)
                if (tree base = get_base_address (
                      TREE_VALUE (gimple_asm_output_op (asm_stmt, i))))
                  if (DECL_P (base))
                    choose (r, base);
              for (unsigned i = 0; i < gimple_asm_ninputs (asm_stmt); i++)
                if (tree base = get_base_address (
                      TREE_VALUE (gimple_asm_input_op (asm_stmt, i))))
                  if (DECL_P (base))
                    choose (r, base);
            }
        }
    }
  for (gcall *call : calls)
    choose_result (r, call);

  /* What else the code generator thinks needs an address.  */
  unsigned i;
  tree decl;
  FOR_EACH_LOCAL_DECL (cfun, i, decl)
    if (VAR_P (decl) && TREE_ADDRESSABLE (decl))
      choose (r, decl);
  for (decl = DECL_ARGUMENTS (current_function_decl); decl;
       decl = DECL_CHAIN (decl))
    if (TREE_ADDRESSABLE (decl))
      choose (r, decl);
}

/* Remove CALL, whose result, if it has one, may be null: the address of a frame
   in a nested function's record, which is for debuggers, and wrong when it has
   moved; where the stack was, if nothing is taken of it.  */
static void
remove_call (gcall *call)
{
  gimple_stmt_iterator gsi = gsi_for_stmt (call);
  tree lhs = gimple_call_lhs (call);
  unlink_stmt_vdef (call);
  if (lhs)
    gsi_replace (&gsi,
                 gimple_build_assign (lhs, build_zero_cst (TREE_TYPE (lhs))),
                 true);
  else
    gsi_remove (&gsi, true);
}

/* va_start puts addresses of the frame into the list.  Let it fill one that
   stays in the frame, and copy that and what it leads to.  SAVE is the block
   for the registers.  */
static void
rewrite_va_start (relocation *r, gcall *call, tree save)
{
  struct stack_frame *frame = stack_frame_current ();
  tree list_type = va_list_type_node;
  if (TREE_CODE (list_type) == ARRAY_TYPE)
    list_type = TREE_TYPE (list_type);
  tree list = stack_make_variable (build_array_type_nelts (list_type, 1), "va");
  TREE_ADDRESSABLE (list) = 1;
  plugin_keep_tree (list);
  frame->va_lists.safe_push (list);
  /* It stays.  */
  r->chosen.add (list);
  if (!frame->args_nbytes)
    {
      /* In memory, so that it is there to be set.  */
      frame->args_nbytes
        = stack_make_variable (build_qualified_type (size_type_node,
                                               TYPE_QUAL_VOLATILE),
                         "va_nbytes");
      plugin_keep_tree (frame->args_nbytes);
    }

  tree to = gimple_call_arg (call, 0);
  tree first = build4 (ARRAY_REF, list_type, list, integer_zero_node,
                       NULL_TREE, NULL_TREE);
  tree from = build1 (ADDR_EXPR, build_pointer_type (list_type), first);
  gimple_stmt_iterator gsi = gsi_for_stmt (call);
  gimple_call_set_arg (call, 0, from);
  update_stmt (call);

  tree save_address = build1 (ADDR_EXPR,
                              build_pointer_type (TREE_TYPE (save)), save);
  TREE_ADDRESSABLE (save) = 1;
  tree nbytes = make_ssa_name (size_type_node);
  gcall *copy
    = gimple_build_call (entry_point_decl (ENTRY_VARARGS), 4, to,
                         unshare_expr (from), save_address, nbytes);
  gimple_set_location (copy, gimple_location (call));
  gsi_insert_after (&gsi, gimple_build_assign (nbytes, frame->args_nbytes),
                    GSI_NEW_STMT);
  gsi_insert_after (&gsi, copy, GSI_NEW_STMT);
}

/* -- The function.  */

/* The clobbers of moved locals say nothing of their frame.  */
static bool
remove_clobber (moved_map *map, gimple_stmt_iterator *gsi)
{
  if (!gimple_clobber_p (gsi_stmt (*gsi))
      || !moved_base (map, gimple_assign_lhs (gsi_stmt (*gsi))))
    return false;
  moved_remove_store (gsi);
  return true;
}

/* Have the function enter the frame of START and BASE, as address_frame_enter
   says, and leave it at each return.  */
static void
make_frame (tree start, tree base, HOST_WIDE_INT nbytes, unsigned align_nbytes,
            gimple_seq seq, bool dynamic)
{
  address_frame_enter (start, base, nbytes, align_nbytes, seq);

  edge e;
  edge_iterator ei;
  auto_vec<gimple *> returns;
  FOR_EACH_EDGE (e, ei, EXIT_BLOCK_PTR_FOR_FN (cfun)->preds)
    if (gimple *last = last_stmt (e->src))
      if (gimple_code (last) == GIMPLE_RETURN)
        returns.safe_push (last);
  for (gimple *ret : returns)
    address_frame_leave (ret, start, dynamic);

  /* The frame must be left first.  */
  basic_block bb;
  FOR_EACH_BB_FN (bb, cfun)
    for (gimple_stmt_iterator gsi = gsi_start_bb (bb); !gsi_end_p (gsi);
         gsi_next (&gsi))
      if (gcall *call = dyn_cast<gcall *> (gsi_stmt (gsi)))
        {
          gimple_call_set_tail (call, false);
          gimple_call_set_must_tail (call, false);
        }
  cfun->tail_call_marked = false;
}

/* Bring up to date what the new code has changed.  */
static void
finish_rewriting (void)
{
  free_dominance_info (CDI_DOMINATORS);
  free_dominance_info (CDI_POST_DOMINATORS);
  mark_virtual_operands_for_renaming (cfun);
  update_ssa (TODO_update_ssa);
}

static void
relocate (relocation *r)
{
  bool dynamic = !r->allocas.is_empty ();

  if (r->moving_calls && !r->va_starts.is_empty ())
    {
      /* As many bytes as the ABI has registers for arguments.  */
      tree save = stack_make_variable (
        build_array_type_nelts (unsigned_char_type_node, 176), "va_registers");
      SET_DECL_ALIGN (save, 128);
      for (gcall *call : r->va_starts)
        rewrite_va_start (r, call, save);
      dynamic = true;
    }
  if (r->moving_calls)
    choose_all (r);
  for (gcall *call : r->allocas)
    address_frame_alloca (call);
  for (gcall *call : r->saves)
    if (dynamic)
      address_frame_save (call);
    else
      remove_call (call);
  for (gcall *call : r->restores)
    if (dynamic)
      address_frame_restore (call);
    else
      remove_call (call);
  for (gcall *call : r->cfas)
    remove_call (call);
  cfun->calls_alloca = false;
  if (r->decls.is_empty () && !dynamic)
    {
      mark_virtual_operands_for_renaming (cfun);
      update_ssa (TODO_update_ssa_only_virtuals);
      return;
    }

  auto_vec<moved_local *> locals;
  moved_map map;
  r->base = address_frame_variable ();
  tree start = make_ssa_name (ptr_type_node);
  tree base = make_ssa_name (r->base);
  for (tree decl : r->decls)
    {
      moved_local *l = XNEW (moved_local);
      l->decl = decl;
      l->pointer = base;
      locals.safe_push (l);
      map.put (decl, l);
    }
  unsigned align_nbytes;
  HOST_WIDE_INT nbytes = address_slots_lay_out (locals, &align_nbytes);

  moved_rewrite_function (&map, remove_clobber);
  gimple_seq seq = NULL;
  for (moved_local *l : locals)
    if (TREE_CODE (l->decl) == PARM_DECL)
      moved_copy_param (&seq, l);
  if (MAY_HAVE_DEBUG_BIND_STMTS && target_for_debug_bind (r->base))
    gimple_seq_add_stmt (&seq, gimple_build_debug_bind (r->base, base, NULL));
  make_frame (start, base, nbytes, align_nbytes, seq, dynamic);

  for (moved_local *l : locals)
    {
      /* The debugger.  */
      SET_DECL_VALUE_EXPR (l->decl,
                           build2 (MEM_REF, TREE_TYPE (l->decl), r->base,
                                   build_int_cst (
                                     build_pointer_type (TREE_TYPE (l->decl)),
                                     l->offset_nbytes)));
      DECL_HAS_VALUE_EXPR_P (l->decl) = 1;
      TREE_ADDRESSABLE (l->decl) = 0;
      XDELETE (l);
    }

  if (r->returns_twice)
    {
      address_frame_keep (start);
      address_frame_keep (base);
    }
  finish_rewriting ();
}

/* -- A pinned function that others jump into.  */

/* Note where jumps that know nothing of the address stack arrive: nonlocal gotos
   and __builtin_longjmp.  */
static void
find_arrivals (vec<gimple_stmt_iterator> *arrivals)
{
  basic_block bb;
  FOR_EACH_BB_FN (bb, cfun)
    {
      for (gimple_stmt_iterator gsi = gsi_start_bb (bb); !gsi_end_p (gsi);
           gsi_next (&gsi))
        if (glabel *label = dyn_cast<glabel *> (gsi_stmt (gsi)))
          {
            /* It is the only label of its block.  */
            if (DECL_NONLOCAL (gimple_label_label (label)))
              arrivals->safe_push (gsi);
          }
        else if (gimple_call_builtin_p (gsi_stmt (gsi),
                                        BUILT_IN_SETJMP_RECEIVER))
          arrivals->safe_push (gsi);
    }
}

/* Give the current function, which is pinned, an empty frame of the address
   stack, to which it is set back where jumps arrive.  */
static void
receive_jumps (void)
{
  auto_vec<gimple_stmt_iterator> arrivals;
  find_arrivals (&arrivals);
  if (arrivals.is_empty ())
    return;

  tree start = make_ssa_name (ptr_type_node);
  tree base = make_ssa_name (ptr_type_node);
  for (gimple_stmt_iterator gsi : arrivals)
    {
      tree end = make_ssa_name (ptr_type_node);
      gimple *sum = gimple_build_assign (end, POINTER_PLUS_EXPR, base,
                                         size_int (FRAME_ALIGN_NBYTES));
      gimple *release
        = gimple_build_call (entry_point_decl (ENTRY_FRAME_RELEASE), 1, end);
      gsi_insert_after (&gsi, sum, GSI_NEW_STMT);
      gsi_insert_after (&gsi, release, GSI_NEW_STMT);
    }
  make_frame (start, base, FRAME_ALIGN_NBYTES, FRAME_ALIGN_NBYTES, NULL, true);
  address_frame_keep (start);
  address_frame_keep (base);
  finish_rewriting ();
}

namespace
{

const pass_data pass_data_cairn_relocate = {
  GIMPLE_PASS, "cairn_relocate", OPTGROUP_NONE, TV_PLUGIN_RUN,
  PROP_cfg | PROP_ssa, 0, 0, 0, 0
};

class pass_cairn_relocate : public gimple_opt_pass
{
public:
  pass_cairn_relocate (gcc::context *ctxt)
      : gimple_opt_pass (pass_data_cairn_relocate, ctxt)
  {
  }

  bool
  gate (function *fn) final override
  {
    return stack_function_p (fn);
  }

  unsigned int
  execute (function *) final override
  {
    relocation r;
    survey (&r);
    /* They may all be cells of the heap by now.  */
    if (r.allocas.is_empty ())
      cfun->calls_alloca = false;
    if (stack_frame_current ()->pin)
      receive_jumps ();
    else if (r.moving_calls || !r.allocas.is_empty () || !r.saves.is_empty ()
             || !r.restores.is_empty ())
      relocate (&r);
    return 0;
  }
};

} // anonymous namespace

opt_pass *
make_pass_cairn_relocate (gcc::context *ctxt)
{
  return new pass_cairn_relocate (ctxt);
}
