/* helper.h: threads of the runtime's own.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A helper is not attached: it is never stopped, its stack and registers are
   no roots, and it must not touch the program's objects but as the collector
   does.  It receives none of the program's signals and never ends.  A child of
   fork has none.  */

#ifndef CAIRNI_HELPER_H
#define CAIRNI_HELPER_H

#include "base/base.h"

/* Once, early: who looks for a function lets go of the text that the program may
   have had from dlerror.  */
extern void cairni_helper_init (void);

/* Start a thread that calls FN (ARG), which does not return; false: the system
   has no more threads.  Allocates.  The caller is in no section and holds no
   lock.  */
extern bool cairni_helper_start (void *(*fn) (void *arg), void *arg);

/* The same for a thread that is attached: it may do what the program's threads may,
   and its stack is a root.  It has to call cairni_thread_serve.  */
extern bool cairni_helper_start_attached (void *(*fn) (void *arg), void *arg);

/* Whether this process, or one that it was forked from, has started a thread
   that does not end.  Then the last of the program's threads must end the
   process: the C library counts all.  */
extern bool cairni_helper_was_started;

#endif /* CAIRNI_HELPER_H */
