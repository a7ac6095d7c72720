/* check.cc: the stack check at a function's entry.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   Place: after the pass that puts endbr64 at the entry, which must come first,
   and before unwind information is made.  There is no control flow graph any
   more.

     nopl   MARK (%rax)          the function may be called on a growable stack;
                                 not if nobody can have its address
     call   enter                only main: get a growable stack
     cmpq   %fs:GUARD, %rsp      a greater frame: leaq -N (%rsp), %r11 first,
     jb     grow                 and compare that
     ...
   grow:                         behind the function
     movl   $need, %r11d
     call   cairn_rt_grow        preserves all else
     jmp    (behind the check)

   A function that makes no moving calls and needs little has no check; the
   guard is that far above the end.  A pinned function has, instead of the
   check, a call of cairn_rt_pin.  */

#include "stack.h"
#include "stages.h"

/* Emit PATTERN, an instruction that there is, before WHERE.  */
static rtx_insn *
emit_before (rtx pattern, rtx_insn *where)
{
  rtx_insn *insn = emit_insn_before (pattern, where);
  gcc_assert (recog_memoized (insn) >= 0);
  return insn;
}

/* Emit a call of the runtime's NAME after WHERE.  */
static rtx_insn *
emit_call_after (const char *name, rtx_insn *where)
{
  rtx fn = gen_rtx_MEM (QImode, stack_runtime_symbol (name));
  rtx_insn *insn
    = emit_call_insn_after (gen_rtx_CALL (VOIDmode, fn, const0_rtx), where);
  gcc_assert (recog_memoized (insn) >= 0);
  return insn;
}

/* An instruction, or none, of the given bytes in assembly.  */
static rtx
text_insn (const char *text)
{
  return gen_rtx_ASM_INPUT_loc (VOIDmode, ggc_strdup (text),
                                DECL_SOURCE_LOCATION (current_function_decl));
}

/* The first instruction of the function that is not endbr64.  */
static rtx_insn *
entry_insn (void)
{
  rtx_insn *insn = get_insns ();
  while (!INSN_P (insn) && NEXT_INSN (insn))
    insn = NEXT_INSN (insn);
  while (INSN_P (insn) && GET_CODE (PATTERN (insn)) == UNSPEC_VOLATILE
         && XINT (PATTERN (insn), 1) == UNSPECV_NOP_ENDBR)
    insn = NEXT_INSN (insn);
  return insn;
}

/* Emit the check for a function that needs NBYTES, before ENTRY.  */
static void
emit_check (rtx_insn *entry, HOST_WIDE_INT nbytes)
{
  rtx guard = gen_rtx_MEM (DImode, GEN_INT (ABI_GUARD));
  set_mem_addr_space (guard, ADDR_SPACE_SEG_FS);
  MEM_VOLATILE_P (guard) = 1;
  rtx lowest = stack_pointer_rtx;
  if (nbytes > ABI_STACK_SMALL)
    {
      lowest = gen_rtx_REG (DImode, R11_REG);
      emit_before (gen_rtx_SET (lowest, plus_constant (DImode,
                                                       stack_pointer_rtx,
                                                       -nbytes)),
                   entry);
    }
  rtx flags = gen_rtx_REG (CCmode, FLAGS_REG);
  emit_before (gen_rtx_SET (flags, gen_rtx_COMPARE (CCmode, lowest, guard)),
               entry);
  rtx_code_label *grow = gen_label_rtx (), *resume = gen_label_rtx ();
  rtx below = gen_rtx_LTU (VOIDmode, flags, const0_rtx);
  rtx jump = gen_rtx_SET (
    pc_rtx, gen_rtx_IF_THEN_ELSE (VOIDmode, below,
                                  gen_rtx_LABEL_REF (VOIDmode, grow), pc_rtx));
  rtx_insn *branch = emit_jump_insn_before (jump, entry);
  JUMP_LABEL (branch) = grow;
  LABEL_NUSES (grow) = 1;
  gcc_assert (recog_memoized (branch) >= 0);
  add_reg_br_prob_note (branch, profile_probability::very_unlikely ());
  emit_label_before (resume, entry);

  rtx_insn *last = get_last_insn ();
  if (!BARRIER_P (last))
    last = emit_barrier_after (last);
  last = emit_label_after (grow, last);
  last = emit_insn_after (gen_rtx_SET (gen_rtx_REG (DImode, R11_REG),
                                       GEN_INT (nbytes)),
                          last);
  gcc_assert (recog_memoized (last) >= 0);
  last = emit_call_after ("cairn_rt_grow", last);
  last = emit_jump_insn_after (
    gen_rtx_SET (pc_rtx, gen_rtx_LABEL_REF (VOIDmode, resume)), last);
  JUMP_LABEL (last) = resume;
  LABEL_NUSES (resume) = 1;
  gcc_assert (recog_memoized (last) >= 0);
  emit_barrier_after (last);
}

