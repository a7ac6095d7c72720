/* jump.c: the process's longjmp.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Compiled code calls a setjmp of ours, which notes how far its frame is from
   the end of the growable stack: the stack may have moved by the time of the
   longjmp.  Code of others calls the C library's.  A jmp_buf of ours is known
   by a word that fits the other two; if the C library's setjmp fills one again
   it does not fit any more.  A longjmp from the system stack back to the
   growable one, or out of a signal handler, is no other than one up the stack.
   Chunks of the address stack that are left by it are kept.  */

#define _GNU_SOURCE
#include "arch/x86_64/arch.h"
#include "arch/x86_64/stack-layout.h"
#include "base/base.h"
#include "os/real.h"
#include "os/signal-stack.h"
#include "stack/frame.h"
#include "stack/stack.h"

#include <setjmp.h>
#include <string.h>

_Static_assert(offsetof (struct __jmp_buf_tag, __mask_was_saved)
                   == CAIRNI_JUMP_HAS_MASK,
               "assembly knows the C library's jmp_buf");
_Static_assert(offsetof (struct __jmp_buf_tag, __saved_mask)
                   == CAIRNI_JUMP_MASK,
               "assembly knows the C library's jmp_buf");
_Static_assert(sizeof (struct __jmp_buf_tag) >= CAIRNI_JUMP_KIND + 8,
               "there is room for our words");

#ifdef CAIRNI_STATIC
/* The C library's, by its other name.  */
extern void __libc_longjmp (struct __jmp_buf_tag *env, int value)
    __attribute__ ((noreturn));
#define REAL_LONGJMP __libc_longjmp
#else
#define REAL_LONGJMP CAIRNI_REAL (longjmp)
#endif

static uint64_t
word_at (const struct __jmp_buf_tag *env, size_t offset)
{
  uint64_t word;
  memcpy (&word, (const char *)env + offset, sizeof word);
  return word;
}

static void
set_word (struct __jmp_buf_tag *env, size_t offset, uint64_t word)
{
  memcpy ((char *)env + offset, &word, sizeof word);
}

/* At the time of the setjmp the thread had no address stack yet: let it have an
   empty one instead, as it would lose its chunks otherwise.  */
static void
keep_chunks (struct __jmp_buf_tag *env)
{
  struct cairni_stack_words words
      = *cairni_stack_words (cairni_arch_thread_pointer ());
  if (word_at (env, CAIRNI_JUMP_FRAME_CHUNK) || !words.frame_chunk)
    return;
  cairni_frame_empty (cairni_frame_first (words.frame_chunk), &words);
  set_word (env, CAIRNI_JUMP_FRAME_PTR, words.frame_ptr);
  set_word (env, CAIRNI_JUMP_FRAME_LIMIT, words.frame_limit);
  set_word (env, CAIRNI_JUMP_FRAME_START, words.frame_start);
  set_word (env, CAIRNI_JUMP_FRAME_CHUNK, (uintptr_t)words.frame_chunk);
}

static __attribute__ ((noreturn)) void
jump (struct __jmp_buf_tag *env, int value)
{
  uint64_t magic = CAIRNI_JUMP_MAGIC_VALUE ^ word_at (env, CAIRNI_JUMP_SP)
                   ^ word_at (env, CAIRNI_JUMP_PC);
  if (word_at (env, CAIRNI_JUMP_MAGIC) != magic)
    REAL_LONGJMP (env, value);
  if (env->__mask_was_saved)
    cairni_signals_restore (word_at (env, CAIRNI_JUMP_MASK));
  keep_chunks (env);
  cairni_arch_jump (env, value);
}

CAIRNI_PUBLIC void
longjmp (struct __jmp_buf_tag env[1], int value)
{
  jump (env, value);
}

CAIRNI_PUBLIC void
_longjmp (struct __jmp_buf_tag env[1], int value)
{
  jump (env, value);
}

CAIRNI_PUBLIC void
siglongjmp (struct __jmp_buf_tag env[1], int value)
{
  jump (env, value);
}

extern void __longjmp_chk (struct __jmp_buf_tag env[1], int value)
    __attribute__ ((noreturn));

CAIRNI_PUBLIC void
__longjmp_chk (struct __jmp_buf_tag env[1], int value)
{
  jump (env, value);
}
