/* vector.c: how much the vector registers hold.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "arch/x86_64/arch.h"

#include <cpuid.h>

/* SSE, AVX, opmask, the upper halves of zmm0 to zmm15, zmm16 to zmm31.  The
   tiles of AMX are no arguments, and large.  */
#define WANTED_COMPONENTS 0xe6

unsigned cairni_arch_vector_mask;
size_t cairni_arch_vector_nbytes;

/* In the standard form of XSAVE, which starts with FXSAVE's 512 bytes and a
   header of 64.  */
static size_t
xsave_nbytes (unsigned mask)
{
  size_t nbytes = 512 + 64;
  for (unsigned component = 2; component < 32; component++)
    if (mask >> component & 1)
      {
        unsigned size, offset, c, d;
        __cpuid_count (13, component, size, offset, c, d);
        nbytes = cairni_max (nbytes, (size_t)offset + size);
      }
  return cairni_align_up (nbytes, 64);
}

unsigned
cairni_arch_find_vectors (void)
{
  unsigned a, b, c, d, mask = 1;
  if (__get_cpuid_max (0, NULL) >= 13)
    {
      __cpuid (1, a, b, c, d);
      if (c & bit_OSXSAVE)
        {
          __asm__("xgetbv" : "=a"(a), "=d"(d) : "c"(0));
          mask = a & WANTED_COMPONENTS;
        }
    }
  cairni_arch_vector_nbytes = mask == 1 ? 512 : xsave_nbytes (mask);
  cairni_arch_vector_mask = mask;
  return mask;
}
