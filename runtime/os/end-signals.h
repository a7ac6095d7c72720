/* end-signals.h: signals whose default action ends the program.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The runtime has something to say before that: from a moment on it has a
   handler where the program has SIG_DFL, and the program does not notice.  What
   handlers the program has are its own.  */

#ifndef CAIRNI_END_SIGNALS_H
#define CAIRNI_END_SIGNALS_H

#include "base/base.h"

#include <signal.h>

/* From now on HANDLER is called for SIGQUIT, SIGSEGV, SIGBUS, SIGFPE, SIGILL and
   SIGABRT where the program has SIG_DFL.  */
extern void cairni_end_signals_init (void (*handler) (int, siginfo_t *,
                                                      void *));

/* The program installs ACTION for SIG: change it if it is for the runtime to
   handle.  */
extern void cairni_end_signals_stand_in (int sig, struct sigaction *action);

/* OLD is what was installed: change it to what the program thinks of it.  */
extern void cairni_end_signals_hide (struct sigaction *old);

/* In the handler: call LATE in SECONDS, in some thread, on the chance that this
   one does not get ready.  The program's own alarm is lost.  */
extern void cairni_end_signals_limit (unsigned seconds, void (*late) (int sig));

/* Have SIG, of which INFO tells, do what it does by default, with all that it
   says in a core file: as soon as the handler returns; or NOW.  */
extern void cairni_end_signals_let (int sig, siginfo_t *info, bool now);

#endif /* CAIRNI_END_SIGNALS_H */
