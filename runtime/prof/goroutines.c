/* goroutines.c: where goroutines and threads are, and who began threads.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "prof/goroutines.h"
#include "heap/thread.h"
#include "os/sys.h"
#include "prof/buckets.h"
#include "prof/counts.h"
#include "sched/dump.h"
#include "sched/leaks.h"
#include "sched/scheduler.h"
#include "stack/trace.h"

static void
add (void *arg, const uintptr_t *pcs, unsigned n,
     const struct cairn_labels *labels)
{
  const struct cairni_stack_key key
      = { .pcs = pcs,
          .nframes = n,
          .labels = labels ? labels->text : NULL,
          .labels_nbytes = labels ? labels->nbytes : 0 };
  struct cairni_bucket *bucket = cairni_buckets_get (arg, &key);
  if (bucket)
    bucket->count++;
}

/* The calling thread is the runtime's, and no goroutine that anybody wants to
   see.  */
static void
hide_self (void)
{
  cairni_sched_enter ()->g->is_system = true;
  cairni_sched_leave ();
}

bool
cairni_goroutines_put (struct cairni_buffer *buffer, bool as_text)
{
  struct cairni_buckets table = { 0 };
  hide_self ();
  cairni_dump_collect (add, &table);
  bool good = cairni_counts_put (buffer, &table, "goroutine", as_text);
  cairni_buckets_destroy (&table);
  return good;
}

/* Text in memory of our own: while the world is stopped nothing can be had from
   malloc.  */
struct sink
{
  struct cairni_print_sink base;
  char *bytes;
  size_t nbytes, max;
};

static void
write_to_sink (struct cairni_print_sink *base, const char *text, size_t nbytes)
{
  struct sink *sink = (struct sink *)base;
  if (sink->max - sink->nbytes < nbytes)
    {
      size_t max = cairni_max (2 * sink->max, (size_t)64 << 10);
      char *bytes = sink->bytes ? cairni_sys_remap (sink->bytes, sink->max, max)
                                : cairni_sys_map (max);
      if (!bytes)
        return;
      sink->bytes = bytes;
      sink->max = max;
    }
  __builtin_memcpy (sink->bytes + sink->nbytes, text, nbytes);
  sink->nbytes += nbytes;
}

bool
cairni_goroutines_put_dump (struct cairni_buffer *buffer, bool only_leaked)
{
  struct sink sink = { .base.write = write_to_sink };
  hide_self ();
  size_t nleaked = only_leaked ? cairni_leaks_find (NULL, 0) : 0;
  cairni_print_sink = &sink.base;
  if (only_leaked)
    {
      cairni_print ("goroutines that wait for ever: %z", nleaked);
      cairni_dump_leaked ();
    }
  else
    cairni_dump_all ();
  cairni_print_sink = NULL;
  cairni_buffer_put (buffer, sink.bytes, sink.nbytes);
  if (sink.bytes)
    cairni_sys_unmap (sink.bytes, sink.max);
  return !buffer->is_broken;
}

/* Who made threads; taken in sections.  */
static struct cairni_lock lock;
static struct cairni_buckets threads;

void
cairni_goroutines_note_thread (void)
{
  uintptr_t pcs[CAIRNI_BUCKET_NFRAMES];
  struct cairni_thread *thread = cairni_thread_get ();
  unsigned n = cairni_trace_collect (NULL, pcs, CAIRNI_BUCKET_NFRAMES, false);
  cairni_thread_enter (thread);
  cairni_lock_acquire (&lock);
  add (&threads, pcs, n, NULL);
  cairni_lock_release (&lock);
  cairni_thread_leave (thread);
}

static void
copy_bucket (struct cairni_bucket *bucket, void *copy)
{
  const struct cairni_stack_key key
      = { .pcs = bucket->pcs, .nframes = bucket->nframes };
  struct cairni_bucket *same = cairni_buckets_get (copy, &key);
  if (same)
    same->count = bucket->count;
}

bool
cairni_goroutines_put_threads (struct cairni_buffer *buffer, bool as_text)
{
  struct cairni_buckets table = { 0 };
  struct cairni_thread *thread = cairni_thread_get ();
  cairni_thread_enter (thread);
  cairni_lock_acquire (&lock);
  cairni_buckets_each (&threads, copy_bucket, &table);
  cairni_lock_release (&lock);
  cairni_thread_leave (thread);
  bool good = cairni_counts_put (buffer, &table, "threadcreate", as_text);
  cairni_buckets_destroy (&table);
  return good;
}

void
cairni_goroutines_after_fork (void)
{
  /* What another thread may have been changing.  */
  lock.word = 0;
  threads = (struct cairni_buckets){ 0 };
}
