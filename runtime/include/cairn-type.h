/* cairn-type.h: the pointer map of a C type, as the compiler emits it.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The plugin writes one read-only `struct cairn_type' for each type T of
   which a cell or a typed block is made; the layout is part of the ABI
   between compiled code and the runtime.

   An object has map T only if its size is exactly k * sizeof (T), k >= 1;
   the map then repeats k times.  The plugin passes T only where that is
   known from the size's expression, and the runtime, which checks it again,
   scans every word of an object to which it does not apply.  */

#ifndef CAIRN_TYPE_H
#define CAIRN_TYPE_H

#include <stddef.h>
#include <stdint.h>

/* Some pointer of T is not aligned to 8 bytes (a packed struct): look for
   pointers at every byte offset of the object and ignore the map.  */
#define CAIRN_TYPE_UNALIGNED 1u

/* The layout of the words that may hold pointers in one T.  */
struct cairn_type
{
  size_t nbytes;      /* sizeof (T), at least 1.  */
  size_t ptr_nbytes;  /* Bytes up to the end of T's last word that may hold a
                         pointer; 0: T holds none.  */
  const char *name;   /* T as C spells it, for people; may be NULL.  */
  uint32_t flags;     /* CAIRN_TYPE_*.  */
  uint32_t nwords;    /* Words that PTR_BITS describes: ptr_nbytes / 8.  */
  uint64_t ptr_bits[]; /* Bit i % 64 of word i / 64: the 8 bytes at offset
                         8 * i may hold a pointer.  */
};

#endif /* CAIRN_TYPE_H */
