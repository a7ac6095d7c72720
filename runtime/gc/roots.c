/* roots.c: where the collector starts.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A thread's system stack is scanned from its stack pointer to the end, where
   its static TLS and control block lie (the main thread's lie elsewhere).  A
   stack pointer outside the thread's own stack means that it runs on a
   coroutine's stack or an alternate signal stack: then all of its own stack
   that exists is scanned, and the other stack from the stack pointer to the
   end of the object or mapping that it is in.

   A thread with a growable stack parks on its system stack, or on another as
   above: because foreign code or the runtime was called, which left the
   growable stack's pointer in STACK_SP; or in the handler of the stop signal,
   maybe inside another handler, of which one interrupted the growable stack:
   then it is in SIGNAL_SP, and the registers are in a signal frame on the
   system stack (or the program's alternate one, above the pointer in any case).
   What lies between SYSTEM_SP and the end of the part that signals use is only
   live in the second case.

   A jmp_buf holds rbx and r12 to r15 as they are, but rsp, rbp and the address
   to return to mangled.  rbp can hold a pointer, if it is no frame pointer; yet
   the jmp_buf is never the only place that has it:

     - GCC leaves nothing in a register that is live across a call of setjmp
       in the same function, so the pointer is one of a caller's, to be
       preserved by the function that called setjmp.
     - Until that function returns, whoever uses rbp for something else stores
       it first, in a frame that is younger.  That frame goes with a longjmp
       or by returning, which restores rbp.  So the pointer is in rbp or on
       the stack until then; afterwards the jmp_buf is void.

   That holds for one stack.  A coroutine that switches by setjmp and longjmp
   leaves its stack while no younger frame is on it but longjmp's own; in the
   GNU C library that frame has rbp, and stays where it is until the coroutine
   goes on.  So a stack of that kind must be memory that is scanned as a whole:
   data, or an object.  (swapcontext stores all registers as they are.)  */

#include "gc/roots.h"
#include "base/hooks.h"
#include "gc/closure.h"
#include "gc/mark.h"
#include "gc/special.h"
#include "heap/kept.h"
#include "heap/manual.h"
#include "heap/thread.h"
#include "heap/zombie.h"
#include "os/loader.h"
#include "os/signal-stack.h"
#include "os/signals.h"
#include "os/sys.h"
#include "os/thread-os.h"
#include "stack/contexts.h"
#include "stack/stack.h"

/* What a function may use below its stack pointer.  */
#define RED_ZONE_NBYTES 128

size_t cairni_roots_nbytes;

/* Who is given the roots instead of the marker, and what they are.  */
static void (*visitor) (uintptr_t lo, uintptr_t hi, const struct cairni_root *);
static struct cairni_root now;

static void
mark_root_range (uintptr_t lo, uintptr_t hi)
{
  if (lo < hi && visitor)
    visitor (lo, hi, &now);
  else if (lo < hi)
    {
      cairni_roots_nbytes += hi - lo;
      cairni_mark_range (lo, hi);
    }
}

static void
mark_root_word (const uintptr_t *word)
{
  mark_root_range ((uintptr_t)word, (uintptr_t)(word + 1));
}

/* What there is of a stack between LO and HI, of which HI - 1 exists.  */
static void
mark_whole_stack (uintptr_t lo, uintptr_t hi)
{
  uintptr_t mapped_lo, mapped_hi;
  if (cairni_sys_find_mapping (hi - 1, &mapped_lo, &mapped_hi))
    mark_root_range (cairni_max (lo, mapped_lo), hi);
}

/* A stack that is not the thread's own.  */
static void
mark_other_stack (uintptr_t sp)
{
  uintptr_t lo, hi;
  if (cairni_arena_has (sp))
    {
      /* Manual memory is a root anyway; a collected object is kept, and
         scanned even if it was said to hold no pointers.  */
      struct cairni_span *span = cairni_arena_span (sp);
      mark_root_word (&sp);
      if (span && span->kind < CAIRNI_NCOLLECTED)
        {
          unsigned slot = cairni_span_slot (span, sp);
          mark_root_range (sp, cairni_span_slot_addr (span, slot)
                                   + cairni_span_slot_nbytes (span));
        }
    }
  else if (cairni_sys_find_mapping (sp, &lo, &hi))
    mark_root_range (sp, hi);
}

/* The growable stack's pointer of a parked thread with WORDS, for
   cairni_stack_visit.  */
static uintptr_t
growable_sp (const struct cairni_stack_words *words)
{
  return words->signal_sp ? words->signal_sp - RED_ZONE_NBYTES : 0;
}

/* Whether SP is on THREAD's own system stack.  */
static bool
has_own (const struct cairni_thread *thread, uintptr_t sp)
{
  return sp >= thread->stack_lo && sp < thread->stack_hi;
}

