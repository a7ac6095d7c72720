/* module.c: what libcairn gets of libcairn-prof.so.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "pprof/pprof.h"

__attribute__ ((visibility ("default")))
const struct cairni_module cairn_prof_module
    = {
        .version = CAIRNI_MODULE_VERSION,
#ifdef CAIRN_HAVE_SYMBOLS
        .open_symbols = cairn_prof_open_symbols,
        .find_lines = cairn_prof_find_lines,
        .close_symbols = cairn_prof_close_symbols,
#endif
#ifdef CAIRN_HAVE_COMPRESS
        .compress = cairn_prof_compress,
#endif
#ifdef CAIRN_HAVE_SERVE
        .serve = cairn_prof_serve,
        .stop_in_child = cairn_prof_stop_in_child,
#endif
      };
