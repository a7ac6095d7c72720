/* roots.c: what goroutines keep alive.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).
 */

#include "sched/leaks.h"
#include "sched/scheduler.h"
#include "stack/frame.h"
#include "stack/grow.h"

struct visit
{
  void (*fn) (uintptr_t lo, uintptr_t hi);
};

static void
visit_word (void (*fn) (uintptr_t lo, uintptr_t hi), const void *word)
{
  fn ((uintptr_t)word, (uintptr_t)word + sizeof (uintptr_t));
}

/* What a goroutine that runs, or waits on its thread, has on its stacks is the
   thread's.  */
void
cairni_sched_visit_one (struct cairni_goroutine *g,
                        void (*fn) (uintptr_t lo, uintptr_t hi))
{
  visit_word (fn, &g->word);
  visit_word (fn, &g->result);
  visit_word (fn, &g->labels);
  visit_word (fn, &g->waiter.source);
  visit_word (fn, &g->waiter.element);
  if (g->saved_nbytes)
    fn ((uintptr_t)g->saved,
        cairni_align_down ((uintptr_t)g->saved + g->saved_nbytes, 8));
  if (!g->is_off)
    return;
  struct cairni_stack_words words = { .frame_ptr = g->frame_ptr,
                                      .frame_limit = g->frame_limit,
                                      .frame_start = g->frame_start,
                                      .frame_chunk = g->frame_chunk };
  fn (g->stack_sp, g->stack_lo + g->stack_nbytes);
  cairni_frame_visit (&words, fn);
}

static void
visit_one (struct cairni_goroutine *g, void *arg)
{
  const struct visit *visit = arg;
  if (!cairni_leaks_shall_wait (g))
    cairni_sched_visit_one (g, visit->fn);
}

void
cairni_sched_visit (void (*fn) (uintptr_t lo, uintptr_t hi))
{
  struct visit visit = { fn };
  cairni_leaks_begin ();
  cairni_goroutine_each (visit_one, &visit);
  cairni_timers_visit (fn);
}

static void
ask_one (struct cairni_goroutine *g, void *unused)
{
  (void)unused;
  if (g->is_off)
    g->shall_shrink
        = cairni_stack_would_shrink (g->stack_lo, g->stack_nbytes, g->stack_sp);
}

void
cairni_sched_ask_to_shrink (void)
{
  cairni_goroutine_each (ask_one, NULL);
}