/* Emit the call that brings a pinned function to the system stack.  */
static void
emit_pin (rtx_insn *entry)
{
  rtx r11 = gen_rtx_REG (DImode, R11_REG);
  if (cfun->stdarg)
    {
      /* See foreign.cc.  */
      emit_before (gen_rtx_SET (gen_rtx_REG (SImode, R11_REG),
                                gen_rtx_REG (SImode, AX_REG)),
                   entry);
      rtx shift = gen_rtx_SET (gen_rtx_REG (SImode, R11_REG),
                               gen_rtx_LSHIFTRT (SImode,
                                                 gen_rtx_REG (SImode, R11_REG),
                                                 GEN_INT (ABI_ARGS_SHIFT)));
      rtx clobber = gen_rtx_CLOBBER (VOIDmode,
                                     gen_rtx_REG (CCmode, FLAGS_REG));
      emit_before (gen_rtx_PARALLEL (VOIDmode, gen_rtvec (2, shift, clobber)),
                   entry);
    }
  else
    {
      poly_int64 nbytes = crtl->args.size;
      emit_before (gen_rtx_SET (r11, GEN_INT (nbytes.to_constant ())), entry);
    }
  emit_call_after ("cairn_rt_pin", PREV_INSN (entry));
}

/* Whether somebody may call the current function without this file's
   knowing.  */
static bool
address_known_p (void)
{
  cgraph_node *node = cgraph_node::get (current_function_decl);
  return !node || TREE_PUBLIC (node->decl) || node->address_taken
         || node->has_aliases_p () || node->externally_visible;
}

namespace
{

const pass_data pass_data_cairn_check
  = { RTL_PASS, "cairn_check", OPTGROUP_NONE, TV_PLUGIN_RUN, 0, 0, 0, 0, 0 };

class pass_cairn_check : public rtl_opt_pass
{
public:
  pass_cairn_check (gcc::context *ctxt)
      : rtl_opt_pass (pass_data_cairn_check, ctxt)
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
    struct stack_need need = stack_verified_need ();
    rtx_insn *entry = entry_insn ();
    if (address_known_p ())
      {
        char *mark = xasprintf (".byte\t0x0f, 0x1f, 0x80\n\t.long\t%#x",
                                ABI_MARK_DISPLACEMENT);
        emit_insn_before (text_insn (mark), entry);
        free (mark);
      }
    if (MAIN_NAME_P (DECL_NAME (current_function_decl))
        && TREE_PUBLIC (current_function_decl))
      emit_call_after ("cairn_rt_enter", PREV_INSN (entry));
    if (stack_frame_current ()->pin)
      emit_pin (entry);
    else if (need.moving || need.nbytes > ABI_STACK_SMALL)
      emit_check (entry, need.nbytes);
    stack_thunk_define (current_function_decl);
    return 0;
  }
};

} // anonymous namespace

opt_pass *
make_pass_cairn_check (gcc::context *ctxt)
{
  return new pass_cairn_check (ctxt);
}
