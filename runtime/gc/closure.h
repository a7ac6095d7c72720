/* closure.h: addresses of nested functions.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A closure is a thunk: code that loads the static chain and jumps to the
   function.  Thunks live in pages of the heap, one half code, the other data
   (arch/x86_64/arch.h), and are collected: a pointer to the code keeps the
   thunk and what its chain points to.  Pages of thunks are not given back.  */

#ifndef CAIRNI_CLOSURE_H
#define CAIRNI_CLOSURE_H

#include "base/base.h"

/* The address of a new thunk for FN and CHAIN; NULL: no memory, or the system
   refuses executable pages.  Not in a section.  */
extern void *cairni_closure_create (void *fn, void *chain);

/* Whether there has been any closure.  */
extern bool cairni_closure_exists (void);

/* Marking is done, the world is stopped: free the thunks that nothing points
   to.  */
extern void cairni_closure_sweep (void);

extern void cairni_closure_lock (void);
extern void cairni_closure_unlock (void);

#endif /* CAIRNI_CLOSURE_H */
