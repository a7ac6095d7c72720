/* lock.c: the slow paths of a lock: spin a little, then wait in the kernel.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "os/lock.h"
#include "os/sys.h"

#define SPINS 100

void
cairni_lock_wait (struct cairni_lock *lock)
{
  for (int i = 0; i < SPINS; i++)
    {
      cairni_relax ();
      if (__atomic_load_n (&lock->word, __ATOMIC_RELAXED) == 0
          && cairni_lock_try (lock))
        return;
    }
  while (__atomic_exchange_n (&lock->word, 2, __ATOMIC_ACQUIRE) != 0)
    cairni_sys_futex_wait (&lock->word, 2, 0);
}

void
cairni_lock_wake (struct cairni_lock *lock)
{
  cairni_sys_futex_wake (&lock->word, 1);
}

int cairni_spin_free;

/* SPIN's WORD was not free, and has been set to held.  */
bool
cairni_spin_wait (struct cairni_spin *spin, int word)
{
  int held = cairni_spin_free + 1;
  for (unsigned i = 1; word == held; i++)
    {
      cairni_relax ();
      if (__atomic_load_n (&spin->word, __ATOMIC_RELAXED) != held)
        word = __atomic_exchange_n (&spin->word, held, __ATOMIC_ACQUIRE);
      /* Its holder may not be running.  */
      else if (i % SPINS == 0)
        cairni_sys_yield ();
    }
  return word != cairni_spin_free;
}

void
cairni_spin_after_fork (void)
{
  cairni_spin_free += 2;
}
