/* server.h: CAIRN_PPROF and cairn_pprof_serve.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The server's threads are made by the service's, and so are the runtime's own: they
   receive no signals of the program's and do not keep it from ending.  */

#ifndef CAIRNI_SERVER_H
#define CAIRNI_SERVER_H

#include "base/base.h"

/* Have CAIRN_PPROF served; false: it is not set.  */
extern bool cairni_server_init (void);

/* Start what has been asked for since the last call.  By the service.  */
extern void cairni_server_answer (void);

extern void cairni_server_after_fork (void);

#endif /* CAIRNI_SERVER_H */
