/* options.h: what the environment says.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   CAIRN_DEBUG is described by options.def; CAIRN_GC is a percentage or
   "off"; CAIRN_MEMLIMIT is a number of bytes, with an optional unit KiB,
   MiB or GiB (the "iB" may be left out); CAIRN_MAXPROCS is a number;
   CAIRN_HEAPPROFILE is a file's name, CAIRN_PPROF an address.  Read
   once, before the first object; constant afterwards, except that the public
   interface and tests may set a debug value with cairni_options_set.  */

#ifndef CAIRNI_OPTIONS_H
#define CAIRNI_OPTIONS_H

#include "base/base.h"

#define CAIRNI_DEFAULT_MEMPROFILERATE 524288

/* The debug options.  */
struct cairni_debug
{
#define CAIRN_DEBUG_OPTION(name, help) size_t name;
#include "base/options.def"
#undef CAIRN_DEBUG_OPTION
};

extern struct cairni_debug cairni_debug;

/* How much garbage may be allocated before the next collection, in percent
   of what is live; negative: never collect.  */
extern int cairni_gc_percent;

/* The heap's soft limit in bytes; SIZE_MAX: none.  */
extern size_t cairni_memlimit_nbytes;

/* How many goroutines run at once; 0: as many as there are processors.  */
extern size_t cairni_max_procs;

/* The longest text that is kept of a variable, and a 0.  */
#define CAIRNI_OPTION_NBYTES 4000

/* Where to write a heap profile; empty: nowhere.  */
extern char cairni_heap_profile_path[CAIRNI_OPTION_NBYTES];

/* Where to serve profiles; empty: nowhere.  */
extern char cairni_pprof_address[CAIRNI_OPTION_NBYTES];

/* Read all of these from ENVIRON, a vector as execve takes it, or NULL.  A name or value that is not understood gives
   one warning line on standard error.  */
extern void cairni_options_read (char **environ);

/* Set the debug options that LIST, as CAIRN_DEBUG, names.  */
extern void cairni_options_set (const char *list);

#endif /* CAIRNI_OPTIONS_H */
