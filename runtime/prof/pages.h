/* pages.h: what is answered at /debug/pprof/.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#ifndef CAIRNI_PAGES_H
#define CAIRNI_PAGES_H

#include "prof/module.h"

/* See struct cairni_module.  In a thread of the server's.  */
extern void cairni_pages_answer (const struct cairni_request *request,
                                 struct cairni_reply *reply);

/* Put the page that leads to the others into BUFFER; HOST, unless NULL, is what the
   server is called.  In index-page.c.  */
struct cairni_buffer;
extern void cairni_pages_put_index (struct cairni_buffer *buffer,
                                    const char *host);

/* The program's arguments, each with a 0 behind it.  */
extern void cairni_pages_put_command_line (struct cairni_buffer *buffer);

#endif /* CAIRNI_PAGES_H */
