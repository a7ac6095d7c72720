/* cpu-timer.h: a signal each time a thread has run for a while.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#ifndef CAIRNI_CPU_TIMER_H
#define CAIRNI_CPU_TIMER_H

#include "base/base.h"

#include <signal.h>
#include <time.h>

/* Send SIGPROF to the thread TID of this process each time that it has used
   PERIOD_NS of a processor; false: there is no such thread, or too many timers.  */
extern bool cairni_cpu_timer_start (int tid, size_t period_ns, timer_t *timer);
extern void cairni_cpu_timer_stop (timer_t timer);

/* Have HANDLER called for SIGPROF from now on; false: the program handles it
   itself.  */
extern bool cairni_cpu_timer_handle (void (*handler) (int, siginfo_t *,
                                                      void *));

#endif /* CAIRNI_CPU_TIMER_H */
