/* context.c: how a ucontext_t starts a function.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The same layout as the C library's makecontext, but for the address to return
   to.  Shadow stacks, which the C library can make for contexts, are not
   supported.  */

#define _GNU_SOURCE
#include "arch/x86_64/arch.h"

#include <ucontext.h>

/* In context.S.  */
extern void cairni_arch_context_end (void);

/* Arguments in registers, in order.  */
static const int argument_registers[]
    = { REG_RDI, REG_RSI, REG_RDX, REG_RCX, REG_R8, REG_R9 };
#define NREGISTERS 6

void
cairni_arch_make_context (ucontext_t *context, void (*fn) (void), int argc,
                          va_list *args)
{
  /* The address to return to, arguments, the link.  */
  int npushed = argc > NREGISTERS ? argc - NREGISTERS : 0;
  uintptr_t top
      = (uintptr_t)context->uc_stack.ss_sp + context->uc_stack.ss_size;
  uintptr_t sp = cairni_align_down (top - (npushed + 1) * 8, 16) - 8;
  greg_t *word = (greg_t *)sp, *reg = context->uc_mcontext.gregs;
  reg[REG_RIP] = (greg_t)fn;
  reg[REG_RSP] = sp;
  reg[REG_RBX] = (greg_t)&word[npushed + 1];
  word[0] = (greg_t)cairni_arch_context_end;
  word[npushed + 1] = (greg_t)context->uc_link;
  /* Not only the int that the standard has: 64 bits each.  */
  for (int i = 0; i < argc; i++)
    if (i < NREGISTERS)
      reg[argument_registers[i]] = va_arg (*args, greg_t);
    else
      word[1 + i - NREGISTERS] = va_arg (*args, greg_t);
}