static void
mark_thread (const struct cairni_thread *thread, uintptr_t sp)
{
  const struct cairni_stack_words *words = cairni_stack_words (thread->tcb);
  bool is_home = has_own (thread, sp);
  if (words->arrival_sp && !has_own (thread, words->arrival_sp))
    {
      mark_other_stack (words->arrival_sp - RED_ZONE_NBYTES);
      mark_whole_stack (thread->stack_lo, thread->stack_hi);
    }
  else if (!is_home)
    mark_whole_stack (thread->stack_lo, thread->stack_hi);
  else if (words->stack_nbytes == 0 || words->signal_sp
           || sp >= words->system_sp)
    mark_root_range (sp, thread->stack_hi);
  else
    {
      mark_root_range (sp, words->system_sp);
      mark_root_range (cairni_signals_stack_hi (thread->tcb), thread->stack_hi);
    }
  if (!is_home)
    mark_other_stack (sp);
  cairni_stack_visit (thread->tcb, growable_sp (words), mark_root_range);
  mark_root_word (&thread->signal_stack);
  if (thread->tcb - thread->stack_lo >= thread->stack_hi - thread->stack_lo)
    mark_root_range (thread->tcb - cairni_os_static_tls_nbytes (),
                     thread->tcb + cairni_os_tcb_nbytes ());
}

void
cairni_roots_ask_to_shrink (void)
{
  cairni_hooks.ask_goroutines_to_shrink ();
  for (const struct cairni_thread *t = cairni_thread_list; t; t = t->next)
    cairni_stack_ask_to_shrink (t->tcb,
                                growable_sp (cairni_stack_words (t->tcb)));
}

/* Hand over what is of KIND, and THREAD's, from here on.  */
static void
begin (enum cairni_root_kind kind, const struct cairni_thread *thread)
{
  now = (struct cairni_root){ kind, thread ? thread->tid : 0,
                              thread == cairni_thread_self };
}

/* What is done with data and manual objects.  */
static void (*memory_fn) (uintptr_t lo, uintptr_t hi);

static void
mark_memory (uintptr_t lo, uintptr_t hi)
{
  if (lo >= hi)
    return;
  cairni_roots_nbytes += hi - lo;
  memory_fn (lo, hi);
}

/* Hand over all roots but those that wait for others to be marked: data and
   manual objects, those that WANTS wants, to FN.  */
static void
visit_all (uintptr_t sp, void (*fn) (uintptr_t lo, uintptr_t hi),
           bool (*wants) (uintptr_t lo, uintptr_t hi))
{
  cairni_roots_nbytes = 0;
  begin (CAIRNI_ROOT_DATA, NULL);
  cairni_loader_visit_data (fn);
  for (const struct cairni_thread *t = cairni_thread_list; t; t = t->next)
    {
      begin (CAIRNI_ROOT_THREAD, t);
      mark_thread (t, t == cairni_thread_self ? sp : t->sp);
    }
  begin (CAIRNI_ROOT_GOROUTINE, NULL);
  cairni_hooks.visit_goroutines (mark_root_range);
  begin (CAIRNI_ROOT_CONTEXT, NULL);
  cairni_context_visit (mark_root_range);
  begin (CAIRNI_ROOT_ENDED, NULL);
  cairni_zombie_visit (mark_root_range);
  begin (CAIRNI_ROOT_KEPT, NULL);
  cairni_kept_visit (mark_root_range);
  begin (CAIRNI_ROOT_CLEANUP, NULL);
  cairni_special_visit (mark_root_range);
  /* Collected memory is not executable, but for closures.  */
  begin (CAIRNI_ROOT_KEPT, NULL);
  if (cairni_closure_exists ())
    cairni_signals_visit_handlers (mark_root_range);
  begin (CAIRNI_ROOT_MANUAL, NULL);
  cairni_manual_visit (fn, wants);
}

void
cairni_roots_mark_early (uintptr_t sp,
                         void (*fn) (uintptr_t lo, uintptr_t hi))
{
  memory_fn = fn;
  visit_all (sp, mark_memory, NULL);
}

void
cairni_roots_mark_late (uintptr_t sp, void (*fn) (uintptr_t lo, uintptr_t hi),
                        bool (*wants) (uintptr_t lo, uintptr_t hi))
{
  /* Those that are not wanted count.  */
  size_t nbytes = cairni_roots_nbytes;
  memory_fn = fn;
  visit_all (sp, mark_memory, wants);
  cairni_hooks.visit_waiting_goroutines (mark_root_range);
  cairni_roots_nbytes = nbytes;
}

void
cairni_roots_mark (uintptr_t sp)
{
  visit_all (sp, mark_root_range, NULL);
  /* Who looks for leaks has the marker tell what can be reached.  */
  if (!visitor)
    cairni_hooks.visit_waiting_goroutines (mark_root_range);
}

void
cairni_roots_visit (uintptr_t sp,
                    void (*fn) (uintptr_t lo, uintptr_t hi,
                                const struct cairni_root *root))
{
  size_t nbytes = cairni_roots_nbytes;
  visitor = fn;
  cairni_roots_mark (sp);
  visitor = NULL;
  cairni_roots_nbytes = nbytes;
}
