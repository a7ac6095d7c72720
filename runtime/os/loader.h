/* loader.h: the objects that the dynamic loader has loaded.

@C@

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
extern void cairni_loader_visit_data (void (*fn) (uintptr_t lo,
                                                  uintptr_t hi));

#endif /* CAIRNI_LOADER_H */
