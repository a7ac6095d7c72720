/* cairn/hash.h: hash functions that nobody can foresee.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A hash depends on a seed, which is random and differs from map to map, so
   that who chooses the keys cannot choose such as have the same hash.  The
   functions are those of wyhash (Wang Yi): a product of 64 by 64 bits, the
   halves of which are exclusive-ored.  They are no cryptography: who sees
   hashes may find the seed.  */

#ifndef CAIRN_HASH_H
#define CAIRN_HASH_H

#include <cairn/common.h>

/* Secret, and different for each map.  The second half is odd.  */
struct cairn_seed
{
  uint64_t half[2];
};

CAIRNI_FAST uint64_t
cairni_hash_mix (uint64_t a, uint64_t b)
{
  __extension__ unsigned __int128 product = a;
  product *= b;
  return (uint64_t)product ^ (uint64_t)(product >> 64);
}

CAIRNI_FAST uint64_t
cairni_hash_load8 (const char *p)
{
  uint64_t x;
  memcpy (&x, p, 8);
  return x;
}

CAIRNI_FAST uint64_t
cairni_hash_load4 (const char *p)
{
  uint32_t x;
  memcpy (&x, p, 4);
  return x;
}

/* The hash of a number: an integer, or a pointer, in memory that does not
   move.  */
CAIRNI_FAST uint64_t
cairn_hash_number (uint64_t number, struct cairn_seed seed)
{
  return cairni_hash_mix (number ^ seed.half[0], seed.half[1]);
}

/* The hash of the NBYTES at DATA.  */
static inline __attribute__ ((unused)) uint64_t
cairn_hash_bytes (const void *data, size_t nbytes, struct cairn_seed seed)
{
  const char *p = (const char *)data;
  uint64_t hash = seed.half[0] ^ nbytes, a, b;
  if (CAIRNI_LIKELY (nbytes <= 16))
    {
      if (nbytes >= 8)
        {
          a = cairni_hash_load8 (p);
          b = cairni_hash_load8 (p + nbytes - 8);
        }
      else if (nbytes >= 4)
        {
          a = cairni_hash_load4 (p);
          b = cairni_hash_load4 (p + nbytes - 4);
        }
      else if (nbytes > 0)
        {
          a = (uint64_t)(unsigned char)p[0] << 16
              | (uint64_t)(unsigned char)p[nbytes / 2] << 8
              | (unsigned char)p[nbytes - 1];
          b = 0;
        }
      else
        a = b = 0;
    }
  else
    {
      size_t left = nbytes;
      for (; left > 16; left -= 16, p += 16)
        hash = cairni_hash_mix (cairni_hash_load8 (p) ^ seed.half[1],
                                cairni_hash_load8 (p + 8) ^ hash);
      /* The last 16, some of them again.  */
      a = cairni_hash_load8 (p + left - 16);
      b = cairni_hash_load8 (p + left - 8);
    }
  return cairni_hash_mix (cairni_hash_mix (a ^ seed.half[1], b ^ hash),
                          seed.half[1]);
}

#ifdef __cplusplus
extern "C"
{
#endif

  /* A new random seed.  */
  extern struct cairn_seed cairn_hash_seed (void);

#ifdef __cplusplus
}
#endif

#endif /* CAIRN_HASH_H */
