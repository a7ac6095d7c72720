/* leaks.h: goroutines that wait for what nothing leads to.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).
 */

#ifndef CAIRNI_LEAKS_H
#define CAIRNI_LEAKS_H

#include "sched/goroutine.h"

/* Collect, and store the numbers of up to MAX goroutines at IDS that nothing can
   wake; returns how many there are.  Their IS_LEAKED says so, too.  Outside of
   sections.  */
extern size_t cairni_leaks_find (uint64_t *ids, size_t max);

/* During a collection, while the world is stopped: goroutines are about to be
   visited as roots; whether G shall not be yet; visit those.  */
extern void cairni_leaks_begin (void);
extern bool cairni_leaks_shall_wait (struct cairni_goroutine *g);
extern void cairni_leaks_visit (void (*fn) (uintptr_t lo, uintptr_t hi));

#endif /* CAIRNI_LEAKS_H */
