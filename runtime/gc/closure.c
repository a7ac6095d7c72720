/* closure.c: addresses of nested functions.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "gc/closure.h"
#include "arch/x86_64/arch.h"
#include "base/options.h"
#include "gc/collect.h"
#include "heap/central.h"
#include "heap/page-heap.h"
#include "heap/thread.h"
#include "os/sys.h"

/* All spans of thunks, of one kind: for functions that are not, or are, marked;
   the one to take thunks of, and those after it that may have free ones. Thunks
   become free in a sweep alone, which starts all over: no span that was full is
   looked at again before.  Guarded by LOCK.  */
static struct cairni_lock lock;
static struct kind
{
  struct cairni_span_list spans;
  struct cairni_span *current;
  struct cairni_span *rest;
} kinds[2];

_Static_assert(CAIRNI_THUNK_AREA_NBYTES == CAIRNI_PAGE_NBYTES,
               "an area is a page");
_Static_assert(CAIRNI_THUNK_COUNT <= CAIRNI_INLINE_WORDS * 64,
               "a span has bits for all thunks");

/* A page of thunks, all free.  */
static struct cairni_span *
new_span (bool is_marked)
{
  struct cairni_span *span = cairni_central_alloc_pages (1, 1);
  if (!span)
    return NULL;
  cairni_arch_write_thunks ((unsigned char *)span->start, is_marked);
  if (!cairni_sys_make_code ((void *)span->start, CAIRNI_THUNK_HALF_NBYTES)
      || !cairni_span_format (span, CAIRNI_THUNK, 0))
    {
      cairni_page_heap_free (span);
      return NULL;
    }
  span->nslots = CAIRNI_THUNK_COUNT;
  for (unsigned w = 0; w < CAIRNI_INLINE_WORDS; w++)
    span->alloc_bits[w] = span->mark_bits[w] = 0;
  return span;
}

/* Take a free thunk of SPAN, marked if others are; -1: there is none.  */
static int
take_thunk (struct cairni_span *span)
{
  for (unsigned w = 0; w < CAIRNI_THUNK_COUNT / 64; w++)
    if (~span->alloc_bits[w])
      {
        unsigned bit = __builtin_ctzll (~span->alloc_bits[w]);
        if (cairni_heap_is_marking)
          __atomic_fetch_or (&span->mark_bits[w], (uint64_t)1 << bit,
                             __ATOMIC_RELAXED);
        span->alloc_bits[w] |= (uint64_t)1 << bit;
        return w * 64 + bit;
      }
  return -1;
}

/* Thunks count as much as other collected objects: a program may make nothing
   else.  */
static void
collect_if_due (struct cairni_thread *thread)
{
  if (cairni_unlikely (cairni_debug.gcstress > 0)
      && ++thread->stress_count % cairni_debug.gcstress == 0)
    cairni_collect (CAIRNI_FOR_STRESS);
  else if (__atomic_load_n (&cairni_heap_live_nbytes, __ATOMIC_RELAXED)
           >= __atomic_load_n (&cairni_heap_trigger_nbytes, __ATOMIC_RELAXED))
    cairni_collect (CAIRNI_AT_GOAL);
}

void *
cairni_closure_create (void *fn, void *chain)
{
  struct cairni_thread *thread = cairni_thread_get ();
  bool is_marked = cairni_arch_is_marked ((uintptr_t)fn);
  struct kind *kind = &kinds[is_marked];
  int i = -1;
  void *code = NULL;
  collect_if_due (thread);
  cairni_thread_enter (thread);
  cairni_lock_acquire (&lock);
  while ((!kind->current || (i = take_thunk (kind->current)) < 0) && kind->rest)
    {
      kind->current = kind->rest;
      kind->rest = kind->rest->next;
    }
  if (i < 0 && (kind->current = new_span (is_marked)))
    {
      cairni_span_list_push (&kind->spans, kind->current);
      i = take_thunk (kind->current);
    }
  if (kind->current)
    {
      cairni_count (&cairni_heap_live_nbytes, 2 * CAIRNI_THUNK_NBYTES);
      struct cairni_thunk_data *data
          = (void *)(kind->current->start + CAIRNI_THUNK_HALF_NBYTES);
      data[i].chain = chain;
      data[i].fn = fn;
      code = (void *)(kind->current->start + (size_t)i * CAIRNI_THUNK_NBYTES);
    }
  cairni_lock_release (&lock);
  cairni_thread_leave (thread);
  return code;
}

bool
cairni_closure_exists (void)
{
  return kinds[0].spans.first || kinds[1].spans.first;
}

void
cairni_closure_sweep (void)
{
  for (struct kind *kind = kinds; kind < kinds + 2; kind++)
    {
      for (struct cairni_span *s = kind->spans.first; s; s = s->next)
        for (unsigned w = 0; w < CAIRNI_THUNK_COUNT / 64; w++)
          {
            s->alloc_bits[w] = s->mark_bits[w];
            s->mark_bits[w] = 0;
          }
      kind->current = NULL;
      kind->rest = kind->spans.first;
    }
}

void
cairni_closure_lock (void)
{
  cairni_lock_acquire (&lock);
}

void
cairni_closure_unlock (void)
{
  cairni_lock_release (&lock);
}
