/* scavenge.h: memory goes back to the system in the background.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The heap will need its pages again until it reaches its goal; what it has
   beyond that and a tenth is given back, a little at a time, by a helper that
   is started when there is something to do first.  It also sweeps what nobody
   has swept.  */

#ifndef CAIRNI_SCAVENGE_H
#define CAIRNI_SCAVENGE_H

#include "base/base.h"

/* A collection is done: see whether there is something to give back.  The world
   lock is held.  */
extern void cairni_scavenge_check_locked (void);

/* Start the helper if there is something to do.  The caller is in no section
   and holds no lock.  */
extern void cairni_scavenge_start (void);

/* Give all free pages back.  The world lock is held.  */
extern void cairni_scavenge_all_locked (void);

/* In the child of a fork: there is no helper.  */
extern void cairni_scavenge_after_fork (void);

#endif /* CAIRNI_SCAVENGE_H */
