/* dump.h: what all goroutines are doing.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).
 */

#ifndef CAIRNI_DUMP_H
#define CAIRNI_DUMP_H

#include "sched/goroutine.h"

/* Write about all goroutines to standard error, the caller's first.  Outside of
   sections; stops the other threads.  */
extern void cairni_dump_all (void);

/* The program has done WHAT, which ends it: say so, with the caller's
   backtrace. Outside of sections.  */
extern void cairni_sched_fault (const char *what)
    __attribute__ ((noreturn, cold));

/* All goroutines wait for each other: say so, with all backtraces, and end the
   program.  In a section.  */
extern void cairni_sched_deadlock (void) __attribute__ ((noreturn, cold));

#endif /* CAIRNI_DUMP_H */
