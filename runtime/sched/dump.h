/* dump.h: what all goroutines are doing.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).
 */

#ifndef CAIRNI_DUMP_H
#define CAIRNI_DUMP_H

#include "sched/goroutine.h"
#include "sched/labels.h"

#include <signal.h>

/* Write about all goroutines to standard error, the caller's first.  Outside of
   sections; stops the other threads.  */
extern void cairni_dump_all (void);

/* The same for all that nothing can wake, as leaks.c found; returns how many
   there are.  */
extern size_t cairni_dump_leaked (void);

/* Call FN for the stack of each goroutine, and of each thread of the program that is
   none, but the caller's: N instructions, the innermost first, and labels.  The
   world is stopped meanwhile.  Outside of sections.  */
extern void cairni_dump_collect (void (*fn) (void *arg, const uintptr_t *pcs,
                                             unsigned n,
                                             const struct cairn_labels *labels),
                                 void *arg);

/* The same for who ends the program afterwards, in whatever state it is: SELF
   are its registers, or NULL for the caller's.  Waits for seconds at most, and
   the other threads do not go on.  */
extern void cairni_dump_dying (const struct cairni_arch_registers *self);

/* The program has done WHAT, which ends it: say so, with the caller's
   backtrace.  Outside of sections.  */
extern void cairni_sched_fault (const char *what)
    __attribute__ ((noreturn, cold));

/* All goroutines wait for each other: say so, with all backtraces, and end the
   program.  By the monitor, outside of sections.  */
extern void cairni_sched_deadlock (void) __attribute__ ((noreturn, cold));

/* -- fatal.c.  */

/* The handler of signals that end the program.  */
extern void cairni_fatal_signal (int sig, siginfo_t *info, void *context);

/* The monitor does what is left to it of SIGQUIT.  Outside of sections.  */
extern void cairni_fatal_quit (void);

#endif /* CAIRNI_DUMP_H */
