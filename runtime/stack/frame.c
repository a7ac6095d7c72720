/* frame.c: the address stack.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "stack/frame.h"
#include "arch/x86_64/arch.h"
#include "os/signal-stack.h"
#include "stack/limit.h"
#include "stack/memory.h"
#include "stack/stack.h"

/* A chunk is twice as large as the one before, up to this.  */
#define DOUBLED_MAX_NBYTES ((size_t)64 << 20)

#define HEADER_NBYTES CAIRNI_CHUNK_HEADER_NBYTES

_Static_assert(sizeof (struct cairni_frame_chunk) <= HEADER_NBYTES,
               "frames follow the record");
#define ASSERT_OFFSET(field, offset)                                           \
  _Static_assert(offsetof (struct cairni_frame_chunk, field) == offset,        \
                 "assembly knows the record")
ASSERT_OFFSET (older, CAIRNI_CHUNK_OLDER);
ASSERT_OFFSET (next, CAIRNI_CHUNK_NEXT);
ASSERT_OFFSET (limit, CAIRNI_CHUNK_LIMIT);
ASSERT_OFFSET (old_ptr, CAIRNI_CHUNK_OLD_PTR);
ASSERT_OFFSET (old_limit, CAIRNI_CHUNK_OLD_LIMIT);
ASSERT_OFFSET (old_start, CAIRNI_CHUNK_OLD_START);

static struct cairni_stack_words *
own_words (void)
{
  return cairni_stack_words (cairni_arch_thread_pointer ());
}

static uintptr_t
chunk_start (const struct cairni_frame_chunk *chunk)
{
  return (uintptr_t)chunk + HEADER_NBYTES;
}

static size_t
chunk_nbytes (const struct cairni_frame_chunk *chunk)
{
  return chunk->limit - (uintptr_t)chunk;
}

/* A chunk to follow OLDER, or the first, with room for NBYTES; NULL: that is
   more than the limit.  */
static struct cairni_frame_chunk *
make_chunk (struct cairni_frame_chunk *older, size_t nbytes)
{
  size_t total = older ? older->total_nbytes : 0;
  size_t needed;
  if (__builtin_add_overflow (nbytes, (size_t)HEADER_NBYTES + 16, &needed)
      || needed > cairni_stack_max_nbytes
      || total > cairni_stack_max_nbytes - needed)
    return NULL;
  size_t size = cairni_stack_memory_size (needed);
  size_t doubled
      = older ? cairni_min (2 * chunk_nbytes (older), DOUBLED_MAX_NBYTES) : 0;
  if (size < doubled && total + doubled <= cairni_stack_max_nbytes)
    size = doubled;
  uintptr_t lo = size ? cairni_stack_memory_alloc (size) : 0;
  if (!lo)
    cairni_fatal ("out of memory for an address stack");
  struct cairni_frame_chunk *chunk = (struct cairni_frame_chunk *)lo;
  *chunk = (struct cairni_frame_chunk){
    .older = older,
    .limit = lo + size,
    .total_nbytes = total + size,
  };
  return chunk;
}

/* Free CHUNK and what follows it; nothing leads to it any more.  */
static void
free_chunks (struct cairni_frame_chunk *chunk)
{
  while (chunk)
    {
      struct cairni_frame_chunk *next = chunk->next;
      cairni_stack_memory_free ((uintptr_t)chunk, chunk_nbytes (chunk));
      chunk = next;
    }
}

uintptr_t
cairni_frame_push (size_t nbytes)
{
  struct cairni_stack_words *words = own_words ();
  uint64_t set = cairni_signals_block ();
  uintptr_t base;
  do
    {
      struct cairni_frame_chunk *chunk = words->frame_chunk;
      struct cairni_frame_chunk *next = chunk ? chunk->next : NULL;
      if (!next)
        {
          next = make_chunk (chunk, nbytes);
          if (!next)
            {
              /* The message needs the loader's lock, and somebody who waits for
                 this thread to stop may have that.  */
              cairni_signals_restore (set);
              cairni_stack_exceeded ();
            }
          if (chunk)
            chunk->next = next;
        }
      next->old_ptr = words->frame_ptr;
      next->old_limit = words->frame_limit;
      next->old_start = words->frame_start;
      base = chunk_start (next);
      words->frame_start = base;
      words->frame_ptr = base;
      words->frame_limit = next->limit;
      words->frame_chunk = next;
      /* The first chunk's first frame is never the one to pop.  */
      if (!chunk)
        base += 16;
    }
  while (nbytes > words->frame_limit - base);
  words->frame_ptr = base + nbytes;
  cairni_signals_restore (set);
  return base;
}

