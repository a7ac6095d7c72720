/* cairn/heap.h: why an object lives, and what the heap looks like.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   For looking for leaks.  All threads stop while the heap is looked at, as long
   as for a collection; what was seen is written when they go on.  Any thread
   may call these, a signal handler may not.  */

#ifndef CAIRN_HEAP_H
#define CAIRN_HEAP_H

#include <cairn.h>

#include <stdio.h>

#ifdef __cplusplus
extern "C"
{
#endif

/* Write to F the shortest way by which the collector comes from a root to the
   object that P points into, a line a step:

     0x7f2e00012340 (48 bytes, struct node) is reached from
       variable table + 16
       0x7f2e00010000 (64 bytes, struct table) at 8
       0x7f2e00012340 (48 bytes, struct node)

   "at N" is where in the object the pointer to the next stands.  What the calling
   thread has on its stacks comes last: only if there is no other way it is
   what is told.  Returns 1 if there is a way, 0 if not (the next collection
   will take the object); -1 with errno EINVAL if P points to no collected
   object, or ENOMEM.  */
extern int cairn_why_alive (const void *P, FILE *F) CAIRN_NOESCAPE ();

/* Write to F what the heap consists of: the size classes, then each span (a run
   of pages that holds objects of one size) with its free slots.  Returns 0, or -1
   with errno ENOMEM.  */
extern int cairn_dump_heap (FILE *F) CAIRN_NOESCAPE ();

/* The same as a picture, an SVG file: each square is a page of 8 KB or, of a
   large heap, several; its color says what it is for, and how much of it is
   filled how much is used.  */
extern int cairn_dump_heap_svg (FILE *F) CAIRN_NOESCAPE ();

#ifdef __cplusplus
}
#endif

#endif /* CAIRN_HEAP_H */
