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

/* Bytes that the last cairni_roots_mark handed over.  */
extern size_t cairni_roots_nbytes;

/* The world is stopped and marking is over: ask each thread to shrink its
   growable stack if it uses little of it.  */
extern void cairni_roots_ask_to_shrink (void);

#endif /* CAIRNI_ROOTS_H */
