/* real.h: the C library's own versions of functions that we stand in for.

@C@

   CAIRNI_REAL (ppoll) is the C library's ppoll.  In a shared library it is
   the next definition after ours; in a static link the C library's other
   name of the function, __ppoll by custom.  */

#ifndef CAIRNI_REAL_H
#define CAIRNI_REAL_H

#include "base/base.h"

#include <dlfcn.h>

/* The next definition of NAME.  */
extern void *cairni_real_find (const char *name);

#define CAIRNI_REAL(name)                                                     \
  ({                                                                          \
    static __typeof__ (&name) real_;                                          \
    if (!real_)                                                               \
      real_ = (__typeof__ (&name))cairni_real_find (#name);                   \
    real_;                                                                    \
  })

#endif /* CAIRNI_REAL_H */
