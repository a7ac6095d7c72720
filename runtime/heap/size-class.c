/* size-class.c: the tables of size classes.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "heap/size-class.h"

#define CAIRNI_SIZE_CLASS_TABLES
#include "size-class-table.h"
