/* real.h: the C library's own versions of functions that we stand in for.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   CAIRNI_REAL (ppoll) is the C library's ppoll: the next definition after
   ours.  A static link has no such thing and does not use this file.  */

#ifndef CAIRNI_REAL_H
#define CAIRNI_REAL_H

#include "base/base.h"

#include <dlfcn.h>

/* The next definition of NAME.  */
extern void *cairni_real_find (const char *name);

#define CAIRNI_REAL(name)                                                      \
  ({                                                                           \
    static __typeof__ (&name) real_;                                           \
    if (!real_)                                                                \
      real_ = (__typeof__ (&name))cairni_real_find (#name);                    \
    real_;                                                                     \
  })

#endif /* CAIRNI_REAL_H */
