/* stack.c: a thread's growable stack, from its beginning to its end.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "stack/stack.h"
#include "arch/x86_64/arch.h"
#include "base/options.h"
#include "heap/thread.h"
#include "os/signal-stack.h"
#include "os/symbol.h"
#include "stack/contexts.h"
#include "stack/frame.h"
#include "stack/grow.h"
#include "stack/limit.h"
#include "stack/memory.h"

#include <string.h>

#define CAIRN_STACK_ABI(name, value) ABI_##name = value,
enum
{
#include "stack-abi.def"
};
#undef CAIRN_STACK_ABI

/* What a function may use below its stack pointer; the assembly does.  */
#define RED_ZONE_NBYTES 128

#define ASSERT_WORD(field, id)                                                 \
  _Static_assert(offsetof (struct cairni_stack_words, field)                   \
                     == ABI_##id - ABI_GUARD,                                  \
                 "compiled code and assembly know the words")
_Static_assert(CAIRNI_STACK_WORDS == ABI_GUARD, "the first word");
_Static_assert(CAIRNI_STACK_RESERVE_NBYTES == ABI_STACK_RESERVE,
               "compiled code knows the guard");
ASSERT_WORD (frame_ptr, FRAME_PTR);
ASSERT_WORD (frame_limit, FRAME_LIMIT);
ASSERT_WORD (frame_start, FRAME_START);
ASSERT_WORD (frame_chunk, FRAME_CHUNK);
ASSERT_WORD (stack_lo, STACK_LO);
ASSERT_WORD (stack_nbytes, STACK_NBYTES);
ASSERT_WORD (system_sp, SYSTEM_SP);
ASSERT_WORD (stack_sp, STACK_SP);
ASSERT_WORD (signal_sp, SIGNAL_SP);
ASSERT_WORD (arrival_sp, ARRIVAL_SP);
ASSERT_WORD (high_water_nbytes, HIGH_WATER);
ASSERT_WORD (park_sp, PARK_SP);
ASSERT_WORD (yield, YIELD);

static struct cairni_stack_words *
own_words (void)
{
  return cairni_stack_words (cairni_arch_thread_pointer ());
}

bool
cairni_stack_has (uintptr_t tcb, uintptr_t sp)
{
  const struct cairni_stack_words *words = cairni_stack_words (tcb);
  return sp - words->stack_lo < words->stack_nbytes;
}

void
cairni_stack_visit (uintptr_t tcb, uintptr_t sp,
                    void (*fn) (uintptr_t lo, uintptr_t hi))
{
  const struct cairni_stack_words *words = cairni_stack_words (tcb);
  if (sp == 0)
    sp = words->stack_sp;
  if (words->stack_nbytes)
    fn (cairni_max (words->stack_lo, sp - RED_ZONE_NBYTES),
        words->stack_lo + words->stack_nbytes);
  cairni_frame_visit (words, fn);
}

/* Called by assembly on the system stack, which is in use from SP up: make the
   calling thread's first growable stack.  Returns its record; NULL: it shall
   not have any.  */
extern uintptr_t cairni_stack_begin (uintptr_t sp);

uintptr_t
cairni_stack_begin (uintptr_t sp)
{
  struct cairni_thread *thread = cairni_thread_get ();
  struct cairni_stack_words *words = own_words ();
  if (cairni_debug.systemstack)
    return 0;
  uint64_t set = cairni_signals_block ();
  uintptr_t lo = cairni_stack_memory_alloc (CAIRNI_STACK_MIN_NBYTES);
  if (!lo)
    cairni_fatal ("out of memory for a stack");
  uintptr_t record = lo + CAIRNI_STACK_MIN_NBYTES - CAIRNI_STACK_RECORD_NBYTES;
  memset ((void *)record, 0, CAIRNI_STACK_RECORD_NBYTES);
  ((uintptr_t *)record)[1] = thread->tcb;
  words->system_sp = cairni_signals_use_stack (
      thread->stack_lo, cairni_align_down (sp - CAIRNI_STACK_GAP_NBYTES, 64));
  /* Nothing is live on it yet.  */
  words->stack_sp = lo + CAIRNI_STACK_MIN_NBYTES;
  cairni_stack_set (words, lo, CAIRNI_STACK_MIN_NBYTES);
  words->high_water_nbytes
      = cairni_max (words->high_water_nbytes, CAIRNI_STACK_MIN_NBYTES);
  cairni_signals_restore (set);
  return record;
}

/* Free the growable stack.  All signals are blocked.  */
static void
drop_stack (struct cairni_stack_words *words)
{
  uintptr_t hi = words->stack_lo + words->stack_nbytes;
  size_t block_nbytes = cairni_stack_memory_size (words->stack_nbytes);
  words->guard = 0;
  words->stack_lo = words->stack_nbytes = 0;
  words->system_sp = words->stack_sp = words->signal_sp = 0;
  cairni_signals_use_stack (0, 0);
  cairni_stack_memory_free (hi - block_nbytes, block_nbytes);
}

/* Called by assembly on the system stack: the first function has returned.  */
extern void cairni_stack_end (void);

void
cairni_stack_end (void)
{
  uint64_t set = cairni_signals_block ();
  drop_stack (own_words ());
  cairni_signals_restore (set);
}

uintptr_t
cairni_stack_run (uintptr_t (*fn) (uintptr_t, uintptr_t, uintptr_t),
                  uintptr_t a, uintptr_t b, uintptr_t c)
{
  if (own_words ()->stack_nbytes == 0 && cairni_arch_is_marked ((uintptr_t)fn))
    return cairni_arch_run (fn, a, b, c);
  return fn (a, b, c);
}

void
cairni_stack_reset (void)
{
  struct cairni_stack_words *words = own_words ();
  uint64_t set = cairni_signals_block ();
  if (words->stack_nbytes)
    drop_stack (words);
  cairni_context_reset ();
  cairni_frame_reset ();
  cairni_stack_memory_flush ();
  memset (words, 0, sizeof *words);
  cairni_signals_restore (set);
}
