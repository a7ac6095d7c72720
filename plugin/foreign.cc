/* foreign.cc: calls of code that may not be the plugin's.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   Place: right after expand, so that what the code generator calls by itself
   is there.

     call foo         call foo$any       if foo may be another file's
                      call foo$system    if it is the C library's, say
                      call foo$place     memcpy and its like
     call *p          r10 = p; call cairn_rt_call$cairn

   With arguments on the stack, their size is in r11, and the symbol has $args
   at its end.  A function with variable arguments needs to know the size too,
   to copy them (relocate.cc): it is in rax, above al.  */

#include "stack.h"

/* INSN, a call, passes the number of vector registers in al: add NBYTES, the
   size of its stack arguments.  */
static void
pass_args_nbytes (rtx_insn *insn, HOST_WIDE_INT nbytes)
{
  rtx use = NULL_RTX;
  for (rtx link = CALL_INSN_FUNCTION_USAGE (insn); link; link = XEXP (link, 1))
    {
      rtx x = XEXP (link, 0);
      if (GET_CODE (x) == USE && REG_P (XEXP (x, 0))
          && REGNO (XEXP (x, 0)) == AX_REG)
        use = x;
    }
  if (!use)
    return;
  for (rtx_insn *i = PREV_INSN (insn); i && !CALL_P (i) && !LABEL_P (i);
       i = PREV_INSN (i))
    {
      rtx set = NONDEBUG_INSN_P (i) ? single_set (i) : NULL_RTX;
      if (!set || !REG_P (SET_DEST (set)) || REGNO (SET_DEST (set)) != AX_REG)
        continue;
      if (!CONST_INT_P (SET_SRC (set)))
        return;
      HOST_WIDE_INT nvectors = INTVAL (SET_SRC (set)) & 0xff;
      rtx ax = gen_rtx_REG (SImode, AX_REG);
      PATTERN (i) = gen_rtx_SET (ax, gen_int_mode (nbytes << ABI_ARGS_SHIFT
                                                     | nvectors, SImode));
      INSN_CODE (i) = -1;
      XEXP (use, 0) = ax;
      return;
    }
}

/* Set hard register REGNO to VALUE before INSN, a call that uses it.  */
static void
set_before_call (rtx_insn *insn, unsigned regno, rtx value)
{
  rtx reg = gen_rtx_REG (Pmode, regno);
  start_sequence ();
  emit_move_insn (reg, value);
  rtx_insn *seq = get_insns ();
  end_sequence ();
  emit_insn_before (seq, insn);
  use_reg (&CALL_INSN_FUNCTION_USAGE (insn), reg);
}

/* The symbol of the function that ADDRESS, as a call has it, leads to; NULL_RTX
   if there is none.  With -fno-plt it is the symbol's place in the global offset
   table.  */
static rtx
called_symbol (rtx address)
{
  subrtx_iterator::array_type array;
  FOR_EACH_SUBRTX (iter, array, address, ALL)
    if (GET_CODE (*iter) == SYMBOL_REF && SYMBOL_REF_FUNCTION_P (*iter))
      return const_cast<rtx> (*iter);
  return GET_CODE (address) == SYMBOL_REF ? address : NULL_RTX;
}

