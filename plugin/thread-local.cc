/* thread-local.cc: a goroutine's thread is not always the same.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   GCC takes it that a function begins and ends in one thread, so that where a
   thread-local variable lies is computed once.  After a moving call it may be
   another thread's variable that the name means.  So each use of the name
   computes it anew, and says nothing by which two of them can be told to be the
   same:

     the thread pointer   is a volatile word of memory, which it is indeed
     __tls_get_addr       is a call like others

   Uses that address the variable by %fs itself are right as they are.

   What is left alone: an address that the program itself keeps; and, of an array
   by a variable index, what the loop optimizers make of it before this stage, a
   pointer that goes from one element to the next.  */

#include "stack.h"

/* INSN reads the thread pointer, and does nothing else.  */
static bool
reads_thread_pointer_p (const rtx_insn *insn)
{
  rtx set = NONJUMP_INSN_P (insn) ? single_set (insn) : NULL_RTX;
  return set && REG_P (SET_DEST (set))
         && GET_CODE (SET_SRC (set)) == UNSPEC
         && XINT (SET_SRC (set), 1) == UNSPEC_TP;
}

/* What is in the thread control block's first word: the thread pointer.  */
static rtx
thread_pointer_word (machine_mode mode)
{
  rtx mem = gen_rtx_MEM (mode, const0_rtx);
  set_mem_addr_space (mem, ADDR_SPACE_SEG_FS);
  MEM_VOLATILE_P (mem) = 1;
  return mem;
}

/* Whether X says where thread-local variables lie.  */
static bool
thread_local_p (const_rtx x)
{
  subrtx_iterator::array_type array;
  FOR_EACH_SUBRTX (iter, array, x, ALL)
    if ((GET_CODE (*iter) == SYMBOL_REF && SYMBOL_REF_TLS_MODEL (*iter))
        || (GET_CODE (*iter) == UNSPEC
            && XINT (*iter, 1) == UNSPEC_TLS_LD_BASE))
      return true;
  return false;
}

void
stack_forget_thread (rtx_insn *insn)
{
  if (!INSN_P (insn))
    return;
  rtx note = find_reg_equal_equiv_note (insn);
  if (note && thread_local_p (XEXP (note, 0)))
    remove_note (insn, note);
  if (reads_thread_pointer_p (insn))
    {
      rtx reg = SET_DEST (single_set (insn));
      PATTERN (insn)
        = gen_rtx_SET (reg, thread_pointer_word (GET_MODE (reg)));
      INSN_CODE (insn) = -1;
    }
  else if (CALL_P (insn) && RTL_CONST_CALL_P (insn))
    {
      rtx call = get_call_rtx_from (insn);
      rtx fn = call ? XEXP (XEXP (call, 0), 0) : NULL_RTX;
      if (fn && GET_CODE (fn) == SYMBOL_REF
          && strcmp (XSTR (fn, 0), "__tls_get_addr") == 0)
        RTL_CONST_CALL_P (insn) = 0;
    }
}
