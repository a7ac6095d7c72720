/* shards.h: what is divided among processors.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Something that all threads use can be divided into shards, so that each finds
   its own without a lock: a pool is (<cairn/pool.h>).  Each P has one, which is
   that of the thread that has the P; a thread that never has one has a shard for
   itself.  Shards have numbers from 1; 0 is none.

   A thread finds its number in cairn_shard, and pins it while it uses the shard:

     is_pinned = 1; read number; use what is there; is_pinned = 0

     .inv.shard.one     A shard is one thread's.  Its number is in that thread's
                        cairn_shard, or, while its P is about to be taken, 0.
     .inv.shard.pinned  It is not taken from a thread that has pinned it.

   The thread's own P changes hands where it pins nothing: in the scheduler, and in
   the handler of the stop signal, which lets a pinned thread go on.  But the
   monitor takes the P of a thread that is stuck in the system, while that may come
   out.  The thread does not fence, so the monitor does for both:

     number = 0; cairni_sys_barrier (); if is_pinned, number back; else take

   A thread that has read the old number before was pinned before, which is seen
   after the barrier; if it is not pinned, it will read 0, and do without.  A system
   that knows no such barrier has P's without shards.  */

#ifndef CAIRNI_SHARDS_H
#define CAIRNI_SHARDS_H

#include "cairn/pool.h"

#include <stdbool.h>

/* A shard that nobody has; 0: there are no more.  */
extern unsigned cairni_shard_create (void);
extern void cairni_shard_free (unsigned number);

/* The number of the calling thread's shard; 0: it has none now.  It gets one if it
   has none and no P is ever its own.  */
extern unsigned cairni_shard_take (void);

/* The calling thread, which has a shard for itself or none, has none any more.
   Returns its number.  */
extern unsigned cairni_shard_give_up (void);

/* Look which shards are pinned, and whether NUMBER was.  The world is stopped.  */
extern void cairni_shards_find_pinned (void);
extern bool cairni_shard_was_pinned (unsigned number);

/* After fork, in the child: the shards of other threads are free, and P's have
   none yet.  */
extern void cairni_shards_after_fork (void);

#endif /* CAIRNI_SHARDS_H */
