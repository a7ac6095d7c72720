/* page-heap.h: runs of pages, handed out and taken back.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Best fit with coalescing over the free spans; pages that were never handed
   out (the frontier) only when nothing else fits, so that memory is reused
   before more of it is touched.

     .inv.page.frontier   No page at or beyond arena.used_nbytes was ever
                          handed out; those memory pages are zero.  */

#ifndef CAIRNI_PAGE_HEAP_H
#define CAIRNI_PAGE_HEAP_H

#include "heap/span.h"

/* Reserve the arena.  Ends the program if there is no address space.  */
extern void cairni_page_heap_init (void);

/* A span of NPAGES whose start is aligned to ALIGN_NPAGES, a power of two, of
   kind CAIRNI_BLANK, owned by the caller; all its pages are in the page
   table.  NULL: out of memory.  The caller is in a runtime section.  */
extern struct cairni_span *cairni_page_heap_alloc (size_t npages,
                                                   size_t align_npages);

/* The same, but only from pages that were handed out before.  */
extern struct cairni_span *cairni_page_heap_alloc_reused (size_t npages,
                                                          size_t align_npages);

/* Take SPAN, not on any list, back.  */
extern void cairni_page_heap_free (struct cairni_span *span);

/* Give back to the system what has been free for a whole collection.
   CYCLE is the number of the collection that starts now.  */
extern void cairni_page_heap_scavenge (size_t cycle);

/* Give back free spans of MIN_NPAGES and more, the longest first, MAX_NBYTES in
   all at most but for the end of a page.  Returns how many bytes that were.  */
extern size_t cairni_page_heap_release (size_t max_nbytes, size_t min_npages);

/* Address space has become limited: give the unused reservation back.  */
extern void cairni_page_heap_limit_changed (void);

struct cairni_page_heap_stats
{
  size_t free_nbytes;     /* Free, handed out before.  */
  size_t released_nbytes; /* Of these: given back to the system.  */
  size_t mapped_nbytes;   /* Of the arena, usable.  */
};

extern void cairni_page_heap_get_stats (struct cairni_page_heap_stats *stats);

/* Call FN on every span that is not free, in order of address.  The caller
   has stopped the world or holds cairni_page_heap_lock.  */
extern void cairni_page_heap_visit (void (*fn) (struct cairni_span *span));

extern struct cairni_lock cairni_page_heap_lock;

#endif /* CAIRNI_PAGE_HEAP_H */
