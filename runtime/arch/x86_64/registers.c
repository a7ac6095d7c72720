/* registers.c: where a walk through frames begins.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Only the registers that a function preserves: the unwinder asks for no
   other.  */

#define _GNU_SOURCE
#include "arch/x86_64/arch.h"
#include "arch/x86_64/stack-layout.h"

#include <ucontext.h>

struct cairni_arch_registers
cairni_arch_interrupted (const void *context)
{
  const greg_t *regs = ((const ucontext_t *)context)->uc_mcontext.gregs;
  return (struct cairni_arch_registers){
    .rbx = regs[REG_RBX],
    .rbp = regs[REG_RBP],
    .r12 = regs[REG_R12],
    .r13 = regs[REG_R13],
    .r14 = regs[REG_R14],
    .r15 = regs[REG_R15],
    .rsp = regs[REG_RSP],
    .rip = regs[REG_RIP],
  };
}

/* See spill.S: a word to align, the registers, the address to return to.  */
struct cairni_arch_registers
cairni_arch_spilled (uintptr_t sp)
{
  const uintptr_t *words = (const uintptr_t *)sp;
  return (struct cairni_arch_registers){
    .r15 = words[1],
    .r14 = words[2],
    .r13 = words[3],
    .r12 = words[4],
    .rbp = words[5],
    .rbx = words[6],
    .rip = words[7],
    .rsp = sp + 8 * sizeof *words,
  };
}

/* See goroutine.S.  */
struct cairni_arch_registers
cairni_arch_waiting (uintptr_t sp)
{
  const uintptr_t *words = (const uintptr_t *)sp;
  return (struct cairni_arch_registers){
    .r15 = words[0],
    .r14 = words[1],
    .r13 = words[2],
    .r12 = words[3],
    .rbp = words[4],
    .rbx = words[5],
    .rip = words[6],
    .rsp = sp + CAIRNI_ARCH_PARKED_NWORDS * sizeof *words,
  };
}

/* See stack.S.  */
struct cairni_arch_registers
cairni_arch_in_check (const void *saved, size_t base)
{
  const char *at_rsp = saved, *at_rbp = at_rsp + base;
#define WORD(p, offset) (*(const uintptr_t *)((p) + (offset)))
  uintptr_t sp = WORD (at_rbp, CAIRNI_SAVED_SP);
  return (struct cairni_arch_registers){
    .rbx = WORD (at_rsp, CAIRNI_CHECK_RBX),
    .r12 = WORD (at_rsp, CAIRNI_CHECK_R12),
    .r13 = WORD (at_rsp, CAIRNI_CHECK_R13),
    .r14 = WORD (at_rsp, CAIRNI_CHECK_R14),
    .r15 = WORD (at_rsp, CAIRNI_CHECK_R15),
    .rbp = WORD (at_rbp, CAIRNI_SAVED_RBP),
    .rip = *(const uintptr_t *)sp,
    .rsp = sp + sizeof (uintptr_t),
  };
#undef WORD
}
