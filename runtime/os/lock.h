/* lock.h: locks of one word.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A lock is 0 free, 1 held, 2 held and somebody may be waiting (Drepper,
   "Futexes are tricky", mutex 2).  A lock is taken only by a thread that cannot
   be stopped while it holds it: see heap/thread.h for the two ways.  */

#ifndef CAIRNI_LOCK_H
#define CAIRNI_LOCK_H

#include "base/base.h"

struct cairni_lock
{
  int word;
};

extern void cairni_lock_wait (struct cairni_lock *lock);
extern void cairni_lock_wake (struct cairni_lock *lock);

/* Take LOCK if it is free.  */
CAIRNI_INLINE bool
cairni_lock_try (struct cairni_lock *lock)
{
  int expected = 0;
  return __atomic_compare_exchange_n (&lock->word, &expected, 1, false,
                                      __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

/* Take LOCK, waiting as long as it takes.  */
CAIRNI_INLINE void
cairni_lock_acquire (struct cairni_lock *lock)
{
  if (cairni_unlikely (!cairni_lock_try (lock)))
    cairni_lock_wait (lock);
}

CAIRNI_INLINE void
cairni_lock_release (struct cairni_lock *lock)
{
  if (cairni_unlikely (__atomic_exchange_n (&lock->word, 0, __ATOMIC_RELEASE)
                       == 2))
    cairni_lock_wake (lock);
}

/* A lock for a few instructions, of which some are done very often: letting go
   of it is a plain store.  Who waits long gives his processor away again and
   again. The same rules apply.  */
struct cairni_spin
{
  int word;
};

extern void cairni_spin_wait (struct cairni_spin *spin);

CAIRNI_INLINE bool
cairni_spin_try (struct cairni_spin *spin)
{
  return __atomic_exchange_n (&spin->word, 1, __ATOMIC_ACQUIRE) == 0;
}

CAIRNI_INLINE void
cairni_spin_acquire (struct cairni_spin *spin)
{
  if (cairni_unlikely (!cairni_spin_try (spin)))
    cairni_spin_wait (spin);
}

CAIRNI_INLINE void
cairni_spin_release (struct cairni_spin *spin)
{
  __atomic_store_n (&spin->word, 0, __ATOMIC_RELEASE);
}

#endif /* CAIRNI_LOCK_H */
