/* contexts.c: contexts of ucontext.h have address stacks of their own.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   An address stack is last in, first out, like a machine stack; so who changes
   machine stacks must change address stacks.  The C library's four functions do
   what they always did, and here the words of the address stack go with them:

     getcontext   stores them in the context.
     makecontext  a context starts with none: it gets its first chunk when it
                  needs one.
     swapcontext, setcontext
                  leave the current ones in a record, for the collector, and
                  take those of the context.

   A record stands for an address stack.  There is one per context that
   makecontext made, and one for a thread's own when that first stores or leaves
   it.  It ends when the context's function returns; when another context is
   made on the same machine stack, which nobody can do while the former is in
   use; or with the thread.  A context that is just abandoned leaves its record,
   whose frames remain roots.

   The words are in mcontext_t's reserved part, which neither the C library nor
   its users touch (__ssp is its own, for shadow stacks).  A context that was
   not stored here, such as a signal handler's, has no mark there; it does not
   change address stacks.

   A function that calls one of these runs on the system stack, which does not
   move.  Coroutines of other libraries, or by longjmp, cannot be told from
   other calls: code of ours on their stacks shares the address stack of the
   thread that runs them, and must not leave in another order than it came.  */

#define _GNU_SOURCE
#include "stack/contexts.h"
#include "arch/x86_64/arch.h"
#include "heap/meta.h"
#include "heap/thread.h"
#include "os/real.h"
#include "os/signal-stack.h"
#include "stack/frame.h"
#include "stack/stack.h"

#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

#ifdef CAIRNI_STATIC
/* The C library's by their other names.  */
extern int __getcontext (ucontext_t *context);
extern int __setcontext (const ucontext_t *context);
extern int __swapcontext (ucontext_t *from, const ucontext_t *to);
#define REAL_GETCONTEXT __getcontext
#define REAL_SETCONTEXT __setcontext
#define REAL_SWAPCONTEXT __swapcontext
#else
#define REAL_GETCONTEXT CAIRNI_REAL (getcontext)
#define REAL_SETCONTEXT CAIRNI_REAL (setcontext)
#define REAL_SWAPCONTEXT CAIRNI_REAL (swapcontext)
#endif

/* An address stack.  */
struct record
{
  struct record *next; /* In the bucket.  */
  uintptr_t key;       /* The machine stack of the context, or the thread's
                          control block.  */
  uint64_t serial;     /* Never used again.  */
  bool is_running;     /* Its words are some thread's.  */
  struct cairni_stack_words words; /* Those of the address stack, if not.  */
};

/* What a context has in its reserved part.  */
struct saved
{
  uint64_t mark;
  struct record *record;
  uint64_t serial;
  uintptr_t ptr, limit, start;
  struct cairni_frame_chunk *chunk;
};

#define MARK 0x43a1f27c09e6b58dul

_Static_assert(sizeof (struct saved)
                   <= sizeof ((ucontext_t){ 0 }.uc_mcontext.__reserved1),
               "the words fit");

#define NBUCKETS 4096

/* Guards the table, inside runtime sections: the collector needs no lock.  */
static struct cairni_lock lock;
static struct record *buckets[NBUCKETS];
static uint64_t last_serial;
static struct cairni_meta_pool pool = CAIRNI_META_POOL (sizeof (struct record));

/* The calling thread's current address stack; NULL: it has no record yet.  */
static __thread struct record *current
    __attribute__ ((tls_model ("initial-exec")));

static struct cairni_stack_words *
own_words (void)
{
  return cairni_stack_words (cairni_arch_thread_pointer ());
}

static struct record **
bucket_of (uintptr_t key)
{
  return &buckets[((key >> 6) ^ (key >> 16)) % NBUCKETS];
}

/* A record for KEY.  What another with that key has is freed: it is dead.  */
static struct record *
make_record (uintptr_t key, bool is_running)
{
  struct cairni_thread *thread = cairni_thread_get ();
  struct record **bucket = bucket_of (key), *record;
  struct cairni_frame_chunk *dead = NULL;
  uint64_t set = cairni_signals_block ();
  cairni_thread_enter (thread);
  cairni_lock_acquire (&lock);
  for (record = *bucket; record && (record->key != key || record->is_running);
       record = record->next)
    ;
  if (record)
    dead = record->words.frame_chunk;
  else
    {
      record = cairni_meta_alloc (&pool);
      if (!record)
        cairni_fatal ("out of memory for a context");
      record->key = key;
      record->next = *bucket;
      *bucket = record;
    }
  record->words = (struct cairni_stack_words){ 0 };
  record->is_running = is_running;
  record->serial = ++last_serial;
  cairni_lock_release (&lock);
  cairni_frame_free (dead);
  cairni_thread_leave (thread);
  cairni_signals_restore (set);
  return record;
}

/* Remove RECORD, whose chunks are freed already.  Signals are blocked.  */
static void
drop_record (struct record *record)
{
  struct cairni_thread *thread = cairni_thread_get ();
  cairni_thread_enter (thread);
  cairni_lock_acquire (&lock);
  struct record **link = bucket_of (record->key);
  while (*link != record)
    link = &(*link)->next;
  *link = record->next;
  record->serial = 0;
  cairni_lock_release (&lock);
  cairni_meta_free (&pool, record);
  cairni_thread_leave (thread);
}

