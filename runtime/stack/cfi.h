/* cfi.h: call frame information.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   What compilers say in .eh_frame of how to get from a function to its caller:
   DWARF 5, section 6.4, as the Linux Standard Base changes it.  */

#ifndef CAIRNI_CFI_H
#define CAIRNI_CFI_H

#include "base/base.h"

/* The registers that a function may preserve, and the address of its
   instruction, have DWARF's numbers below this.  */
#define CAIRNI_CFI_NREGISTERS 17

/* Where the caller's value of a register is.  The CFA is the caller's stack
   pointer.  */
enum cairni_cfi_kind
{
  CAIRNI_CFI_SAME,       /* In the register.  */
  CAIRNI_CFI_UNDEFINED,  /* Nowhere; of the address: there is no caller.  */
  CAIRNI_CFI_AT,         /* At the CFA plus OFFSET.  */
  CAIRNI_CFI_IS,         /* It is the CFA plus OFFSET.  */
  CAIRNI_CFI_REGISTER,   /* In register OFFSET.  */
  CAIRNI_CFI_AT_EXPR,    /* At what EXPR says.  */
  CAIRNI_CFI_IS_EXPR     /* It is what EXPR says.  */
};

struct cairni_cfi_rule
{
  uint32_t kind;        /* enum cairni_cfi_kind.  */
  uint32_t expr_nbytes;
  union
  {
    int64_t offset;
    const uint8_t *expr;
  };
};

/* What is known at an instruction.  */
struct cairni_cfi_row
{
  /* The CFA: CAIRNI_CFI_IS, register CFA_REGISTER plus OFFSET; or
     CAIRNI_CFI_IS_EXPR.  */
  struct cairni_cfi_rule cfa;
  unsigned cfa_register;
  struct cairni_cfi_rule registers[CAIRNI_CFI_NREGISTERS];
  bool is_signal; /* The function is a handler's return: its caller was
                     interrupted.  */
};

/* The entry of the function, or a part of it, that has the instruction at PC;
   *START is where that begins.  NULL: there is none.  In static programs this takes
   a lock of libgcc's.  */
extern const void *cairni_cfi_find (uintptr_t pc, uintptr_t *start);

/* Read what ENTRY, which begins at START, says of the instruction at PC.  False: it
   is in a form that is not understood.  Takes 2 KB of the stack.  */
extern bool cairni_cfi_read (const void *entry, uintptr_t start, uintptr_t pc,
                             struct cairni_cfi_row *row);

/* Numbers as DWARF stores them, at *AT and not beyond END, which is moved past
   them; 0 at the end.  */
extern uint64_t cairni_cfi_uleb (const uint8_t **at, const uint8_t *end);
extern int64_t cairni_cfi_sleb (const uint8_t **at, const uint8_t *end);
extern uint64_t cairni_cfi_fixed (const uint8_t **at, const uint8_t *end,
                                  unsigned nbytes);

#endif /* CAIRNI_CFI_H */
