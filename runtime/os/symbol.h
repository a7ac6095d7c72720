/* symbol.h: the names of functions.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#ifndef CAIRNI_SYMBOL_H
#define CAIRNI_SYMBOL_H

#include "base/base.h"

/* Store the name of the function that has the instruction at PC, cut to NBYTES
   with its final 0, at NAME, and its address at *START.  False: not known; then
   nothing is stored.  Static functions count.  Takes the loader's lock and
   reads the object's file; allocates nothing.  */
extern bool cairni_symbol_find (uintptr_t pc, char *name, size_t nbytes,
                                uintptr_t *start);

/* The same for the variable that P points into.  */
extern bool cairni_symbol_find_data (uintptr_t p, char *name, size_t nbytes,
                                     uintptr_t *start);

#endif /* CAIRNI_SYMBOL_H */
