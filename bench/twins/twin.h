/* twin.h: what makes a program of showcase/ one of plain C.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

   bench/showcase turns `return &x;' of the programs, where x is a local, into
   `return KEEP (x);', and malloc into twin_alloc.  Both are of an arena, as
   a C programmer would have it: a pointer that moves on through large blocks,
   which are all freed together, at the end of the program, or of a request.  */

#ifndef TWIN_H
#define TWIN_H

#include <stddef.h>

/* Zeroed memory of the calling thread's arena.  */
extern void *twin_alloc (size_t nbytes);

/* Free all of it.  */
extern void twin_free_all (void);

/* A copy of the NBYTES at DATA.  */
extern void *twin_keep (const void *data, size_t nbytes);

#define KEEP(X) twin_keep (&(X), sizeof (X))

#endif /* TWIN_H */