/* Leave the current chunk, which is not the first.  */
static void
leave_chunk (struct cairni_stack_words *words)
{
  struct cairni_frame_chunk *chunk = words->frame_chunk;
  struct cairni_frame_chunk *next = chunk->next;
  if (next && chunk_nbytes (next) > CAIRNI_CHUNK_KEPT_NBYTES)
    {
      chunk->next = NULL;
      free_chunks (next);
    }
  words->frame_ptr = chunk->old_ptr;
  words->frame_start = chunk->old_start;
  words->frame_limit = chunk->old_limit;
  words->frame_chunk = chunk->older;
}

void
cairni_frame_pop (void)
{
  struct cairni_stack_words *words = own_words ();
  uint64_t set = cairni_signals_block ();
  while (words->frame_chunk && words->frame_chunk->older
         && words->frame_ptr == words->frame_start)
    leave_chunk (words);
  cairni_signals_restore (set);
}

void *
cairni_frame_alloc (size_t nbytes, size_t align)
{
  struct cairni_stack_words *words = own_words ();
  uintptr_t p;
  align = cairni_max (align, 16);
  if (nbytes > cairni_stack_max_nbytes || align > cairni_stack_max_nbytes)
    cairni_stack_exceeded ();
  nbytes = cairni_align_up (nbytes, 16);
  p = cairni_align_up (words->frame_ptr, align);
  if (p + nbytes <= words->frame_limit)
    words->frame_ptr = p + nbytes;
  else
    p = cairni_align_up (cairni_frame_push (nbytes + align - 16), align);
  return (void *)p;
}

void
cairni_frame_release (void *end)
{
  struct cairni_stack_words *words = own_words ();
  uintptr_t p = (uintptr_t)end;
  if (p < words->frame_start || p > words->frame_limit)
    {
      uint64_t set = cairni_signals_block ();
      while (words->frame_chunk && words->frame_chunk->older
             && (p < words->frame_start || p > words->frame_limit))
        leave_chunk (words);
      words->frame_ptr = p;
      cairni_signals_restore (set);
    }
  else
    words->frame_ptr = p;
}

struct cairni_frame_chunk *
cairni_frame_first (struct cairni_frame_chunk *chunk)
{
  while (chunk && chunk->older)
    chunk = chunk->older;
  return chunk;
}

void
cairni_frame_empty (struct cairni_frame_chunk *first,
                    struct cairni_stack_words *words)
{
  words->frame_chunk = first;
  words->frame_start = chunk_start (first);
  /* See .inv.frame.empty.  */
  words->frame_ptr = words->frame_start + 16;
  words->frame_limit = first->limit;
}

void
cairni_frame_free (struct cairni_frame_chunk *chunk)
{
  free_chunks (cairni_frame_first (chunk));
}

void
cairni_frame_reset (void)
{
  struct cairni_stack_words *words = own_words ();
  struct cairni_frame_chunk *chunk = words->frame_chunk;
  words->frame_ptr = words->frame_limit = words->frame_start = 0;
  words->frame_chunk = NULL;
  cairni_frame_free (chunk);
}

/* Frames in CHUNK or an older one, from START to PTR, if that is what the two
   words are: not if one of them has just been set.  */
static void
visit_frames (const struct cairni_frame_chunk *chunk, uintptr_t start,
              uintptr_t ptr, void (*fn) (uintptr_t lo, uintptr_t hi))
{
  while (chunk && chunk_start (chunk) != start)
    chunk = chunk->older;
  if (chunk && ptr > start && ptr <= chunk->limit)
    fn (start, ptr);
}

void
cairni_frame_visit (const struct cairni_stack_words *words,
                    void (*fn) (uintptr_t lo, uintptr_t hi))
{
  const struct cairni_frame_chunk *chunk = words->frame_chunk;
  visit_frames (chunk, words->frame_start, words->frame_ptr, fn);
  for (; chunk; chunk = chunk->older)
    visit_frames (chunk->older, chunk->old_start, chunk->old_ptr, fn);
}

bool
cairni_frame_has (const struct cairni_frame_chunk *chunk, uintptr_t p)
{
  for (; chunk; chunk = chunk->older)
    if (p - (uintptr_t)chunk < chunk->limit - (uintptr_t)chunk)
      return true;
  return false;
}
