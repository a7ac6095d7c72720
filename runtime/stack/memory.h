/* memory.h: the memory of growable stacks and of address stacks.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Blocks of a power of two bytes, at a multiple of their size: what is aligned
   on a stack stays so when it is copied to the end of another.  Nobody
   initializes a block.

   A life: fresh -> in use -> cached by the thread -> free, warm -> free, cold.
   Small blocks are cached; the pages of large ones go back to the system when
   more than a few are free.

   All functions are called with all signals blocked, because a handler may need
   a block, too.  */

#ifndef CAIRNI_STACK_MEMORY_H
#define CAIRNI_STACK_MEMORY_H

#include "base/base.h"

#define CAIRNI_STACK_MIN_NBYTES ((size_t)2048)
#define CAIRNI_STACK_MAX_NBYTES ((size_t)64 << 30)

/* The smallest block's size that is at least NBYTES; 0: there is none.  */
CAIRNI_INLINE size_t
cairni_stack_memory_size (size_t nbytes)
{
  if (nbytes <= CAIRNI_STACK_MIN_NBYTES)
    return CAIRNI_STACK_MIN_NBYTES;
  if (nbytes > CAIRNI_STACK_MAX_NBYTES)
    return 0;
  return (size_t)1 << (64 - __builtin_clzll (nbytes - 1));
}

/* A block of NBYTES, a block's size; 0: out of memory.  */
extern uintptr_t cairni_stack_memory_alloc (size_t nbytes);

/* Take back the block of NBYTES at LO.  */
extern void cairni_stack_memory_free (uintptr_t lo, size_t nbytes);

/* The same for a stack that was copied, under CAIRN_DEBUG=stackmove: overwrite
   what was used of it, from SP on, and keep it out of use for a while.  */
extern void cairni_stack_memory_retire (uintptr_t lo, size_t nbytes,
                                        uintptr_t sp);

/* The calling thread ends: nothing is cached for it.  */
extern void cairni_stack_memory_flush (void);

/* Bytes of blocks that are in use or cached by threads, and bytes had from the
   system that are not given back.  */
extern void cairni_stack_memory_get_stats (size_t *inuse_nbytes,
                                           size_t *sys_nbytes);

/* The limit on address space has changed.  */
extern void cairni_stack_memory_limit_changed (void);

/* Held while the process forks.  Block all signals themselves.  */
extern void cairni_stack_memory_lock (void);
extern void cairni_stack_memory_unlock (void);

#endif /* CAIRNI_STACK_MEMORY_H */
