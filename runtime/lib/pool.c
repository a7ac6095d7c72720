/* pool.c: what pools share, and what collections do to them.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A pool's state, its shards' objects and its shared ones are collected
   memory, which the pool leads to.  A pool is listed while something is in it,
   so that collections find it:

     put, when not listed -> listed
     a collection         -> what is in it becomes victims, former victims go
     ... and so on        -> empty at a collection
                          -> not listed, and its shards' max is 0, so that the
                             next put comes here

     .inv.pool.pinned A collection changes a pool while the world is stopped.  A
                      thread may have been stopped anywhere: it changes its
                      shard's objects while that is pinned (sched/shards.h), and
                      all else with the pool's lock; the collection passes over
                      what is in use.
     .inv.pool.try    Nobody waits for a lock for ever: its holder may be stopped,
                      or not exist in the child of a fork.  Who does not get it
                      does without: makes a new object, or drops one.

   The number of a shard is the index of its objects in every pool.  */

#include "cairn/pool.h"
#include "base/base.h"
#include "gc/collect.h"
#include "sched/shards.h"

#include <pthread.h>
#include <string.h>

/* How often to try for a lock.  */
#define PATIENCE 1000

/* All listed pools.  The runtime's own data are no roots, but memory from
   malloc is: that is where this points to; NULL: there was none.  LIST_LOCK. */
static struct cairn_pool_state **listed;
static int list_lock;

static pthread_once_t once = PTHREAD_ONCE_INIT;

static bool
try_lock (int *lock)
{
  return __atomic_exchange_n (lock, 1, __ATOMIC_ACQUIRE) == 0;
}

static bool
lock_soon (int *lock)
{
  for (int i = 0; i < PATIENCE; i++)
    if (try_lock (lock))
      return true;
  return false;
}

static void
unlock (int *lock)
{
  __atomic_store_n (lock, 0, __ATOMIC_RELEASE);
}

/* -- Collections.  */

/* All objects of LOCAL, of the shard NUMBER, become victims.  Returns whether
   there is any.  */
static bool
age_local (struct cairn_pool_local *local, unsigned number)
{
  if (cairni_shard_was_pinned (number))
    return true;
  memcpy (local->victims, local->items, sizeof local->victims);
  memset (local->items, 0, sizeof local->items);
  local->nvictims = local->n;
  local->n = 0;
  return local->nvictims > 0;
}

static bool
age_pool (struct cairn_pool_state *state)
{
  if (!try_lock (&state->lock))
    return true;
  bool is_used = state->shared.n > 0;
  state->victims = state->shared;
  state->shared = (struct cairn_pool_heap){ NULL, 0, 0 };
  for (size_t i = 0; i < state->locals->n; i++)
    if (state->locals->of[i])
      is_used |= age_local (state->locals->of[i], i);
  if (!is_used)
    {
      for (size_t i = 0; i < state->locals->n; i++)
        if (state->locals->of[i])
          state->locals->of[i]->max = 0;
      state->is_listed = false;
    }
  unlock (&state->lock);
  return is_used;
}

/* The world is stopped, and nothing is marked yet.  */
static void
age_pools (void)
{
  if (!try_lock (&list_lock))
    return;
  cairni_shards_find_pinned ();
  struct cairn_pool_state **link = listed;
  while (*link)
    {
      struct cairn_pool_state *state = *link;
      if (age_pool (state))
        link = &state->next;
      else
        {
          *link = state->next;
          state->next = NULL;
        }
    }
  unlock (&list_lock);
}

/* -- Pools and their shards.  */

static void
start (void)
{
  listed = calloc (1, sizeof *listed);
  if (!listed)
    return;
  __atomic_store_n (&cairni_collect_at_start, age_pools, __ATOMIC_RELEASE);
}

/* The state of POOL; NULL: there is no memory.  */
static struct cairn_pool_state *
state_of (struct cairn_pool *pool)
{
  struct cairn_pool_state *state
      = __atomic_load_n (&pool->state, __ATOMIC_ACQUIRE);
  if (state)
    return state;
  pthread_once (&once, start);
  state = cairn_malloc (sizeof *state);
  struct cairn_pool_locals *locals = cairn_malloc (sizeof *locals);
  if (!state || !locals)
    return NULL;
  state->locals = locals;
  struct cairn_pool_state *expected = NULL;
  return __atomic_compare_exchange_n (&pool->state, &expected, state, false,
                                      __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)
             ? state
             : expected;
}

