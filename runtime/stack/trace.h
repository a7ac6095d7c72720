/* trace.h: backtraces.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).
 */

#ifndef CAIRNI_TRACE_H
#define CAIRNI_TRACE_H

#include "base/base.h"

/* Names of functions are cut to less than this.  */
#define CAIRNI_TRACE_NAME_NBYTES 256

/* Write a line on the function that is called with PC as the address to return
   to.  */
extern void cairni_trace_frame (uintptr_t pc);

/* Write a line on each frame, up to 100, of what waits at PC with its stack
   pointer at SP and whose preserved registers are on the stack; or of the
   caller, if PC is 0, without the runtime's own.  Takes the loader's lock.  */
extern void cairni_trace_print (uintptr_t pc, uintptr_t sp);

#endif /* CAIRNI_TRACE_H */