/* Store the calling thread's words in CONTEXT.  */
static void
save (ucontext_t *context)
{
  const struct cairni_stack_words *words = own_words ();
  if (!current)
    current = make_record (cairni_arch_thread_pointer (), true);
  struct saved saved = { .mark = MARK,
                         .record = current,
                         .serial = current->serial,
                         .ptr = words->frame_ptr,
                         .limit = words->frame_limit,
                         .start = words->frame_start,
                         .chunk = words->frame_chunk };
  memcpy (context->uc_mcontext.__reserved1, &saved, sizeof saved);
}

/* Go over to the address stack of CONTEXT.  At every moment each of the two is
   either the thread's or in a record that does not run, so that a collection
   sees it.  */
static void
load (const ucontext_t *context)
{
  struct saved saved;
  memcpy (&saved, context->uc_mcontext.__reserved1, sizeof saved);
  if (saved.mark != MARK || saved.record->serial != saved.serial)
    return;
  struct record *from = current, *to = saved.record;
  struct cairni_stack_words words = { .frame_ptr = saved.ptr,
                                      .frame_limit = saved.limit,
                                      .frame_start = saved.start,
                                      .frame_chunk = saved.chunk };
  if (from && from != to)
    {
      from->words = *own_words ();
      cairni_compiler_barrier ();
      from->is_running = false;
      cairni_compiler_barrier ();
    }
  if (!words.frame_chunk)
    {
      /* There may be chunks that were not there when it was stored.  */
      struct cairni_frame_chunk *first = cairni_frame_first (
          (from == to ? own_words () : &to->words)->frame_chunk);
      if (first)
        cairni_frame_empty (first, &words);
    }
  cairni_frame_set (own_words (), words.frame_ptr, words.frame_limit,
                    words.frame_start, words.frame_chunk);
  cairni_compiler_barrier ();
  to->is_running = true;
  current = to;
}

/* The next three are called by arch/x86_64/context.S: what getcontext and
   swapcontext do here before they go on to the functions returned, and what
   follows a context's function.  */

extern void *cairni_context_save (ucontext_t *context);
extern void *cairni_context_swap (ucontext_t *from, const ucontext_t *to);
extern void cairni_context_finish (const ucontext_t *link)
    __attribute__ ((noreturn));

void *
cairni_context_save (ucontext_t *context)
{
  save (context);
  return REAL_GETCONTEXT;
}

void *
cairni_context_swap (ucontext_t *from, const ucontext_t *to)
{
  save (from);
  load (to);
  return REAL_SWAPCONTEXT;
}

void
cairni_context_finish (const ucontext_t *link)
{
  uint64_t set = cairni_signals_block ();
  cairni_frame_reset ();
  if (current)
    drop_record (current);
  current = NULL;
  cairni_signals_restore (set);
  exit (link ? setcontext (link) : 0);
}

CAIRNI_PUBLIC int
setcontext (const ucontext_t *context)
{
  load (context);
  return REAL_SETCONTEXT (context);
}

CAIRNI_PUBLIC void
makecontext (ucontext_t *context, void (*fn) (void), int argc, ...)
{
  struct record *record
      = make_record ((uintptr_t)context->uc_stack.ss_sp, false);
  struct saved saved
      = { .mark = MARK, .record = record, .serial = record->serial };
  memcpy (context->uc_mcontext.__reserved1, &saved, sizeof saved);
  va_list args;
  va_start (args, argc);
  cairni_arch_make_context (context, fn, argc, &args);
  va_end (args);
}

void
cairni_context_visit (void (*fn) (uintptr_t lo, uintptr_t hi))
{
  if (last_serial == 0)
    return;
  for (unsigned i = 0; i < NBUCKETS; i++)
    for (const struct record *r = buckets[i]; r; r = r->next)
      if (!r->is_running)
        cairni_frame_visit (&r->words, fn);
}

void
cairni_context_reset (void)
{
  uintptr_t tcb = cairni_arch_thread_pointer ();
  struct record *own = NULL, *running = current;
  if (last_serial == 0)
    return;
  current = NULL;
  if (running && running->key != tcb)
    {
      /* The thread ends in a context, and cannot come back to its own.  */
      struct cairni_thread *thread = cairni_thread_get ();
      cairni_thread_enter (thread);
      cairni_lock_acquire (&lock);
      for (own = *bucket_of (tcb); own && own->key != tcb; own = own->next)
        ;
      cairni_lock_release (&lock);
      cairni_thread_leave (thread);
      if (own && !own->is_running)
        {
          struct cairni_frame_chunk *dead = own->words.frame_chunk;
          drop_record (own);
          cairni_frame_free (dead);
        }
    }
  if (running)
    drop_record (running);
}

void
cairni_context_lock (void)
{
  cairni_lock_acquire (&lock);
  cairni_lock_acquire (&pool.lock);
}

void
cairni_context_unlock (void)
{
  cairni_lock_release (&pool.lock);
  cairni_lock_release (&lock);
}
