/* manual.h: objects for code that frees what it allocates.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The process's malloc gives manual objects: never collected, freed by free,
   scanned as roots while they are allocated.  A thread keeps a list of free
   slots per size class; it gets and returns them in batches from the spans,
   whose free lists are guarded by a lock per size class.  A slot that is on no
   list is allocated.

   Nothing is written into an object while it is allocated; free slots are
   linked through their first words.  */

#ifndef CAIRNI_MANUAL_H
#define CAIRNI_MANUAL_H

#include "heap/span.h"

struct cairni_thread;

/* A manual object of NBYTES, aligned to ALIGN (a power of two; 0: as malloc
   must), not zeroed: *IS_ZERO, unless IS_ZERO is NULL, says whether it is
   known to be.  NULL: out of memory; errno is not set.  */
extern void *cairni_manual_alloc (size_t nbytes, size_t align, bool *is_zero);

/* Free the manual object at P, in SPAN.  */
extern void cairni_manual_free (void *p, struct cairni_span *span);

/* Return the slots that THREAD has.  It is the caller or does not run.  */
extern void cairni_manual_flush (struct cairni_thread *thread);

/* Call FN on each range of allocated manual memory, but for spans, LO <= address
   < HI, that WANTS, if it is not NULL, does not want.  The world is stopped.  */
extern void cairni_manual_visit (void (*fn) (uintptr_t lo, uintptr_t hi),
                                 bool (*wants) (uintptr_t lo, uintptr_t hi));

/* Bytes of pages that hold manual objects.  */
extern size_t cairni_manual_nbytes (void);

extern void cairni_manual_lock_all (void);
extern void cairni_manual_unlock_all (void);

#endif /* CAIRNI_MANUAL_H */