/* Have room in STATE, which is locked, for the objects of the calling thread's
   shard; not if there is no memory, or it has no shard.  */
static void
make_local (struct cairn_pool_state *state)
{
  size_t number = cairni_shard_take ();
  struct cairn_pool_locals *locals = state->locals;
  if (number == 0)
    return;
  if (number >= locals->n)
    {
      size_t n = 2 * number + 2;
      struct cairn_pool_locals *more
          = cairn_malloc (sizeof *more + n * sizeof *more->of);
      if (!more)
        return;
      memcpy (more->of, locals->of, locals->n * sizeof *more->of);
      more->n = n;
      __atomic_store_n (&state->locals, more, __ATOMIC_RELEASE);
      locals = more;
    }
  if (!locals->of[number])
    __atomic_store_n (&locals->of[number],
                      cairn_malloc (sizeof *locals->of[number]),
                      __ATOMIC_RELEASE);
}

/* Have STATE, which is locked, listed.  Returns whether it is.  */
static bool
list (struct cairn_pool_state *state)
{
  if (state->is_listed)
    return true;
  if (!listed || !lock_soon (&list_lock))
    return false;
  state->next = *listed;
  *listed = state;
  state->is_listed = true;
  unlock (&list_lock);
  return true;
}

/* -- What is shared.  */

static void *
pop (struct cairn_pool_heap *heap)
{
  if (heap->n == 0)
    return NULL;
  void *p = heap->items[--heap->n];
  heap->items[heap->n] = NULL;
  return p;
}

/* Add P to HEAP.  It goes if there is no memory.  */
static void
push (struct cairn_pool_heap *heap, void *p)
{
  if (heap->n == heap->room)
    {
      size_t room = heap->room ? 2 * heap->room : 2 * CAIRNI_POOL_ITEMS;
      void **items = cairn_malloc (room * sizeof *items);
      if (!items)
        return;
      if (heap->n)
        memcpy (items, heap->items, heap->n * sizeof *items);
      heap->items = items;
      heap->room = room;
    }
  heap->items[heap->n++] = p;
}

CAIRNI_PUBLIC void *
cairn_pool_take (struct cairn_pool *pool)
{
  struct cairn_pool_state *state = state_of (pool);
  if (!state || !lock_soon (&state->lock))
    return NULL;
  make_local (state);
  struct cairn_pool_local *local = cairni_pool_enter (pool);
  void *p = NULL;
  if (local && local->n > 0)
    {
      /* Those of who had the shard before.  */
      p = local->items[--local->n];
      local->items[local->n] = NULL;
    }
  else
    p = pop (&state->shared);
  if (local)
    {
      /* A few more for the next time.  */
      while (p && local->n < local->max / 2 && state->shared.n > 0)
        local->items[local->n++] = pop (&state->shared);
      if (!p && local->nvictims > 0)
        {
          p = local->victims[--local->nvictims];
          local->victims[local->nvictims] = NULL;
        }
    }
  cairni_pool_leave ();
  if (!p)
    p = pop (&state->victims);
  unlock (&state->lock);
  return p;
}

CAIRNI_PUBLIC void
cairn_pool_give (struct cairn_pool *pool, void *p)
{
  struct cairn_pool_state *state = state_of (pool);
  if (!state || !lock_soon (&state->lock))
    return;
  make_local (state);
  if (list (state))
    {
      /* What comes to all: half of the shard's when they are too many, and P if
         there is no shard.  */
      void *many[CAIRNI_POOL_ITEMS / 2];
      unsigned nmany = 0;
      struct cairn_pool_local *local = cairni_pool_enter (pool);
      if (local)
        {
          local->max = CAIRNI_POOL_ITEMS;
          if (local->n == CAIRNI_POOL_ITEMS)
            while (nmany < CAIRNI_POOL_ITEMS / 2)
              {
                many[nmany++] = local->items[--local->n];
                local->items[local->n] = NULL;
              }
          local->items[local->n++] = p;
        }
      else
        many[nmany++] = p;
      cairni_pool_leave ();
      while (nmany > 0)
        push (&state->shared, many[--nmany]);
    }
  unlock (&state->lock);
}

CAIRNI_PUBLIC void
cairn_pool_twice (const struct cairn_place *where)
{
  cairni_fatal ("%s:%d: an object is put into a pool that has just got it",
                where->file, where->line);
}