/* Returns whether the growable stack may move in INSN.  */
static bool
rewrite_call (rtx_insn *insn)
{
  rtx call = get_call_rtx_from (insn);
  if (!call)
    return false;
  rtx fn = XEXP (call, 0), address = XEXP (fn, 0);
  HOST_WIDE_INT nbytes = CONST_INT_P (XEXP (call, 1)) ? INTVAL (XEXP (call, 1))
                                                      : 0;
  rtx symbol = called_symbol (address);
  bool direct = symbol != NULL_RTX;
  enum stack_call kind = CALL_ANY;
  const char *name = NULL;

  if (direct)
    {
      tree decl = SYMBOL_REF_DECL (symbol);
      name = targetm.strip_name_encoding (XSTR (symbol, 0));
      if (strcmp (name, "__tls_get_addr") == 0)
        return false;
      if (decl && TREE_CODE (decl) == FUNCTION_DECL)
        kind = stack_call_kind (decl);
      else
        kind = stack_libcall_kind (name);
      /* The C library's own, for a function that the plugin pins.  */
      if (!(decl && DECL_NAME (decl)
            && strcmp (IDENTIFIER_POINTER (DECL_NAME (decl)),
                       "__sigsetjmp_cancel") == 0))
        if (const char *replacement
            = kind == CALL_DIRECT ? NULL : stack_replacement (name))
          name = replacement;
      if (decl && TREE_CODE (decl) == FUNCTION_DECL && kind != CALL_DIRECT)
        {
          /* The name says nothing to other files.  */
          if (!TREE_PUBLIC (decl))
            direct = false;
          else
            assemble_external (decl);
        }
    }
  if (stack_moving_p (kind))
    pass_args_nbytes (insn, nbytes);
  if (kind == CALL_DIRECT)
    return true;

  rtx target;
  if (direct)
    target = stack_thunk_symbol (name, kind, nbytes && kind != CALL_IN_PLACE);
  else
    {
      set_before_call (insn, R10_REG, address);
      bool system = kind == CALL_SYSTEM;
      target = stack_runtime_symbol (
        system ? (nbytes ? "cairn_rt_call_system_args" : "cairn_rt_call_system")
               : (nbytes ? "cairn_rt_call_args" : "cairn_rt_call"));
    }
  if (nbytes && kind != CALL_IN_PLACE)
    set_before_call (insn, R11_REG, GEN_INT (nbytes));
  XEXP (fn, 0) = target;
  INSN_CODE (insn) = -1;
  return stack_moving_p (kind);
}

/* Have the size of the current function's stack arguments stored at entry.  */
static void
store_args_nbytes (tree variable)
{
  rtx place = DECL_RTL_IF_SET (variable);
  if (!place)
    return;
  start_sequence ();
  rtx size = gen_reg_rtx (SImode);
  emit_move_insn (size, gen_rtx_REG (SImode, AX_REG));
  emit_insn (gen_lshrsi3 (size, size, GEN_INT (ABI_ARGS_SHIFT)));
  rtx wide = gen_reg_rtx (DImode);
  emit_insn (gen_zero_extendsidi2 (wide, size));
  size = wide;
  emit_move_insn (place, size);
  rtx_insn *seq = get_insns ();
  end_sequence ();
  basic_block first = single_succ (ENTRY_BLOCK_PTR_FOR_FN (cfun));
  rtx_insn *at = BB_HEAD (first);
  while (!NOTE_INSN_BASIC_BLOCK_P (at))
    at = NEXT_INSN (at);
  emit_insn_after (seq, at);
}

/* Vectors of 32 bytes and more make GCC align the frame, and address it by a
   register that has to be kept, though none of them may be in the frame:
   all their registers are the caller's to save.  Do without, as long as nothing
   in the frame needs it; what is spilled later is moved as unaligned.  */
static void
unalign_frame (void)
{
  if (crtl->stack_alignment_needed <= 128 || crtl->drap_reg
      || crtl->need_drap || maybe_ne (get_frame_size (), 0)
      || cfun->calls_alloca)
    return;
  crtl->stack_alignment_needed = 128;
  crtl->stack_alignment_estimated = 128;
  crtl->max_used_stack_slot_alignment = 128;
  crtl->preferred_stack_boundary = 128;
  crtl->stack_realign_needed = false;
}

namespace
{

const pass_data pass_data_cairn_foreign
  = { RTL_PASS, "cairn_foreign", OPTGROUP_NONE, TV_PLUGIN_RUN, 0, 0, 0, 0, 0 };

class pass_cairn_foreign : public rtl_opt_pass
{
public:
  pass_cairn_foreign (gcc::context *ctxt)
      : rtl_opt_pass (pass_data_cairn_foreign, ctxt)
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
    bool moves = false;
    for (rtx_insn *insn = get_insns (); insn; insn = NEXT_INSN (insn))
      if (CALL_P (insn))
        moves |= rewrite_call (insn);
    for (rtx_insn *insn = get_insns (); insn && moves; insn = NEXT_INSN (insn))
      stack_forget_thread (insn);
    unalign_frame ();
    if (tree variable = stack_frame_current ()->args_nbytes)
      store_args_nbytes (variable);
    return 0;
  }
};

} // anonymous namespace

opt_pass *
make_pass_cairn_foreign (gcc::context *ctxt)
{
  return new pass_cairn_foreign (ctxt);
}
