/* varargs.c: a va_list of a function on the growable stack.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A va_list points into its function's frame, and to the arguments in its
   caller's: both are copied to the address stack.  */

#include "arch/x86_64/arch.h"
#include "base/base.h"
#include "stack/stack.h"

#include <string.h>

/* The x86-64 ABI's va_list, and what its last pointer leads to.  All this has just
   been stored, piece by piece; who loads two pieces at once waits for the stores,
   so each is read by itself.  */
struct va_list_words
{
  uint32_t gp_offset, fp_offset;
  uintptr_t overflow_arg_area;
  uintptr_t reg_save_area;
} __attribute__ ((may_alias));

#define GENERAL_NBYTES 48
#define SAVE_AREA_NBYTES 176

/* In assembly.  */
extern void *cairn_rt_frame_alloc (size_t nbytes, size_t align);

/* Copy NBYTES from FROM, or what there is of them before HI: the areas may be
   said to be larger than they are, and the first function's are at the end of
   the stack.  */
static void
copy_before (uintptr_t hi, void *to, const void *from, size_t nbytes)
{
  cairni_arch_copy (to, from, cairni_min (nbytes, hi - (uintptr_t)from));
}

/* The same for the registers: this is most of what a call of a function with
   variable arguments costs.  */
static void
copy_registers (uintptr_t hi, void *to, const void *from)
{
  typedef long word __attribute__ ((may_alias));
  typedef long pair __attribute__ ((vector_size (16), may_alias, aligned (8)));
  if (cairni_unlikely (hi - (uintptr_t)from < SAVE_AREA_NBYTES))
    {
      copy_before (hi, to, from, SAVE_AREA_NBYTES);
      return;
    }
#pragma GCC unroll 6
  for (unsigned i = 0; i < GENERAL_NBYTES / 8; i++)
    cairni_poke (((word *)to)[i], cairni_peek (((const word *)from)[i]));
#pragma GCC unroll 8
  for (unsigned i = GENERAL_NBYTES / 16; i < SAVE_AREA_NBYTES / 16; i++)
    ((pair *)to)[i] = ((const pair *)from)[i];
}

/* Runs on its caller's stack.  */
#pragma GCC diagnostic error "-Wstack-usage=128"

CAIRNI_PUBLIC void
cairn_rt_va_start (void *to, void *from, void *save_area, size_t args_nbytes)
{
  const struct va_list_words *list = from;
  struct va_list_words *result = to;
  uintptr_t tcb = cairni_arch_thread_pointer ();
  const struct cairni_stack_words *words = cairni_stack_words (tcb);
  uintptr_t hi = words->stack_lo + words->stack_nbytes;
  uintptr_t saved = cairni_peek (list->reg_save_area);
  uintptr_t args = cairni_peek (list->overflow_arg_area);
  cairni_poke (result->gp_offset, cairni_peek (list->gp_offset));
  cairni_poke (result->fp_offset, cairni_peek (list->fp_offset));
  if (cairni_stack_has (tcb, saved))
    {
      copy_registers (hi, save_area, (const void *)saved);
      saved = (uintptr_t)save_area;
    }
  if (cairni_stack_has (tcb, args))
    {
      uintptr_t copy = 0;
      if (args_nbytes)
        {
          /* What is aligned to 16 is so in the copy.  */
          size_t shift = args % 16;
          copy = (uintptr_t)cairn_rt_frame_alloc (args_nbytes + shift, 16)
                 + shift;
          copy_before (hi, (void *)copy, (const void *)args, args_nbytes);
        }
      args = copy;
    }
  cairni_poke (result->overflow_arg_area, args);
  cairni_poke (result->reg_save_area, saved);
}
