/* memory-monitor.h: tell now and then what is allocated.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The service's thread measures, calls what the program gave to cairn_monitor, and
   prints a line every second under CAIRN_DEBUG=memtrace.  */

#ifndef CAIRNI_MEMORY_MONITOR_H
#define CAIRNI_MEMORY_MONITOR_H

#include "base/base.h"

/* Whether CAIRN_DEBUG=memtrace wants the service.  */
extern bool cairni_memory_monitor_init (void);

/* Do what is due; returns the nanoseconds until something will be, 0: nothing
   will.  By the service.  */
extern size_t cairni_memory_monitor_answer (void);

extern void cairni_memory_monitor_after_fork (void);

#endif /* CAIRNI_MEMORY_MONITOR_H */
