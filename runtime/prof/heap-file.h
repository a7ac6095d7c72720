/* heap-file.h: CAIRN_HEAPPROFILE, a heap profile of any program.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   It is written when the program exits, and by the service's thread after SIGUSR2,
   unless the program has a handler of its own for that.  What is written is what
   lives then: a collection comes before.  */

#ifndef CAIRNI_HEAP_FILE_H
#define CAIRNI_HEAP_FILE_H

#include "base/base.h"

/* Prepare for the signal; false: no file is wanted.  */
extern bool cairni_heap_file_init (void);

/* Write it, if the signal has come since the last call.  */
extern void cairni_heap_file_answer (void);

/* The program exits.  */
extern void cairni_heap_file_exit (void);

extern void cairni_heap_file_after_fork (void);

#endif /* CAIRNI_HEAP_FILE_H */
