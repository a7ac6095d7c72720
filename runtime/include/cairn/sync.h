/* sync.h: what goroutines wait for besides channels.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   All are ready for use when all their bytes are zero, and must not be copied
   after that.  A goroutine that waits holds up no thread; threads that the
   program made itself may use all of them, too; signal handlers may not. Misuse
   ends the program with a message.  Fields are the runtime's.  */

#ifndef CAIRN_SYNC_H
#define CAIRN_SYNC_H

#include <cairn.h>

/* -- A lock.  Whoever unlocks it need not be who locked it.  */

struct cairn_mutex
{
  uint32_t state;
  int lock;
  void *first, *last;
};

extern void cairn_mutex_lock_slow (struct cairn_mutex *MUTEX) CAIRN_NOESCAPE ();
extern void cairn_mutex_unlock_slow (struct cairn_mutex *MUTEX)
    CAIRN_NOESCAPE ();

static inline void
cairn_mutex_lock (struct cairn_mutex *MUTEX)
{
  uint32_t cairn_free = 0;
  if (!__atomic_compare_exchange_n (&MUTEX->state, &cairn_free, 1, 0,
                                    __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
    cairn_mutex_lock_slow (MUTEX);
}

/* Returns 1 if the lock was free and is the caller's now, else 0.  */
static inline int
cairn_mutex_try_lock (struct cairn_mutex *MUTEX)
{
  uint32_t cairn_free = 0;
  return __atomic_compare_exchange_n (&MUTEX->state, &cairn_free, 1, 0,
                                      __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

static inline void
cairn_mutex_unlock (struct cairn_mutex *MUTEX)
{
  uint32_t cairn_held = 1;
  if (!__atomic_compare_exchange_n (&MUTEX->state, &cairn_held, 0, 0,
                                    __ATOMIC_RELEASE, __ATOMIC_RELAXED))
    cairn_mutex_unlock_slow (MUTEX);
}

/* -- A lock that many can hold for reading, or one for writing.  A writer that
   waits keeps new readers waiting.  */

struct cairn_rwmutex
{
  int lock;
  uint32_t nreaders;
  uint32_t has_writer;
  void *first_reader, *last_reader, *first_writer, *last_writer;
};

extern void cairn_rwmutex_lock (struct cairn_rwmutex *RWMUTEX)
    CAIRN_NOESCAPE ();
extern void cairn_rwmutex_unlock (struct cairn_rwmutex *RWMUTEX)
    CAIRN_NOESCAPE ();
extern void cairn_rwmutex_read_lock (struct cairn_rwmutex *RWMUTEX)
    CAIRN_NOESCAPE ();
extern void cairn_rwmutex_read_unlock (struct cairn_rwmutex *RWMUTEX)
    CAIRN_NOESCAPE ();

/* -- Wait until as many as were added are done.  */

struct cairn_waitgroup
{
  int lock;
  int32_t count;
  void *first, *last;
};

extern void cairn_waitgroup_add (struct cairn_waitgroup *GROUP, int DELTA)
    CAIRN_NOESCAPE ();
extern void cairn_waitgroup_done (struct cairn_waitgroup *GROUP)
    CAIRN_NOESCAPE ();
extern void cairn_waitgroup_wait (struct cairn_waitgroup *GROUP)
    CAIRN_NOESCAPE ();

/* -- Do something once.  */

struct cairn_once
{
  int lock;
  uint32_t state;
  void *first, *last;
};

/* Returns 1 if the caller is to do it, and to call cairn_once_end then; or 0,
   when another has.  */
extern int cairn_once_begin (struct cairn_once *ONCE) CAIRN_NOESCAPE ();
extern void cairn_once_end (struct cairn_once *ONCE) CAIRN_NOESCAPE ();

/* Call FN, unless that was done already; return when it has returned.  */
static inline void
cairn_once_do (struct cairn_once *ONCE, void (*FN) (void))
{
  if (__atomic_load_n (&ONCE->state, __ATOMIC_ACQUIRE) != 2
      && cairn_once_begin (ONCE))
    {
      FN ();
      cairn_once_end (ONCE);
    }
}

/* -- Wait for a change of what a mutex guards.  */

struct cairn_cond
{
  int lock;
  int unused;
  void *first, *last;
};

/* Unlock MUTEX, wait for a signal or a broadcast, and lock it again.  */
extern void cairn_cond_wait (struct cairn_cond *COND, struct cairn_mutex *MUTEX)
    CAIRN_NOESCAPE ();
extern void cairn_cond_signal (struct cairn_cond *COND) CAIRN_NOESCAPE ();
extern void cairn_cond_broadcast (struct cairn_cond *COND) CAIRN_NOESCAPE ();

/* -- A number of permits.  Who asks first is served first.  */

struct cairn_semaphore
{
  int lock;
  uint32_t count; /* To be set to how many there are.  */
  void *first, *last;
};

#define CAIRN_SEMAPHORE(COUNT)                                                 \
  {                                                                            \
    .count = (COUNT)                                                           \
  }

extern void cairn_semaphore_acquire (struct cairn_semaphore *SEMAPHORE,
                                     uint32_t COUNT) CAIRN_NOESCAPE ();
/* Returns 1 if they could be had without waiting, else 0.  */
extern int cairn_semaphore_try_acquire (struct cairn_semaphore *SEMAPHORE,
                                        uint32_t COUNT) CAIRN_NOESCAPE ();
extern void cairn_semaphore_release (struct cairn_semaphore *SEMAPHORE,
                                     uint32_t COUNT) CAIRN_NOESCAPE ();

#endif /* CAIRN_SYNC_H */
