/* unwind.h: from a frame to its caller's.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A walk ends where nothing is known of a frame, or where what is said of it
   leads nowhere; it does no harm, whatever the tables say and whatever is on the
   stack.  It allocates nothing and takes no lock, but in a static program the
   unwinder's; any thread may walk, on any stack of which some 4 KB are left, and
   a handler, too.

     struct cairni_unwind walk;
     cairni_unwind_here (&walk);
     do
       … CAIRNI_UNWIND_PC (&walk) …
     while (cairni_unwind_up (&walk));  */

#ifndef CAIRNI_UNWIND_H
#define CAIRNI_UNWIND_H

#include "arch/x86_64/arch.h"
#include "base/base.h"
#include "stack/cfi.h"

struct cairni_unwind
{
  /* By DWARF's number; only those that functions preserve.  */
  uintptr_t registers[CAIRNI_CFI_NREGISTERS];
  bool is_exact; /* PC is that of the next instruction, not one behind a call.  */
  uintptr_t readable_lo, readable_hi; /* Memory known to be there.  */
};

/* Where the frame goes on, 0 in none; an instruction of what it does; and its stack
   pointer.  */
#define CAIRNI_UNWIND_PC(walk) ((walk)->registers[16])
#define CAIRNI_UNWIND_AT(walk) (CAIRNI_UNWIND_PC (walk) - !(walk)->is_exact)
#define CAIRNI_UNWIND_SP(walk) ((walk)->registers[7])

/* Begin with what has the registers FROM.  */
extern void cairni_unwind_begin (struct cairni_unwind *walk,
                                 const struct cairni_arch_registers *from);

/* Begin with the calling function.  */
#define cairni_unwind_here(walk)                                               \
  ({                                                                           \
    struct cairni_arch_registers here_;                                        \
    cairni_arch_get_registers (&here_);                                        \
    cairni_unwind_begin (walk, &here_);                                        \
  })

/* Go to the caller.  False: there is none, or it cannot be found.  */
extern bool cairni_unwind_up (struct cairni_unwind *walk);

#endif /* CAIRNI_UNWIND_H */
