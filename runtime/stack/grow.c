/* grow.c: a growable stack changes its size and its place.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

     lo                     GUARD        sp                          hi
      |<-- STACK_RESERVE -->|   free     | in use ......... | record |

   A stack fills the block it is in, up to its end; only the largest that the
   limit allows may start after the block does.  What is in use keeps its
   distance to the end:

                 +--------------+                 .inv.stack.copy: that is all
                 |       |xxxxxx|  the old one
                 +--------------+
     +--------------------------+
     |                   |xxxxxx|  the new one
     +--------------------------+

   From some size on the pages are moved, not copied: the kernel moves 2 MB in
   a step, where both are aligned.

   Two things send every check here, by a guard above all addresses: that a
   smaller stack would do, which the collector says, and stackmove.  */

#include "stack/grow.h"
#include "arch/x86_64/arch.h"
#include "base/options.h"
#include "heap/thread.h"
#include "os/signal-stack.h"
#include "os/symbol.h"
#include "os/sys.h"
#include "stack/limit.h"
#include "stack/memory.h"
#include "stack/stack.h"


#define CAIRN_STACK_ABI(name, value) ABI_##name = value,
enum
{
#include "stack-abi.def"
};
#undef CAIRN_STACK_ABI

/* When so much is in use its pages are moved.  */
#define MOVE_NBYTES ((size_t)256 << 10)

/* The size to have when USED bytes are in use, and WANTED with what is needed
   further; 0: that is more than the limit.  */
static size_t
choose_size (const struct cairni_stack_words *words, size_t used, size_t wanted)
{
  size_t nbytes = words->stack_nbytes;
  /* What was the largest is a little less than a power of two.  */
  size_t half = cairni_stack_memory_size (nbytes) / 2;
  if (words->guard == UINTPTR_MAX && wanted <= half
      && cairni_stack_would_shrink (words->stack_lo, nbytes,
                                    words->stack_lo + nbytes - used))
    return half;
  if (wanted <= nbytes)
    return nbytes;
  size_t doubled = cairni_stack_memory_size (wanted);
  if (doubled != 0 && doubled <= cairni_stack_max_nbytes)
    return doubled;
  size_t largest = cairni_align_down (cairni_stack_max_nbytes, 4096);
  if (wanted > largest || largest <= nbytes)
    return 0;
  return largest;
}

/* Copy what is in use, USED bytes before HI, to before NEW_HI.  */
static void
copy (uintptr_t hi, uintptr_t new_hi, size_t used)
{
  size_t moved = 0;
  if (used >= MOVE_NBYTES && !cairni_debug.stackmove)
    {
      size_t nbytes = cairni_align_up (used, CAIRNI_SYS_PAGE_NBYTES);
      if (cairni_sys_move_pages ((void *)(hi - nbytes),
                                 (void *)(new_hi - nbytes), nbytes))
        moved = nbytes;
    }
  if (moved == 0)
    cairni_arch_copy ((void *)(new_hi - used), (void *)(hi - used), used);
}

/* Move the stack, of which USED bytes are in use, to a block of NBYTES.  */
static void
move (struct cairni_stack_words *words, size_t used, size_t nbytes)
{
  uintptr_t lo = words->stack_lo, hi = lo + words->stack_nbytes;
  size_t block_nbytes = cairni_stack_memory_size (words->stack_nbytes);
  size_t new_block_nbytes = cairni_stack_memory_size (nbytes);
  uintptr_t new_lo = cairni_stack_memory_alloc (new_block_nbytes);
  if (!new_lo)
    cairni_fatal ("out of memory for a stack of %z bytes", nbytes);
  uintptr_t new_hi = new_lo + new_block_nbytes;
  copy (hi, new_hi, used);
  cairni_stack_set (words, new_hi - nbytes, nbytes);
  words->high_water_nbytes = cairni_max (words->high_water_nbytes, nbytes);
  words->stack_sp = new_hi - used;
  if (cairni_debug.stackmove)
    cairni_stack_memory_retire (hi - block_nbytes, block_nbytes, hi - used);
  else
    cairni_stack_memory_free (hi - block_nbytes, block_nbytes);
}

static void
trace (size_t from, size_t to, uintptr_t pc)
{
  char name[256];
  uintptr_t start;
  if (!cairni_symbol_find (pc, name, sizeof name, &start))
    name[0] = '?', name[1] = 0;
  cairni_print ("stack %z -> %z in %s (%p)", from, to, name, (void *)pc);
}

void
cairni_stack_grow (uintptr_t *sp, size_t need)
{
  struct cairni_thread *thread = cairni_thread_get ();
  struct cairni_stack_words *words
      = cairni_stack_words (cairni_arch_thread_pointer ());
  uint64_t set = cairni_signals_block ();
  cairni_thread_enter (thread);
  size_t nbytes = words->stack_nbytes;
  size_t used = words->stack_lo + nbytes - *sp;
  size_t wanted, new_nbytes;
  if (__builtin_add_overflow (used + ABI_STACK_RESERVE, need, &wanted))
    wanted = SIZE_MAX;
  new_nbytes = choose_size (words, used, wanted);
  if (new_nbytes && (new_nbytes != nbytes || cairni_debug.stackmove))
    move (words, used, new_nbytes);
  else
    cairni_stack_set (words, words->stack_lo, nbytes);
  /* Who walks through the frames of a thread that is stopped goes by this.  */
  *sp = words->stack_sp;
  cairni_thread_leave (thread);
  cairni_signals_restore (set);
  /* Messages need the loader's lock, and somebody who waits for this thread to
     stop may have that.  */
  if (new_nbytes == 0)
    cairni_stack_exceeded ();
  if (cairni_debug.stacktrace && new_nbytes != nbytes)
    trace (nbytes, new_nbytes, *(uintptr_t *)words->stack_sp);
}

bool
cairni_stack_would_shrink (uintptr_t lo, size_t nbytes, uintptr_t sp)
{
  return nbytes > CAIRNI_STACK_MIN_NBYTES && lo + nbytes - sp < nbytes / 4;
}

void
cairni_stack_ask_to_shrink (uintptr_t tcb, uintptr_t sp)
{
  struct cairni_stack_words *words = cairni_stack_words (tcb);
  if (cairni_stack_would_shrink (words->stack_lo, words->stack_nbytes,
                                 sp ? sp : words->stack_sp))
    words->guard = UINTPTR_MAX;
}
