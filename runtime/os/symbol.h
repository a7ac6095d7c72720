/* symbol.h: the names of functions, for messages.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#ifndef CAIRNI_SYMBOL_H
#define CAIRNI_SYMBOL_H

#include "base/base.h"

/* The name of the function that PC is in, cut to NBYTES with its end, and its
   start; false: not known.  */
extern bool cairni_symbol_find (uintptr_t pc, char *name, size_t nbytes,
                                uintptr_t *start);

#endif /* CAIRNI_SYMBOL_H */
