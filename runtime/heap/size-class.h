/* size-class.h: the sizes of the slots that small objects live in.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The table is made by size-class-gen.c, which states its rules.

   Go packs pointer-free objects of less than 16 bytes together; that would gain
   nothing here.  A slot has a byte more than its object, so that a pointer just past
   the end is inside: an object of 4 bytes takes 8 either way, as it is aligned, and
   one of 8 takes 16.  */

#ifndef CAIRNI_SIZE_CLASS_H
#define CAIRNI_SIZE_CLASS_H

#include "base/base.h"

#include "size-class-table.h"

#define CAIRNI_PAGE_SHIFT 13
#define CAIRNI_PAGE_NBYTES ((size_t)1 << CAIRNI_PAGE_SHIFT)

/* The largest size that is not "large".  */
#define CAIRNI_MAX_SMALL_NBYTES ((size_t)32768)

/* The most slots that a span of small objects has.  */
#define CAIRNI_MAX_SLOTS 1024

struct cairni_size_class
{
  uint32_t nbytes; /* Of a slot.  */
  uint16_t npages; /* Of a span.  */
  uint16_t nslots; /* Of a span.  */
  uint32_t magic;  /* (offset * magic) >> 32 is the slot of OFFSET.  */
  uint32_t batch;  /* Slots that go between a thread and the spans at a time.  */
};

extern const struct cairni_size_class cairni_size_classes[CAIRNI_NCLASSES];
extern const unsigned char cairni_size_map8[];
extern const unsigned char cairni_size_map16[];
extern const unsigned char cairni_size_map128[];

/* The class of an object of NBYTES <= CAIRNI_MAX_SMALL_NBYTES whose slot
   need be aligned to 8 bytes only.  */
CAIRNI_INLINE unsigned
cairni_size_class8 (size_t nbytes)
{
  return nbytes <= 1024 ? cairni_size_map8[(nbytes + 7) >> 3]
                        : cairni_size_map128[(nbytes - 1024 + 127) >> 7];
}

/* The same; slots for 16 bytes and more are aligned to 16.  */
CAIRNI_INLINE unsigned
cairni_size_class16 (size_t nbytes)
{
  return nbytes <= 1024 ? cairni_size_map16[(nbytes + 7) >> 3]
                        : cairni_size_map128[(nbytes - 1024 + 127) >> 7];
}

#endif /* CAIRNI_SIZE_CLASS_H */
