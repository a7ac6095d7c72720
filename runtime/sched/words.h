/* words.h: a goroutine's words, in its thread or in its record.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   What a switch from one goroutine to another consists of, besides the change of
   the stack pointer.  Each switch does both, so they are in line.

     .inv.words.none  Without a chunk of the address stack its other words are 0,
                      in a thread and in a record: they are not moved then.  */

#ifndef CAIRNI_WORDS_H
#define CAIRNI_WORDS_H

#include "sched/goroutine.h"
#include "sched/labels.h"
#include "stack/frame.h"
#include "stack/grow.h"

/* CHUNK was made by a handler, while the thread M, self, had no
   goroutine.  Both in goroutine.c.  */
extern void cairni_words_keep_frames (struct cairni_m *m,
                                      struct cairni_frame_chunk *chunk);

/* Set the address stack in WORDS, M's, the calling thread's, to M's own,
   empty.  */
extern void cairni_words_use_own_frames (struct cairni_m *m,
                                         struct cairni_stack_words *words);

/* The first step of what follows, as early as can be: what is read soon after
   the processor stored it so has to wait.  */
CAIRNI_INLINE void
cairni_words_begin_unload (struct cairni_m *m)
{
  cairni_arch_get_float (&m->float_settings);
}

/* Take the words of M's goroutine out of the calling thread, M's, and put them
   into its record.  */
CAIRNI_INLINE void
cairni_words_unload (struct cairni_m *m)
{
  struct cairni_goroutine *g = m->g;
  struct cairni_stack_words *words = cairni_stack_words (m->tcb);
  if (cairni_peek (words->frame_chunk) || g->frame_chunk)
    {
      volatile struct cairni_stack_words *from = words;
      g->frame_ptr = from->frame_ptr;
      g->frame_limit = from->frame_limit;
      g->frame_start = from->frame_start;
      g->frame_chunk = from->frame_chunk;
      cairni_frame_set (words, 0, 0, 0, NULL);
    }
  if (cairni_unlikely (m->frames != NULL))
    cairni_words_use_own_frames (m, words);
  g->stack_sp = words->stack_sp;
  g->stack_lo = words->stack_lo;
  g->stack_nbytes = words->stack_nbytes;
  g->high_water_nbytes = words->high_water_nbytes;
  cairni_poke (words->stack_nbytes, 0);
  g->saved_errno = *m->errno_location;
  g->labels = cairni_labels_self;
  cairni_labels_self = NULL;
  /* Field by field, as they were stored: what is read otherwise has to wait. */
  const volatile struct cairni_arch_float *settings = &m->float_settings;
  g->float_settings.mxcsr = settings->mxcsr;
  g->float_settings.control = settings->control;
  g->is_off = true;
}

/* Compares field by field, which the compiler must not do at once: see above.
 */
CAIRNI_INLINE bool
cairni_words_float_differs (const volatile struct cairni_arch_float *a,
                            const volatile struct cairni_arch_float *b)
{
  return a->mxcsr != b->mxcsr || a->control != b->control;
}

/* The reverse: the calling thread, M, is to go on with G.  */
CAIRNI_INLINE void
cairni_words_load (struct cairni_m *m, struct cairni_goroutine *g)
{
  struct cairni_stack_words *words = cairni_stack_words (m->tcb);
  struct cairni_frame_chunk *own = cairni_peek (words->frame_chunk);
  if (cairni_unlikely (own != NULL))
    cairni_words_keep_frames (m, own);
  if (own || g->frame_chunk)
    cairni_frame_set (words, g->frame_ptr, g->frame_limit, g->frame_start,
                      g->frame_chunk);
  words->high_water_nbytes = g->high_water_nbytes;
  words->stack_sp = g->stack_sp;
  /* It may park again before it is back on its stack.  */
  words->park_sp = g->stack_sp;
  cairni_poke (words->yield, 0);
  cairni_stack_set (words, g->stack_lo, g->stack_nbytes);
  if (cairni_unlikely (g->shall_shrink))
    {
      g->shall_shrink = false;
      cairni_poke (words->guard, UINTPTR_MAX);
    }
  if (cairni_words_float_differs (&g->float_settings, &m->float_settings))
    cairni_arch_set_float (&g->float_settings);
  *m->errno_location = g->saved_errno;
  cairni_labels_self = g->labels;
  g->is_off = false;
}

#endif /* CAIRNI_WORDS_H */
