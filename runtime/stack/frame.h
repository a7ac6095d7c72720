/* frame.h: the address stack.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   What has an address lives in frames on the thread's address stack, a list of
   chunks that never move:

     +--------+----------------+        +--------+-------------------------+
     | record | frames         | <----> | record | frames |                |
     +--------+----------------+  next  +--------+-------------------------+
                               older             ^        ^                ^
                                       FRAME_START    FRAME_PTR    FRAME_LIMIT

   A function adds its frame to FRAME_PTR unless that exceeds FRAME_LIMIT; then
   it pushes, going on in the next chunk.  At its end it sets FRAME_PTR to its
   base; and if that is FRAME_START, it pops.  A chunk that was left is kept as
   the next one, so a call at a boundary costs no more than another.

     .inv.frame.empty   Outside of a push, a pop or a function's end, FRAME_PTR
                        is not FRAME_START.  (The first frame of the first
                        chunk, which is never left, is 16 bytes further; what
                        was entered only to get to a larger one is empty while
                        that one is in use.)
     .inv.frame.record  A record holds what the words were when its chunk was
                        entered, for who pops to set again exactly.

   A signal may come at any point, and its handler push and pop.  When it
   returns, the words are what they were.  So a push or a pop

     - sets FRAME_LIMIT to 0 first and to its value last: meanwhile nothing fits
       in the chunk, and handlers push;
     - takes the next chunk (FRAME_CHUNK) before it writes the record: handlers
       take the one after that.

   A handler may even come between a function's setting FRAME_PTR and its pop,
   find the chunk empty, and pop it in its place.  Then the function's pop finds
   nothing to do; or does it once more, from the same record, with the same
   result.

   Signals are blocked while chunks are made or freed, which only changes what
   is beyond the next one, or at the end of the list.  */

#ifndef CAIRNI_STACK_FRAME_H
#define CAIRNI_STACK_FRAME_H

#include "arch/x86_64/stack-layout.h"
#include "base/base.h"
#include "stack/stack.h"

/* The record at the start of a chunk.  Written by the thread only.  */
struct cairni_frame_chunk
{
  struct cairni_frame_chunk *older; /* NULL: the first.  */
  struct cairni_frame_chunk *next;  /* Kept for later, or NULL.  */
  uintptr_t limit;                  /* The end of the chunk.  */
  uintptr_t old_ptr;                /* What the words were; the chunk was the */
  uintptr_t old_limit;              /* older one.  */
  uintptr_t old_start;
  size_t total_nbytes; /* Of this chunk and all older ones.  */
};

/* Push a frame of NBYTES, a multiple of 16, in a later chunk than the current
   one: its base.  */
extern uintptr_t cairni_frame_push (size_t nbytes);

/* Pop until the current chunk is not empty, or the first.  */
extern void cairni_frame_pop (void);

/* Take NBYTES, aligned to ALIGN, and give back all that was taken since the end
   was END: what the entry points do, which do most of it themselves.  */
extern void *cairni_frame_alloc (size_t nbytes, size_t align);
extern void cairni_frame_release (void *end);

/* Free all chunks of the calling thread.  All signals are blocked.  */
extern void cairni_frame_reset (void);

/* The first chunk of the address stack that CHUNK is of.  */
extern struct cairni_frame_chunk *
cairni_frame_first (struct cairni_frame_chunk *chunk);

/* Set the address stack's part of WORDS to what it is with nothing in use of
   the chunks from FIRST on.  */
extern void cairni_frame_empty (struct cairni_frame_chunk *first,
                                struct cairni_stack_words *words);

/* Set the calling thread's address stack, in its WORDS, to another.  A handler may
   come in between, push and pop: see above for the order.  */
CAIRNI_INLINE void
cairni_frame_set (volatile struct cairni_stack_words *words, uintptr_t ptr,
                  uintptr_t limit, uintptr_t start,
                  struct cairni_frame_chunk *chunk)
{
  words->frame_limit = 0;
  words->frame_ptr = ptr;
  words->frame_start = start;
  words->frame_chunk = chunk;
  words->frame_limit = limit;
}

/* Free all chunks of the address stack that CHUNK is of, unless it is NULL;
   nothing leads to them any more.  All signals are blocked.  */
extern void cairni_frame_free (struct cairni_frame_chunk *chunk);

/* Call FN on what is live of the address stack that WORDS are of.  */
extern void cairni_frame_visit (const struct cairni_stack_words *words,
                                void (*fn) (uintptr_t lo, uintptr_t hi));

/* Whether P is in a chunk, CHUNK or an older one.  */
extern bool cairni_frame_has (const struct cairni_frame_chunk *chunk,
                              uintptr_t p);

#endif /* CAIRNI_STACK_FRAME_H */
