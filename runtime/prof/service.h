/* service.h: the thread that does what cannot be done in a handler.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   It is started when there is something to do for it: CAIRN_HEAPPROFILE or
   CAIRN_DEBUG=memtrace is set, or a monitor is.  It receives none of the program's
   signals, and does not keep the program from ending.  A child of fork has one if
   its parent had.  */

#ifndef CAIRNI_SERVICE_H
#define CAIRNI_SERVICE_H

#include "base/base.h"

/* Start the thread if it is not there.  False: the system refuses.  Outside of
   sections.  */
extern bool cairni_service_start (void);

/* Have it look at what there is to do.  May be called by a signal handler.  */
extern void cairni_service_wake (void);

/* When the runtime starts, and when the program exits.  */
extern void cairni_service_init (void);
extern void cairni_service_exit (void);

/* After fork, in the child.  */
extern void cairni_service_after_fork (void);

#endif /* CAIRNI_SERVICE_H */
