/* closure.c: addresses of nested functions.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "gc/closure.h"
#include "arch/x86_64/arch.h"
#include "heap/central.h"
#include "heap/page-heap.h"
#include "heap/thread.h"
#include "os/sys.h"

/* All spans of thunks, and the one to look at first; guarded by LOCK.  */
static struct cairni_lock lock;
static struct cairni_span_list spans;

_Static_assert(CAIRNI_THUNK_AREA_NBYTES == CAIRNI_PAGE_NBYTES,
               "an area is a page");
_Static_assert(CAIRNI_THUNK_COUNT <= CAIRNI_INLINE_WORDS * 64,
               "a span has bits for all thunks");

/* A page of thunks, all free.  */
static struct cairni_span *
new_span (void)
{
  struct cairni_span *span = cairni_central_alloc_pages (1, 1);
  if (!span)
    return NULL;
  if (!cairni_span_format (span, CAIRNI_THUNK, 0))
    {
      cairni_page_heap_free (span);
      return NULL;
    }
  span->nslots = CAIRNI_THUNK_COUNT;
  for (unsigned w = 0; w < CAIRNI_INLINE_WORDS; w++)
    span->alloc_bits[w] = span->mark_bits[w] = 0;
  cairni_arch_write_thunks ((unsigned char *)span->start);
  if (!cairni_sys_make_code ((void *)span->start, CAIRNI_THUNK_HALF_NBYTES))
    {
      cairni_page_heap_free (span);
      return NULL;
    }
  return span;
}

/* Take a free thunk of SPAN; -1: there is none.  */
static int
take_thunk (struct cairni_span *span)
{
  for (unsigned w = 0; w < CAIRNI_THUNK_COUNT / 64; w++)
    if (~span->alloc_bits[w])
      {
        unsigned bit = __builtin_ctzll (~span->alloc_bits[w]);
        span->alloc_bits[w] |= (uint64_t)1 << bit;
        return w * 64 + bit;
      }
  return -1;
}

void *
cairni_closure_create (void *fn, void *chain)
{
  struct cairni_thread *thread = cairni_thread_get ();
  struct cairni_span *span;
  int i = -1;
  void *code = NULL;
  cairni_thread_enter (thread);
  cairni_lock_acquire (&lock);
  for (span = spans.first; span && (i = take_thunk (span)) < 0;)
    span = span->next;
  if (!span && (span = new_span ()))
    {
      cairni_span_list_push (&spans, span);
      i = take_thunk (span);
    }
  if (span)
    {
      struct cairni_thunk_data *data
          = (void *)(span->start + CAIRNI_THUNK_HALF_NBYTES);
      data[i].chain = chain;
      data[i].fn = fn;
      code = (void *)(span->start + (size_t)i * CAIRNI_THUNK_NBYTES);
    }
  cairni_lock_release (&lock);
  cairni_thread_leave (thread);
  return code;
}

bool
cairni_closure_exists (void)
{
  return spans.first != NULL;
}

void
cairni_closure_sweep (void)
{
  for (struct cairni_span *s = spans.first; s; s = s->next)
    for (unsigned w = 0; w < CAIRNI_THUNK_COUNT / 64; w++)
      {
        s->alloc_bits[w] = s->mark_bits[w];
        s->mark_bits[w] = 0;
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
