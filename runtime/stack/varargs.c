/* varargs.c: a va_list of a function on the growable stack.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A va_list points into its function's frame, and to the arguments in its
   caller's: both are copied to the address stack.  */

#include "arch/x86_64/arch.h"
#include "base/base.h"
#include "stack/frame.h"
#include "stack/stack.h"

#include <string.h>

/* The x86-64 ABI's va_list, and what its last pointer leads to.  */
struct va_list_words
{
  unsigned gp_offset;
  unsigned fp_offset;
  void *overflow_arg_area;
  void *reg_save_area;
};

#define SAVE_AREA_NBYTES 176

/* Copy NBYTES from FROM, or what there is of them before HI: the areas may be
   said to be larger than they are, and the first function's are at the end of
   the stack.  */
static void
copy_before (uintptr_t hi, void *to, const void *from, size_t nbytes)
{
  cairni_arch_copy (to, from, cairni_min (nbytes, hi - (uintptr_t)from));
}

CAIRNI_PUBLIC void
cairn_rt_va_start (void *to, void *from, void *save_area, size_t args_nbytes)
{
  struct va_list_words list;
  uintptr_t tcb = cairni_arch_thread_pointer ();
  const struct cairni_stack_words *words = cairni_stack_words (tcb);
  uintptr_t hi = words->stack_lo + words->stack_nbytes;
  memcpy (&list, from, sizeof list);
  if (cairni_stack_has (tcb, (uintptr_t)list.reg_save_area))
    {
      copy_before (hi, save_area, list.reg_save_area, SAVE_AREA_NBYTES);
      list.reg_save_area = save_area;
    }
  if (cairni_stack_has (tcb, (uintptr_t)list.overflow_arg_area))
    {
      void *args = NULL;
      if (args_nbytes)
        {
          /* What is aligned to 16 is so in the copy.  */
          size_t shift = (uintptr_t)list.overflow_arg_area % 16;
          args = (char *)cairni_frame_alloc (args_nbytes + shift, 16) + shift;
          copy_before (hi, args, list.overflow_arg_area, args_nbytes);
        }
      list.overflow_arg_area = args;
    }
  memcpy (to, &list, sizeof list);
}
