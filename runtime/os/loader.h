/* loader.h: the objects that the dynamic loader has loaded.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

     .inv.loader.order   The loader's lock is taken before the world lock,
                         never while holding it.  */

#ifndef CAIRNI_LOADER_H
#define CAIRNI_LOADER_H

#include "base/base.h"

/* Call FN (ARG) while holding the loader's lock, which may be held already:
   nothing is loaded or unloaded meanwhile.  */
extern void cairni_loader_lock_and_call (void (*fn) (void *arg), void *arg);

/* Call FN on the writable data of every loaded object but the runtime's own,
   if that is an object by itself.  The loader's lock is held.  Does not
   allocate.  */
extern void cairni_loader_visit_data (void (*fn) (uintptr_t lo, uintptr_t hi));

/* Remember the objects that the program started with: they stay for ever.  */
extern void cairni_loader_note_permanent (void);

/* Call FN on the writable data of those objects, but the runtime's own, as
   cairni_loader_visit_data does, where it is MIN_NBYTES and more.  No lock is
   needed.  */
extern void cairni_loader_visit_permanent_data (size_t min_nbytes,
                                                void (*fn) (uintptr_t lo,
                                                            uintptr_t hi));

/* Whether the constant at P, which belonged to a loaded object, is still
   there for sure: nothing was ever unloaded before the last
   cairni_loader_visit_data, or P is in an object that stays.  */
extern bool cairni_loader_still_has (const void *p);

/* Whether P is in an object that stays.  */
extern bool cairni_loader_is_permanent (const void *p);

#endif /* CAIRNI_LOADER_H */
