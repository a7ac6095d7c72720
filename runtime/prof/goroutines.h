/* goroutines.h: where goroutines and threads are, and who began threads.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#ifndef CAIRNI_GOROUTINES_H
#define CAIRNI_GOROUTINES_H

#include "prof/buffer.h"

/* Put into BUFFER how many goroutines, and threads that are none, are where, in
   pprof's form or AS_TEXT; false: out of memory.  Stops the world.  Outside of
   sections.  */
extern bool cairni_goroutines_put (struct cairni_buffer *buffer, bool as_text);

/* Put what cairn_dump_goroutines writes, or about leaked ones only.  */
extern bool cairni_goroutines_put_dump (struct cairni_buffer *buffer,
                                        bool only_leaked);

/* For the hooks: a thread is about to be made by the caller.  */
extern void cairni_goroutines_note_thread (void);

/* Put how many threads were made where.  */
extern bool cairni_goroutines_put_threads (struct cairni_buffer *buffer,
                                           bool as_text);

extern void cairni_goroutines_after_fork (void);

#endif /* CAIRNI_GOROUTINES_H */
