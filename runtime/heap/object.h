/* object.h: collected objects.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

     .inv.object.past     A slot is at least one byte larger than was asked
                          for, so that a pointer just past the end of an
                          object points into its slot.

     .inv.object.align    Objects of 16 bytes and more are aligned to 16, as
                          the ABI promises of malloc, whatever their type:
                          programs count on it for vectors and tag bits.

     .inv.object.zero     An object is handed out zeroed up to the end of its
                          slot, unless the caller says that it need not be.

   Which kind an object is follows from its type: NOSCAN if the type holds no
   pointer, TYPED if its map is known to apply and skips something, SCAN
   otherwise.  */

#ifndef CAIRNI_OBJECT_H
#define CAIRNI_OBJECT_H

#include "heap/span.h"

/* How to allocate; a set of bits.  */
enum cairni_object_flags
{
  CAIRNI_RAW = 1 /* Memory without pointers need not be zeroed.  */
};

/* A collected object of NBYTES at a multiple of ALIGN (a power of two, 0: no
   wish) of TYPE (may be NULL).  NULL: out of memory; errno is not set.  The
   calling thread is not in a section and holds no lock.  */
extern void *cairni_object_alloc (size_t nbytes, size_t align,
                                  const struct cairn_type *type,
                                  unsigned flags);

/* Debug options have changed: note whether each allocation and each free must be
   seen.  */
extern void cairni_object_options_changed (void);

/* Under CAIRN_DEBUG=allocfail: count an allocation, of either kind, and return
   whether it is the one to fail.  */
extern bool cairni_object_must_fail (void);

/* What an address in the heap belongs to.  */
struct cairni_object
{
  struct cairni_span *span; /* NULL: to nothing.  */
  uintptr_t start;          /* Of the slot.  */
  size_t nbytes;            /* That the program may use.  */
};

/* Find the object that P, any address, points into.  Exact for pointers that
   the program may still use; a pointer to a free slot may give an object.  */
extern struct cairni_object cairni_object_find (const void *p);

/* The program says that it does not need the collected object at P, in SPAN, any
   more: let its memory be used again at once, if that is simple; else it is
   left to the collector, as is what is no object's start.  */
extern void cairni_object_free (void *p, struct cairni_span *span);

/* Make the collected object at P have TYPE and NBYTES, if it can stay where
   it is.  Bytes beyond OLD_NBYTES that become part of it are zero or were
   written by the program.  */
extern bool cairni_object_retype (struct cairni_object *object, size_t nbytes,
                                  const struct cairn_type *type);

#endif /* CAIRNI_OBJECT_H */
