/* roots.h: where the collector starts.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#ifndef CAIRNI_ROOTS_H
#define CAIRNI_ROOTS_H

#include "base/base.h"

/* Hand all roots to the marker: writable data, stacks and registers, TLS,
   what ended threads left, what the kernel and the C library hold, manual
   objects.  The world is stopped, the loader's lock held; SP is the lowest
   live address of the calling thread's stack.  */
extern void cairni_roots_mark (uintptr_t sp);

/* The same when marking beside the program begins, or ends.  Data and manual
   objects are handed to FN, which knows what is to be done with them; WANTS is
   for cairni_manual_visit.  */
extern void cairni_roots_mark_early (uintptr_t sp,
                                     void (*fn) (uintptr_t lo, uintptr_t hi));
extern void cairni_roots_mark_late (uintptr_t sp,
                                    void (*fn) (uintptr_t lo, uintptr_t hi),
                                    bool (*wants) (uintptr_t lo,
                                                   uintptr_t hi));

/* What a root is.  */
enum cairni_root_kind
{
  CAIRNI_ROOT_DATA,      /* Of a loaded object.  */
  CAIRNI_ROOT_THREAD,    /* A thread's stacks, registers and TLS.  */
  CAIRNI_ROOT_GOROUTINE, /* What goroutines that do not run have.  */
  CAIRNI_ROOT_CONTEXT,   /* A context of ucontext.h.  */
  CAIRNI_ROOT_ENDED,     /* What a thread that ended has left.  */
  CAIRNI_ROOT_KEPT,      /* What the kernel or the C library hold.  */
  CAIRNI_ROOT_CLEANUP,   /* What a cleanup is to be given.  */
  CAIRNI_ROOT_MANUAL     /* Memory from malloc of other code.  */
};

struct cairni_root
{
  enum cairni_root_kind kind;
  int tid;       /* A thread's; else 0.  */
  bool is_caller; /* It is the calling thread's.  */
};

/* Hand the same to FN, in place of the marker.  */
extern void cairni_roots_visit (uintptr_t sp,
                                void (*fn) (uintptr_t lo, uintptr_t hi,
                                            const struct cairni_root *root));

/* Bytes that the last cairni_roots_mark handed over.  */
extern size_t cairni_roots_nbytes;

/* The world is stopped and marking is over: ask each thread to shrink its
   growable stack if it uses little of it.  */
extern void cairni_roots_ask_to_shrink (void);

#endif /* CAIRNI_ROOTS_H */
