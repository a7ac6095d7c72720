/* trace.h: backtraces.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).
 */

#ifndef CAIRNI_TRACE_H
#define CAIRNI_TRACE_H

#include "arch/x86_64/arch.h"
#include "base/base.h"

/* Names of functions are cut to less than this.  */
#define CAIRNI_TRACE_NAME_NBYTES 256

/* Write a line on the function that is called with PC as the address to return
   to.  */
extern void cairni_trace_frame (uintptr_t pc);

/* Store at TEXT, which has room for NBYTES, the name of the function that has
   the instruction at PC, or words to that effect.  */
extern void cairni_trace_name (uintptr_t pc, char *text, size_t nbytes);

/* Write a line on each frame, up to 100, of what has the registers FROM, or of
   the caller if that is NULL: without the runtime's own, up to main or the
   start of the thread.  IN_RUNTIME: it is in the runtime, so that the frames
   above that are of no interest either.  Takes the loader's lock, allocates
   nothing.  Returns how many lines there were.  */
extern unsigned
cairni_trace_print (const struct cairni_arch_registers *from, bool in_runtime);

/* Store at PCS the address of an instruction in each frame of what has the
   registers FROM, or of the caller if that is NULL, the innermost first, at most
   MAX; the runtime's own only if WITH_RUNTIME.  Returns how many.  Allocates
   nothing; may be called by a signal handler on what that interrupted.  */
extern unsigned cairni_trace_collect (const struct cairni_arch_registers *from,
                                      uintptr_t *pcs, unsigned max,
                                      bool with_runtime);

/* An instruction of the function in whose frame, of those of what has the registers
   FROM, ADDR is; 0: of none that is known, or of the runtime's.  */
extern uintptr_t cairni_trace_owner (const struct cairni_arch_registers *from,
                                     uintptr_t addr);

#endif /* CAIRNI_TRACE_H */
