/* roots.h: where the collector starts.

@C@
*/

#ifndef CAIRNI_ROOTS_H
#define CAIRNI_ROOTS_H

#include "base/base.h"

/* Hand all roots to the marker: writable data, stacks and registers, TLS,
   manual objects.  The world is stopped, the loader's lock held; SP is the
   lowest live address of the calling thread's stack.  */
extern void cairni_roots_mark (uintptr_t sp);

/* Bytes that the last cairni_roots_mark handed over.  */
extern size_t cairni_roots_nbytes;

#endif /* CAIRNI_ROOTS_H */
