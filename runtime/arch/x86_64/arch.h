/* arch.h: what the runtime must know of the x86-64 and its ABI.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Together with spill.S and thunk.c this is all the processor-specific
   knowledge there is.  Nothing here includes a file outside base.  */

#ifndef CAIRNI_ARCH_H
#define CAIRNI_ARCH_H

#include "base/base.h"

/* The thread pointer: the address of the thread control block, below which
   the static TLS of the thread lies.  */
CAIRNI_INLINE uintptr_t
cairni_arch_thread_pointer (void)
{
  uintptr_t fs;
  __asm__("movq %%fs:0, %0" : "=r"(fs));
  return fs;
}

/* Call FN (ARG, SP) where SP is the lowest address of the stack that holds
   the caller's live values: every register that a call preserves is stored
   above it.  */
extern void cairni_arch_spill_and_call (void (*fn) (void *arg, void *sp),
                                        void *arg);

/* A thunk is a few instructions that load the static chain and jump to a
   nested function.  A thunk area is CAIRNI_THUNK_AREA_NBYTES: the first half
   code, the second data, so that no page is ever writable and executable.
   Thunk i is at offset i * CAIRNI_THUNK_NBYTES of the code half, its struct
   cairni_thunk_data at the same offset of the data half.  */
#define CAIRNI_THUNK_NBYTES 32
#define CAIRNI_THUNK_AREA_NBYTES 8192
#define CAIRNI_THUNK_HALF_NBYTES 4096
#define CAIRNI_THUNK_COUNT 128

struct cairni_thunk_data
{
  void *chain;
  void *fn;
  uintptr_t unused[2];
};

_Static_assert(sizeof (struct cairni_thunk_data) == CAIRNI_THUNK_NBYTES,
               "a thunk and its data lie at equal offsets");
_Static_assert(CAIRNI_THUNK_COUNT *CAIRNI_THUNK_NBYTES
                   == CAIRNI_THUNK_HALF_NBYTES,
               "thunks fill the code half");

/* Write the code of all thunks into the writable area at CODE.  */
extern void cairni_arch_write_thunks (unsigned char *code);

#endif /* CAIRNI_ARCH_H */
