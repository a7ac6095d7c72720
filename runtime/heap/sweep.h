/* sweep.h: what marking did not reach becomes free.

@C@

   Sweeping a span is turning its mark bits into its alloc bits; memory is
   touched only under clobberfree.  */

#ifndef CAIRNI_SWEEP_H
#define CAIRNI_SWEEP_H

#include "heap/span.h"

/* Sweep SPAN, collected and unswept, on no list; its central's lock is held
   or the world stopped.  Returns the slots in use.  */
extern unsigned cairni_sweep_span (struct cairni_span *span);

#endif /* CAIRNI_SWEEP_H */
