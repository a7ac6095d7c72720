/* samples.c: the objects that the heap profile sees, and who allocated them.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "prof/samples.h"
#include "gc/collect.h"
#include "gc/mark.h"
#include "heap/sampling.h"
#include "os/sys.h"
#include "stack/trace.h"

#include <stdlib.h>

static struct cairni_lock lock;
static struct cairni_buckets buckets;

/* A living sample, at the place of a table that its address gives or behind that;
   OBJECT == 0: none, and none behind; TOMB: none any more.  */
struct entry
{
  uintptr_t object;
  struct cairni_bucket *bucket;
};

#define TOMB 1
#define MIN_NENTRIES 256

/* A power of two; a quarter is always empty.  */
static struct entry *entries;
static size_t nentries, nused, nliving;

static size_t
place_of (uintptr_t object)
{
  return (object * 0x9e3779b97f4a7c15 >> 20) & (nentries - 1);
}

static struct entry *
find (uintptr_t object)
{
  if (nliving == 0)
    return NULL;
  for (size_t i = place_of (object);; i = (i + 1) & (nentries - 1))
    if (entries[i].object == object)
      return &entries[i];
    else if (entries[i].object == 0)
      return NULL;
}

static void
put (uintptr_t object, struct cairni_bucket *bucket)
{
  size_t i = place_of (object);
  while (entries[i].object > TOMB)
    i = (i + 1) & (nentries - 1);
  nused += entries[i].object == 0;
  nliving++;
  entries[i] = (struct entry){ object, bucket };
}

/* See to it that there is room for one more.  */
static bool
make_room (void)
{
  if (nused + 1 <= nentries / 4 * 3)
    return true;
  struct entry *old = entries;
  size_t old_n = nentries, n = MIN_NENTRIES;
  while (n < 2 * (nliving + 1))
    n *= 2;
  struct entry *fresh = cairni_sys_map (
      cairni_align_up (n * sizeof *fresh, CAIRNI_SYS_PAGE_NBYTES));
  if (!fresh)
    return false;
  entries = fresh;
  nentries = n;
  nused = nliving = 0;
  for (size_t i = 0; i < old_n; i++)
    if (old[i].object > TOMB)
      put (old[i].object, old[i].bucket);
  if (old)
    cairni_sys_unmap (
        old, cairni_align_up (old_n * sizeof *old, CAIRNI_SYS_PAGE_NBYTES));
  return true;
}

static void
drop (struct entry *entry)
{
  struct cairni_span *span = cairni_arena_span (entry->object);
  __atomic_store_n (&span->nsamples, span->nsamples - 1, __ATOMIC_RELAXED);
  entry->object = TOMB;
  nliving--;
}

/* BUCKET is about to change: put what it had at the end of the last collection
   aside.  */
static void
settle (struct cairni_bucket *bucket)
{
  size_t cycle = cairni_collect_stats.ncycles;
  if (bucket->cycle != cycle)
    {
      bucket->settled_count = bucket->count;
      bucket->settled_nended = bucket->nended;
      bucket->cycle = cycle;
    }
}

static void
add_living (uintptr_t object, struct cairni_bucket *bucket)
{
  struct cairni_span *span = cairni_arena_span (object);
  if (!make_room ())
    {
      /* Rather forget it than have it live for ever.  */
      bucket->count--;
      return;
    }
  put (object, bucket);
  __atomic_store_n (&span->nsamples, span->nsamples + 1, __ATOMIC_RELAXED);
}

void
cairni_samples_add (void *p, unsigned shift)
{
  uint64_t start_ticks = cairni_arch_ticks ();
  uintptr_t pcs[CAIRNI_BUCKET_NFRAMES];
  struct cairni_thread *thread = cairni_thread_get ();
  const struct cairn_labels *labels = cairni_labels_self;
  const struct cairni_stack_key key
      = { .nbytes = cairni_span_slot_nbytes (cairni_arena_span ((uintptr_t)p)),
          .shift = shift,
          .pcs = pcs,
          .nframes
          = cairni_trace_collect (NULL, pcs, CAIRNI_BUCKET_NFRAMES, false),
          .labels = labels ? labels->text : NULL,
          .labels_nbytes = labels ? labels->nbytes : 0 };
  cairni_thread_enter (thread);
  cairni_lock_acquire (&lock);
  struct cairni_bucket *bucket = cairni_buckets_get (&buckets, &key);
  if (bucket)
    {
      settle (bucket);
      bucket->count++;
      add_living ((uintptr_t)p, bucket);
    }
  cairni_lock_release (&lock);
  cairni_sampling_noted (thread, start_ticks);
  cairni_thread_leave (thread);
}

void *
cairni_samples_take (void *p)
{
  struct cairni_bucket *bucket = NULL;
  cairni_lock_acquire (&lock);
  struct entry *entry = find ((uintptr_t)p);
  if (entry)
    {
      bucket = entry->bucket;
      drop (entry);
    }
  cairni_lock_release (&lock);
  return bucket;
}

void
cairni_samples_end (void *p, void *sample, bool was_freed)
{
  struct cairni_bucket *bucket = sample;
  cairni_lock_acquire (&lock);
  settle (bucket);
  if (was_freed)
    bucket->nended++;
  else
    add_living ((uintptr_t)p, bucket);
  cairni_lock_release (&lock);
}

/* The collection that is about to end has its number already, but what it finds
   belongs to what it leaves.  */
void
cairni_samples_sweep (void)
{
  size_t cycle = cairni_collect_stats.ncycles;
  for (size_t i = 0; i < nentries; i++)
    if (entries[i].object > TOMB && !cairni_mark_has (entries[i].object))
      {
        struct cairni_bucket *bucket = entries[i].bucket;
        bucket->nended++;
        bucket->settled_count = bucket->count;
        bucket->settled_nended = bucket->nended;
        bucket->cycle = cycle;
        drop (&entries[i]);
      }
}

void
cairni_samples_lock (void)
{
  cairni_lock_acquire (&lock);
}

void
cairni_samples_unlock (void)
{
  cairni_lock_release (&lock);
}

struct list
{
  struct cairni_heap_record *records;
  size_t n, max;
};

static void
append (struct cairni_bucket *bucket, void *arg)
{
  struct list *list = arg;
  size_t cycle = cairni_collect_stats.ncycles;
  bool is_changed = cycle != 0 && bucket->cycle == cycle;
  uint64_t count = is_changed ? bucket->settled_count : bucket->count;
  if (count == 0 || list->n == list->max)
    return;
  list->records[list->n++] = (struct cairni_heap_record){
    .bucket = bucket,
    .count = count,
    .nended = is_changed ? bucket->settled_nended : bucket->nended,
  };
}

struct cairni_heap_record *
cairni_samples_get (size_t *n)
{
  struct list list = { NULL, 0, 0 };
  struct cairni_thread *thread = cairni_thread_get ();
  for (bool is_done = false; !is_done;)
    {
      /* With what may come meanwhile.  */
      free (list.records);
      list.max
          = __atomic_load_n (&buckets.nbuckets, __ATOMIC_RELAXED) * 5 / 4 + 64;
      list.records = malloc (list.max * sizeof *list.records);
      if (!list.records)
        return NULL;
      list.n = 0;
      cairni_thread_enter (thread);
      cairni_lock_acquire (&lock);
      is_done = buckets.nbuckets <= list.max;
      if (is_done)
        cairni_buckets_each (&buckets, append, &list);
      cairni_lock_release (&lock);
      cairni_thread_leave (thread);
    }
  *n = list.n;
  return list.records;
}
