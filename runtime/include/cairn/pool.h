/* cairn/pool.h: pools of objects that are used again.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A pool keeps objects that a program does not need at the moment and would
   otherwise make anew, as buffers:

     static void *new_buffer (void) { return cairn_malloc_noscan (4096); }
     static struct cairn_pool buffers = CAIRN_POOL_INIT (new_buffer, 65536);

     char *b = cairn_pool_get (&buffers);
     ...
     CAIRN_POOL_PUT (&buffers, b, 4096);

   What was put comes out as it was: clear it where that matters.  An object is
   not to be used after it was put.  Anybody may put and get.  Each processor
   (the P's of <cairn/go.h>) has a few objects of its own, so has each thread that
   is not for goroutines, and what is too many for one is for all.

   As in Go, what nobody gets goes with the collections: an object that was in
   the pool at two of them in a row is let go.  So a pool is for what is wanted
   often, not for what must be kept.  An object that grew too large, by what the
   caller says of it, is not taken: one giant would be kept for many small uses.
 */

#ifndef CAIRN_POOL_H
#define CAIRN_POOL_H

#include <cairn/common.h>

/* A pool.  All zero, it is one whose objects the caller makes.  It must not be
   copied once it is in use.  */
struct cairn_pool
{
  void *(*make) (void); /* Makes an object when there is none; may be NULL.  */
  size_t max_nbytes;    /* Of what is kept; 0: any size.  */
  struct cairn_pool_state *state; /* NULL: not in use yet.  */
};

/* The initializer of a pool.  */
#define CAIRN_POOL_INIT(MAKE, MAX_NBYTES)                                      \
  {                                                                            \
    MAKE, MAX_NBYTES, NULL                                                     \
  }

/* Give P, which has NBYTES with all that it leads to, to POOL.  NULL is
   ignored. Ends the program if P was just put.  */
#define CAIRN_POOL_PUT(POOL, P, NBYTES)                                        \
  cairni_pool_put (POOL, P, NBYTES, CAIRNI_HERE)

/* -- What get and put need to know.  */

#define CAIRNI_POOL_ITEMS 16

/* The objects of one shard: of a processor, or of a thread that never has one. */
struct cairn_pool_local
{
  unsigned n;   /* Objects.  */
  unsigned max; /* When there are so many, or none, the library is called.  */
  void *items[CAIRNI_POOL_ITEMS];
  unsigned nvictims; /* Objects that a collection found there.  */
  void *victims[CAIRNI_POOL_ITEMS];
};

/* By the number of the shard; number 0 is none's.  */
struct cairn_pool_locals
{
  size_t n;
  struct cairn_pool_local *of[];
};

/* Which shard is the calling thread's.  */
struct cairn_shard
{
  unsigned number; /* 0: it has none now.  The scheduler changes it.  */
  int is_pinned;   /* The thread is about to use its shard: neither is that
                      taken from it, nor does a collection touch it.  */
};

struct cairn_pool_state
{
  struct cairn_pool_locals *locals; /* Replaced when there are more.  */
  /* The rest is the library's.  */
  int lock;
  int is_listed;
  struct cairn_pool_state *next;
  struct cairn_pool_heap
  {
    void **items;
    size_t n, room;
  } shared, victims; /* What is for all.  */
};

#ifdef __cplusplus
extern "C"
{
#endif

  extern __thread struct cairn_shard cairn_shard
      __attribute__ ((tls_model ("initial-exec")));

  /* Get an object although the shard has none; NULL: there is none.  */
  extern void *cairn_pool_take (struct cairn_pool *pool);

  /* Put P although the shard has no room.  */
  extern void cairn_pool_give (struct cairn_pool *pool, void *p);

  /* The end of a program that is wrong.  */
  extern void cairn_pool_twice (const struct cairn_place *where) CAIRNI_ENDS;

#ifdef __cplusplus
}
#endif

/* The objects in POOL of the calling thread's shard, or NULL.  They are its own
   until it leaves: it may be stopped anywhere, and a goroutine stays on its
   thread as long as it calls nothing, but its processor could be given to another
   thread, and the shard with it.  */
CAIRNI_FAST struct cairn_pool_local *
cairni_pool_enter (const struct cairn_pool *pool)
{
  __atomic_store_n (&cairn_shard.is_pinned, 1, __ATOMIC_RELAXED);
  __atomic_signal_fence (__ATOMIC_SEQ_CST);
  const struct cairn_pool_state *state
      = __atomic_load_n (&pool->state, __ATOMIC_ACQUIRE);
  if (CAIRNI_UNLIKELY (!state))
    return NULL;
  const struct cairn_pool_locals *locals
      = __atomic_load_n (&state->locals, __ATOMIC_ACQUIRE);
  size_t number = __atomic_load_n (&cairn_shard.number, __ATOMIC_RELAXED);
  return CAIRNI_LIKELY (number < locals->n)
             ? __atomic_load_n (&locals->of[number], __ATOMIC_ACQUIRE)
             : NULL;
}

CAIRNI_FAST void
cairni_pool_leave (void)
{
  __atomic_store_n (&cairn_shard.is_pinned, 0, __ATOMIC_RELEASE);
}

/* An object of POOL, or a new one; NULL if it cannot make any.  */
CAIRNI_FAST void *
cairn_pool_get (struct cairn_pool *pool)
{
  struct cairn_pool_local *local = cairni_pool_enter (pool);
  void *p = NULL;
  if (CAIRNI_LIKELY (local && local->n > 0))
    {
      unsigned n = --local->n;
      p = local->items[n];
      local->items[n] = NULL;
    }
  cairni_pool_leave ();
  if (CAIRNI_UNLIKELY (!p))
    {
      p = cairn_pool_take (pool);
      if (!p && pool->make)
        p = pool->make ();
    }
  return p;
}

CAIRNI_FAST void
cairni_pool_put (struct cairn_pool *pool, void *p, size_t nbytes,
                 const struct cairn_place *where)
{
  if (CAIRNI_UNLIKELY (!p || (pool->max_nbytes && nbytes > pool->max_nbytes)))
    return;
  struct cairn_pool_local *local = cairni_pool_enter (pool);
  if (CAIRNI_LIKELY (local != NULL))
    {
      unsigned n = local->n;
      if (CAIRNI_UNLIKELY (n > 0 && local->items[n - 1] == p))
        cairn_pool_twice (where);
      if (CAIRNI_LIKELY (n < local->max))
        {
          local->items[n] = p;
          local->n = n + 1;
          p = NULL;
        }
    }
  cairni_pool_leave ();
  if (CAIRNI_UNLIKELY (p != NULL))
    cairn_pool_give (pool, p);
}

#endif /* CAIRN_POOL_H */
