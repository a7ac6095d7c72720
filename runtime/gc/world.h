/* world.h: stop the world, and start it again.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   See heap/thread.h for when a thread parks.  */

#ifndef CAIRNI_WORLD_H
#define CAIRNI_WORLD_H

#include "arch/x86_64/arch.h"
#include "base/base.h"
#include "heap/thread.h"

#include <signal.h>

/* The signal that stops a thread.  Debuggers pass it on in silence and its
   default action is to do nothing.  */
#define CAIRNI_STOP_SIGNAL SIGURG

/* Stop all attached threads but the caller, which holds the world lock, and whose
   signals are blocked until it releases that.  */
extern void cairni_world_stop (void);

/* The same for who ends the program, maybe in a section or with locks that the
   others wait for: wait for TIMEOUT_NS at most.  False: not all have stopped,
   and there is no going on.  */
extern bool cairni_world_try_stop (size_t timeout_ns);

/* The registers of THREAD, as far as functions preserve them.  False: it has
   not been stopped.  */
extern bool cairni_world_registers (const struct cairni_thread *thread,
                                    struct cairni_arch_registers *registers);

/* Let them go on.  */
extern void cairni_world_start (void);

/* Release the world lock, after which handlers run of signals that came since
   the world was stopped: one that ends the program wants that lock.  */
extern void cairni_world_release (void);

/* Park the calling thread if it has been asked to.  */
extern void cairni_world_park (void);

/* The handler of CAIRNI_STOP_SIGNAL.  */
extern void cairni_world_signal (int sig, siginfo_t *info, void *context);

#endif /* CAIRNI_WORLD_H */
