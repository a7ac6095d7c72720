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
   again.  The same rules apply.

   The child of a fork may find it held by a thread that is gone.  So the word is
   CAIRNI_SPIN_FREE or, held, one more, and after a fork that is another number:
   any other word means that the lock was not taken since.  */
struct cairni_spin
{
  int word;
};

/* Even; 0 until the process is a fork's child.  */
extern int cairni_spin_free;

extern bool cairni_spin_wait (struct cairni_spin *spin, int word);

/* After fork, in the child: all locks are free.  */
extern void cairni_spin_after_fork (void);

/* Take SPIN.  Returns whether this is the first time since a fork: whoever had it,
   or waits for something that it guards, is gone; what it guards may be half
   changed.  Also if SPIN has never been taken, but only in the child.  */
CAIRNI_INLINE bool
cairni_spin_acquire (struct cairni_spin *spin)
{
  int free = cairni_spin_free;
  int word = __atomic_exchange_n (&spin->word, free + 1, __ATOMIC_ACQUIRE);
  return cairni_likely (word == free) ? false : cairni_spin_wait (spin, word);
}

/* Take SPIN if it is free, and was taken before since a fork.  */
CAIRNI_INLINE bool
cairni_spin_try (struct cairni_spin *spin)
{
  int free = cairni_spin_free;
  return __atomic_compare_exchange_n (&spin->word, &free, free + 1, false,
                                      __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

CAIRNI_INLINE void
cairni_spin_release (struct cairni_spin *spin)
{
  __atomic_store_n (&spin->word, cairni_spin_free, __ATOMIC_RELEASE);
}

#endif /* CAIRNI_LOCK_H */
