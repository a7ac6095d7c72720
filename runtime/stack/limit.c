/* limit.c: the message when a stack has become too large.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   An endless recursion with small frames has some ten million of them, and the
   compiler's unwinder takes a tenth of a microsecond for each.  On a growable
   stack a frame's size depends on nothing but the address that is returned to:
   what is not known when a function is compiled lies elsewhere.  So the
   unwinder only walks a piece, from which sizes are learned, and then again
   from the first frame whose size is not known.  */

#include "stack/limit.h"
#include "arch/x86_64/arch.h"
#include "arch/x86_64/stack-layout.h"
#include "base/hooks.h"
#include "os/symbol.h"
#include "stack/stack.h"
#include "stack/trace.h"
#include "stack/unwind.h"

/* Frames to print from either end.  */
#define SHOWN 50

/* Frames for the unwinder to walk at a time.  */
#define PIECE 1000

#define NAME_NBYTES CAIRNI_TRACE_NAME_NBYTES

/* Sizes known, by return address; a power of two.  */
#define NSIZES 1024

size_t cairni_stack_max_nbytes = 1000000000;

/* A walk from the youngest frame that is not the runtime's to the oldest.  */
struct walk
{
  uintptr_t tcb;
  bool growable;  /* Only frames on the growable stack count.  */
  bool is_inside; /* The unwinder has come to the frames that count.  */
  bool at_end;    /* There are no more.  */
  size_t nframes; /* Walked.  */
  size_t left;    /* For the unwinder to walk.  */
  uintptr_t pc;   /* Of the last frame walked: where it is,  */
  uintptr_t sp;   /* and its stack pointer there.  */
  uintptr_t head[SHOWN], tail[SHOWN]; /* Addresses; the latter by number, modulo
                                         SHOWN.  */
  struct
  {
    uintptr_t pc, nbytes;
  } sizes[NSIZES];
};

/* The place of PC's size, which has another PC if it is not known.  */
static unsigned
size_index (uintptr_t pc)
{
  return (pc * 0x9e3779b97f4a7c15) >> 54;
}

static void
step (struct walk *walk, uintptr_t pc, uintptr_t sp)
{
  if (walk->nframes < SHOWN)
    walk->head[walk->nframes] = pc;
  walk->tail[walk->nframes % SHOWN] = pc;
  walk->nframes++;
  walk->pc = pc;
  walk->sp = sp;
}

/* Whether SP is that of a frame that counts: the record at a growable stack's end
   is none.  */
static bool
counts (const struct walk *walk, uintptr_t sp)
{
  return !walk->growable
         || cairni_stack_has (walk->tcb, sp + CAIRNI_STACK_RECORD_NBYTES);
}

/* Look at a frame, which has SP and goes on at PC.  Whether to go on.  */
static bool
visit (struct walk *walk, uintptr_t pc, uintptr_t sp)
{
  if (!counts (walk, sp))
    {
      /* The runtime's own frames come first.  */
      walk->at_end = walk->is_inside;
      return !walk->at_end;
    }
  walk->is_inside = true;
  if (walk->nframes > 0 && walk->growable)
    {
      unsigned i = size_index (walk->pc);
      walk->sizes[i].pc = walk->pc;
      walk->sizes[i].nbytes = sp - walk->sp;
    }
  step (walk, pc, sp);
  return --walk->left > 0;
}

/* Go on as far as sizes are known.  */
static void
walk_known (struct walk *walk)
{
  for (;;)
    {
      unsigned i = size_index (walk->pc);
      if (walk->sizes[i].pc != walk->pc)
        return;
      uintptr_t sp = walk->sp + walk->sizes[i].nbytes;
      if (!counts (walk, sp))
        return;
      step (walk, ((uintptr_t *)sp)[-1], sp);
    }
}

static void
print_walk (const struct walk *walk)
{
  char name[NAME_NBYTES];
  uintptr_t start;
  size_t n = walk->nframes;
  if (!cairni_symbol_find (walk->head[0] - 1, name, sizeof name, &start))
    name[0] = '?', name[1] = 0;
  cairni_print ("cairn: in %s, %z frames deep:", name, n);
  for (size_t i = 0; i < n && i < SHOWN; i++)
    cairni_trace_frame (walk->head[i]);
  if (n > 2 * SHOWN)
    cairni_print ("  ...%z frames elided...", n - 2 * SHOWN);
  for (size_t i = n > 2 * SHOWN ? n - SHOWN : SHOWN; i < n; i++)
    cairni_trace_frame (walk->tail[i % SHOWN]);
}

void
cairni_stack_exceeded (void)
{
  static struct walk walk;
  struct cairni_unwind unwind;
  walk.tcb = cairni_arch_thread_pointer ();
  walk.growable
      = cairni_stack_has (walk.tcb, cairni_stack_words (walk.tcb)->stack_sp);
  cairni_print ("cairn: stack exceeds %z-byte limit", cairni_stack_max_nbytes);
  walk.left = walk.growable ? PIECE : SIZE_MAX;
  cairni_unwind_here (&unwind);
  while (visit (&walk, CAIRNI_UNWIND_PC (&unwind), CAIRNI_UNWIND_SP (&unwind))
         && cairni_unwind_up (&unwind))
    ;
  while (!walk.at_end && walk.nframes > 0 && walk.growable)
    {
      size_t nframes = walk.nframes;
      walk_known (&walk);
      walk.left = PIECE;
      cairni_unwind_begin (
          &unwind, &(struct cairni_arch_registers){ .rip = walk.pc,
                                                    .rsp = walk.sp });
      unwind.is_exact = false;
      while (cairni_unwind_up (&unwind)
             && visit (&walk, CAIRNI_UNWIND_PC (&unwind),
                       CAIRNI_UNWIND_SP (&unwind)))
        ;
      if (walk.nframes == nframes)
        break;
    }
  if (walk.nframes > 0)
    print_walk (&walk);
  cairni_hooks.end_process (2);
}
