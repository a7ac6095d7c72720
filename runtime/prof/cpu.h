/* cpu.h: where the time goes.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Each thread is interrupted every 10 ms that it has run, and its stack noted.
   Frames of the runtime are shown, as collecting takes time, too.  */

#ifndef CAIRNI_CPU_H
#define CAIRNI_CPU_H

#include "prof/buffer.h"

enum cairni_cpu_result
{
  CAIRNI_CPU_GOOD,
  CAIRNI_CPU_BUSY,    /* There is another profile in the making.  */
  CAIRNI_CPU_HANDLED, /* The program has a handler for SIGPROF.  */
  CAIRNI_CPU_FAILED   /* Out of memory.  */
};

/* Profile the program for SECONDS, and put the result into BUFFER in pprof's form.
   Outside of sections.  */
extern enum cairni_cpu_result
cairni_cpu_profile (struct cairni_buffer *buffer, unsigned seconds);

/* After fork, in the child: nobody makes one.  */
extern void cairni_cpu_after_fork (void);

#endif /* CAIRNI_CPU_H */
