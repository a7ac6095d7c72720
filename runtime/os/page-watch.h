/* page-watch.h: have the kernel note which pages are written.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Linux 6.7 and later can: asynchronous write protection of userfaultfd, and the
   PAGEMAP_SCAN request of /proc/self/pagemap.  A page is protected; the first
   write to it, by whomever, the kernel included, lets go of the protection and
   goes on.  What is not protected counts as written.  No privilege is needed:
   no fault is ever delivered, so that UFFD_USER_MODE_ONLY restricts nothing.

     .inv.watch.lost   If the program closes the descriptors the kernel forgets
                       what was protected; then every request fails that asks
                       what was written.

   Used by one thread at a time.  errno is left alone.  */

#ifndef CAIRNI_PAGE_WATCH_H
#define CAIRNI_PAGE_WATCH_H

#include "base/base.h"

/* Be ready to watch LO <= address < HI, private memory, some of it maybe not
   usable yet; whole pages.  False: the kernel does not offer it.  */
extern bool cairni_watch_begin (uintptr_t lo, uintptr_t hi);

/* Protect these pages; false: refused.  */
extern bool cairni_watch_protect (uintptr_t lo, uintptr_t hi);

/* Let go of their protection.  */
extern void cairni_watch_unprotect (uintptr_t lo, uintptr_t hi);

/* Call FN on each range of written pages of LO <= address < HI, which are
   protected AGAIN if that is wanted.  False: it cannot be told.  */
extern bool cairni_watch_written (uintptr_t lo, uintptr_t hi, bool again,
                                  void (*fn) (uintptr_t lo, uintptr_t hi));

/* In the child of a fork, which inherits no protection.  */
extern void cairni_watch_after_fork (void);

#endif /* CAIRNI_PAGE_WATCH_H */
