/* heap-profile.h: the heap profile as a file.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#ifndef CAIRNI_HEAP_PROFILE_H
#define CAIRNI_HEAP_PROFILE_H

#include "prof/buffer.h"

/* Put the heap profile into BUFFER in pprof's form, with what is SHOWN first, or as
   text; false: out of memory.  Outside of sections.  */
extern bool cairni_heap_profile_put (struct cairni_buffer *buffer,
                                     const char *shown);
extern bool cairni_heap_profile_put_text (struct cairni_buffer *buffer);

#endif /* CAIRNI_HEAP_PROFILE_H */
