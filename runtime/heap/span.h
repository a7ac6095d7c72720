/* span.h: a run of pages with slots of one size.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Vocabulary.  The arena is one reserved range of addresses; "is this a heap
   pointer" is a range check.  It is divided into pages of 8 KB.  A span is a
   run of pages: free, or divided into slots of one size class, or one large
   object.  What it holds is its kind.

     .inv.span.table     The entry of a page in the page table is NULL or the
                         span that the page belongs to; of a free span only
                         the first and the last page have entries.
     .inv.span.alloc     Of a collected span alloc bit i says that slot i is
                         allocated; bits past the last slot are set.  In a
                         thread's cache the word CACHE_WORD does not count:
                         ALLOC_CACHE and HELD_CACHE, its complement, do.
     .inv.span.mark      Outside a collection the mark bits of a swept span
                         are clear.

   A span of collected slots goes round: fresh from the page heap -> cached by
   a thread, which fills it -> full or partial list of its central -> (a
   collection) unswept list -> swept: partial, full, or back to the page
   heap.  A span of manual slots belongs to heap/manual.c.

   Locks: the fields of a free span belong to the page heap's lock, those of
   a cached one to the thread, those of a listed one to its central's lock.
   While the world is stopped everything belongs to the collector.  */

#ifndef CAIRNI_SPAN_H
#define CAIRNI_SPAN_H

#include "base/base.h"
#include "cairn-type.h"
#include "heap/meta.h"
#include "heap/size-class.h"
#include "os/region.h"

enum cairni_kind
{
  CAIRNI_SCAN,   /* Collected; every word may be a pointer.  */
  CAIRNI_NOSCAN, /* Collected; holds no pointer.  */
  CAIRNI_TYPED,  /* Collected; the slot's last word is its struct cairn_type,
                    or NULL: every word may be a pointer.  A large object has
                    it in its span instead.  */
  CAIRNI_NCOLLECTED,
  CAIRNI_MANUAL = CAIRNI_NCOLLECTED, /* Never collected; a root.  */
  CAIRNI_THUNK,                      /* Closures, see gc/closure.c.  */
  CAIRNI_BLANK,                      /* Handed out by the page heap, not yet
                                        formatted.  */
  CAIRNI_FREE                        /* In the page heap.  */
};

#define CAIRNI_INLINE_WORDS 4

struct cairni_span
{
  /* What marking reads fills the first cache line for 32 bytes a slot and
     more.  */
  uintptr_t start;      /* Address of the first page.  */
  uint32_t magic;       /* See struct cairni_size_class; 0 if large.  */
  uint32_t slot_nbytes; /* 0 if large.  */
  uint16_t nslots;      /* 1 if large.  */
  uint8_t kind;         /* enum cairni_kind.  */
  uint8_t size_class;   /* 0 if large.  */
  uint8_t needs_zero;   /* The memory is not known to be zero.  */
  uint8_t is_released;  /* Free: its pages were given to the system.  */
  uint16_t nfree;       /* Manual: slots on the span's free list.  */
  uint64_t *mark_bits;
  uint64_t mark_inline[CAIRNI_INLINE_WORDS];

  /* What allocation reads, the second line.  The free slots of the 64 that
     word CACHE_WORD of the alloc bits describes are the bits of ALLOC_CACHE;
     CACHE_ADDR is the address of the first of the 64.  */
  uint64_t alloc_cache;
  uintptr_t cache_addr;
  uint32_t cache_word;
  uint32_t taken_nfree; /* Free slots when a thread took the span, and those
                           that it freed since.  */
  uint64_t *alloc_bits;
  uint64_t alloc_inline[CAIRNI_INLINE_WORDS];

  size_t npages;
  struct cairni_thread *owner; /* Who caches it; NULL: nobody.  Changes under
                                  the central's lock.  */
  uint32_t nfreed;             /* Slots freed by the owner, not yet counted.  */
  uint32_t sweep_epoch;        /* Collected: cairni_sweep_epoch when swept.  */
  uint16_t carved;             /* Manual: slots handed out at least once.  */
  bool has_specials;           /* An object of it has a cleanup or a weak
                                  pointer, or had.  */
  struct cairni_span *prev, *next; /* In the list it is on.  */
  const struct cairn_type *type;   /* Typed and large.  */
  void *free_list;                 /* Manual: linked through the slots.  */
  size_t freed_cycle;              /* Free: since which collection.  */
  uint64_t held_cache;             /* Free slots of word CACHE_WORD that ALLOC_CACHE
                                      does not have yet: see sampling.h.  */
  uint8_t held_shift;              /* POINT_SHIFT of the thread of the sample that
                                      is held.  */
  uint32_t nsamples;               /* Objects of it that the heap profile knows;
                                      changes under the profile's lock.  */
};

_Static_assert(offsetof (struct cairni_span, alloc_cache) == 64,
               "marking reads one cache line");
_Static_assert(offsetof (struct cairni_span, npages) == 128,
               "allocation reads one more");

/* A doubly linked list of spans.  */
struct cairni_span_list
{
  struct cairni_span *first, *last;
};

extern void cairni_span_list_push (struct cairni_span_list *list,
                                   struct cairni_span *span);
