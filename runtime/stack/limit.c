/* limit.c: the message when a stack has become too large.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The frames are walked twice, because how many there are stands at the
   beginning and what follows the middle at the end.  */

#include "stack/limit.h"
#include "arch/x86_64/arch.h"
#include "base/hooks.h"
#include "os/symbol.h"
#include "stack/stack.h"

#include <unwind.h>

/* Frames to print from either end.  */
#define SHOWN 50

#define NAME_NBYTES 256

size_t cairni_stack_max_nbytes = 1000000000;

/* A walk from the youngest frame that is not the runtime's to the oldest.  */
struct walk
{
  uintptr_t tcb;
  bool growable;  /* Only frames on the growable stack count.  */
  size_t nframes; /* Walked.  */
  size_t total;   /* What the walk before found; 0: print nothing.  */
  uintptr_t first_pc;
};

static void
print_frame (uintptr_t pc)
{
  char name[NAME_NBYTES];
  uintptr_t start;
  /* A call may be its function's last instruction.  */
  if (cairni_symbol_find (pc - 1, name, sizeof name, &start))
    cairni_print ("  %s + %z", name, (size_t)(pc - start));
  else
    cairni_print ("  %p", (void *)pc);
}

static _Unwind_Reason_Code
visit (struct _Unwind_Context *context, void *arg)
{
  struct walk *walk = arg;
  uintptr_t pc = _Unwind_GetIP (context);
  /* The stack pointer in the frame.  */
  uintptr_t sp = _Unwind_GetCFA (context);
  if (pc == 0)
    return _URC_NORMAL_STOP;
  if (walk->growable && !cairni_stack_has (walk->tcb, sp))
    return walk->nframes == 0 ? _URC_NO_REASON : _URC_NORMAL_STOP;
  if (walk->nframes == 0)
    walk->first_pc = pc;
  size_t i = walk->nframes++;
  if (walk->total == 0)
    return _URC_NO_REASON;
  if (i < SHOWN || walk->total - i <= SHOWN)
    print_frame (pc);
  else if (i == SHOWN)
    cairni_print ("  ...%z frames elided...", walk->total - 2 * SHOWN);
  return _URC_NO_REASON;
}

void
cairni_stack_exceeded (void)
{
  char name[NAME_NBYTES];
  uintptr_t start;
  struct walk walk = { .tcb = cairni_arch_thread_pointer () };
  const struct cairni_stack_words *words = cairni_stack_words (walk.tcb);
  walk.growable = cairni_stack_has (walk.tcb, words->stack_sp);
  cairni_print ("cairn: stack exceeds %z-byte limit", cairni_stack_max_nbytes);
  _Unwind_Backtrace (visit, &walk);
  if (walk.nframes > 0)
    {
      if (!cairni_symbol_find (walk.first_pc - 1, name, sizeof name, &start))
        name[0] = '?', name[1] = 0;
      cairni_print ("cairn: in %s, %z frames deep:", name, walk.nframes);
      walk.total = walk.nframes;
      walk.nframes = 0;
      _Unwind_Backtrace (visit, &walk);
    }
  cairni_hooks.end_process (2);
}
