/* pprof.h: libcairn-prof.so, which has what of profiles needs other libraries.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   See prof/module.h for what its functions do.  */

#ifndef CAIRN_PPROF_H
#define CAIRN_PPROF_H

#include "prof/module.h"

/* -- symbols.c, by elfutils.  */
extern void *cairn_prof_open_symbols (const struct cairni_image *images,
                                      size_t n);
extern unsigned cairn_prof_find_lines (void *symbols, uintptr_t pc,
                                       struct cairni_line *lines, unsigned max);
extern void cairn_prof_close_symbols (void *symbols);

/* -- compress.c, by zlib.  */
extern void *cairn_prof_compress (const void *p, size_t nbytes, size_t *size);

/* -- serve.c, by libmicrohttpd.  */
extern int cairn_prof_serve (const char *address,
                             void (*answer) (const struct cairni_request *,
                                             struct cairni_reply *),
                             char *why, size_t nbytes);
extern void cairn_prof_stop_in_child (void);

#endif /* CAIRN_PPROF_H */