extern void cairni_span_list_remove (struct cairni_span_list *list,
                                     struct cairni_span *span);
/* Remove and return the first span; NULL: the list is empty.  */
extern struct cairni_span *cairni_span_list_pop (struct cairni_span_list *list);
/* Append all of FROM to TO and empty it.  */
extern void cairni_span_list_append (struct cairni_span_list *to,
                                     struct cairni_span_list *from);

struct cairni_arena
{
  uintptr_t base;             /* The first page is never handed out.  */
  size_t used_nbytes;         /* Pages beyond were never handed out.  */
  struct cairni_span **pages; /* The page table.  */
  struct cairni_region memory;
  struct cairni_region table;
};

/* Written under the page heap's lock; BASE, once set, is constant.  */
extern struct cairni_arena cairni_arena;

/* Whether P lies in memory that the arena has handed out.  */
CAIRNI_INLINE bool
cairni_arena_has (uintptr_t p)
{
  return p - cairni_arena.base
         < __atomic_load_n (&cairni_arena.used_nbytes, __ATOMIC_RELAXED);
}

/* The span of P, for which cairni_arena_has is true; NULL or a free span if
   no object is there.  */
CAIRNI_INLINE struct cairni_span *
cairni_arena_span (uintptr_t p)
{
  return cairni_arena.pages[(p - cairni_arena.base) >> CAIRNI_PAGE_SHIFT];
}

/* The address that objects of size 0 have.  It belongs to no span.  */
CAIRNI_INLINE void *
cairni_arena_zero_object (void)
{
  return (void *)(cairni_arena.base + CAIRNI_PAGE_NBYTES / 2);
}

/* The slot of P, an address in SPAN; may be nslots: the tail's waste.  */
CAIRNI_INLINE unsigned
cairni_span_slot (const struct cairni_span *span, uintptr_t p)
{
  return ((p - span->start) * span->magic) >> 32;
}

CAIRNI_INLINE uintptr_t
cairni_span_slot_addr (const struct cairni_span *span, unsigned slot)
{
  return span->start + (size_t)slot * span->slot_nbytes;
}

/* Bytes of one slot, large or small.  */
CAIRNI_INLINE size_t
cairni_span_slot_nbytes (const struct cairni_span *span)
{
  return span->size_class ? span->slot_nbytes
                          : span->npages << CAIRNI_PAGE_SHIFT;
}

/* The map of the object at START in SPAN, which is TYPED, and whose slot has
   *NBYTES: made fewer by the word for the map, if it is there.  */
CAIRNI_INLINE const struct cairn_type *
cairni_span_map (const struct cairni_span *span, uintptr_t start,
                 size_t *nbytes)
{
  if (!span->size_class)
    return span->type;
  *nbytes -= sizeof (const struct cairn_type *);
  return *(const struct cairn_type **)(start + *nbytes);
}

/* Words of the mark or alloc bits.  */
CAIRNI_INLINE unsigned
cairni_span_nwords (const struct cairni_span *span)
{
  return (span->nslots + 63u) / 64;
}

CAIRNI_INLINE bool
cairni_span_is_collected (const struct cairni_span *span)
{
  return span->kind < CAIRNI_NCOLLECTED;
}

/* Whether P points to memory that lives only as long as something points to
   it: an object or a closure.  */
CAIRNI_INLINE bool
cairni_is_collected (uintptr_t p)
{
  if (!cairni_arena_has (p))
    return false;
  const struct cairni_span *span = cairni_arena_span (p);
  return span
         && (cairni_span_is_collected (span) || span->kind == CAIRNI_THUNK);
}

/* Whether SLOT of the collected SPAN is allocated: .inv.span.alloc.  */
CAIRNI_INLINE bool
cairni_span_is_allocated (const struct cairni_span *span, unsigned slot)
{
  uint64_t bits = span->owner && slot / 64 == span->cache_word
                      ? ~(span->alloc_cache | span->held_cache)
                      : span->alloc_bits[slot / 64];
  return bits >> slot % 64 & 1;
}

/* A span record, or NULL: out of memory.  */
extern struct cairni_span *cairni_span_create (void);

/* Give the record back; the page table no longer mentions it.  */
extern void cairni_span_destroy (struct cairni_span *span);

/* Divide SPAN, which has the pages of SIZE_CLASS (0: one large object), into
   free slots of KIND.  False: no memory for its bits.  */
extern bool cairni_span_format (struct cairni_span *span, enum cairni_kind kind,
                                unsigned size_class);

/* Undo cairni_span_format.  */
extern void cairni_span_unformat (struct cairni_span *span);

/* Free slots of a span whose alloc bits are exact.  */
extern unsigned cairni_span_count_free (const struct cairni_span *span);

/* Prepare SPAN to be allocated from.  */
extern void cairni_span_open (struct cairni_span *span);

/* Make the alloc bits of SPAN exact again after allocations from it.  */
extern void cairni_span_close (struct cairni_span *span);

/* Load the alloc cache with the next free slots; false: SPAN is full.  */
extern bool cairni_span_advance (struct cairni_span *span);

extern struct cairni_meta_pool cairni_span_pool, cairni_span_bits_pool;

#endif /* CAIRNI_SPAN_H */
