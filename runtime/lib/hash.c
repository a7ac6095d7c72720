/* hash.c: the seeds of hash functions.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "cairn/hash.h"
#include "base/base.h"
#include "os/sys.h"

/* From the kernel, once for the process; the words are never 0.  */
static struct cairn_seed secret;

/* How many seeds were made.  */
static uint64_t count;

/* Several threads may do this at once; each word is one of theirs.  */
static CAIRNI_NOINLINE void
make_secret (void)
{
  struct cairn_seed fresh;
  if (!cairni_sys_random (&fresh, sizeof fresh))
    {
      /* What an attacker does not see.  */
      fresh.half[0] = cairni_sys_now_ns () * 0x9e3779b97f4a7c15u;
      fresh.half[1] = (uintptr_t)&fresh ^ (uintptr_t)&make_secret << 20;
    }
  for (int i = 0; i < 2; i++)
    __atomic_store_n (&secret.half[i], fresh.half[i] | 1, __ATOMIC_RELAXED);
}

CAIRNI_PUBLIC struct cairn_seed
cairn_hash_seed (void)
{
  if (cairni_unlikely (__atomic_load_n (&secret.half[1], __ATOMIC_RELAXED)
                       == 0))
    make_secret ();
  uint64_t n = __atomic_add_fetch (&count, 1, __ATOMIC_RELAXED);
  uint64_t a = __atomic_load_n (&secret.half[0], __ATOMIC_RELAXED);
  uint64_t b = __atomic_load_n (&secret.half[1], __ATOMIC_RELAXED);
  struct cairn_seed seed
      = { { cairni_hash_mix (a ^ n, b),
            cairni_hash_mix (b ^ n, 0x9e3779b97f4a7c15u ^ a) | 1 } };
  return seed;
}
