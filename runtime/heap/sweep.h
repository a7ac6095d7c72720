/* sweep.h: what marking did not reach becomes free.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Sweeping a span is turning its mark bits into its alloc bits; memory is
   touched only under clobberfree.  */

#ifndef CAIRNI_SWEEP_H
#define CAIRNI_SWEEP_H

#include "heap/span.h"

/* Sweep SPAN, collected and unswept, on no list; its central's lock is held
   or the world stopped.  Returns the slots in use.  */
extern unsigned cairni_sweep_span (struct cairni_span *span);

#endif /* CAIRNI_SWEEP_H */
