/* gzip.h: the form that compressed files have.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#ifndef CAIRNI_GZIP_H
#define CAIRNI_GZIP_H

#include "prof/buffer.h"

/* Replace what BUFFER has by a file of gzip that has it: compressed, if
   libcairn-prof.so can be loaded.  */
extern void cairni_gzip (struct cairni_buffer *buffer);

#endif /* CAIRNI_GZIP_H */
