/* epoll.h: the system's way to wait for many descriptors.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The system calls themselves: the C library's epoll_ctl is ours, and keeps
   what it is given.  errno is left alone; error numbers are returned.  */

#ifndef CAIRNI_EPOLL_H
#define CAIRNI_EPOLL_H

#include "base/base.h"

#include <sys/epoll.h>

/* A new instance, or an error number negated.  Closed by exec.  */
extern int cairni_epoll_create (void);

/* Have INSTANCE report, once, that FD is ready for one of EVENTS.  WAS_KNOWN is
   a guess whether INSTANCE knows FD.  0, or an error number.  */
extern int cairni_epoll_arm (int instance, int fd, uint32_t events,
                             bool was_known);

/* Wait until INSTANCE has something to report, at most TIMEOUT_NS; SIZE_MAX:
   for ever.  Returns how many of EVENTS, at most MAX, it has filled in; or an
   error number negated.  */
extern int cairni_epoll_wait (int instance, struct epoll_event *events, int max,
                              size_t timeout_ns);

/* A descriptor that INSTANCE reports, with its number, as long as a wake of it
   has not been taken; or an error number negated.  */
extern int cairni_epoll_make_wake (int instance);
extern void cairni_epoll_wake (int wake);
extern void cairni_epoll_take_wake (int wake);

/* Close FD: 0, or an error number.  */
extern int cairni_epoll_close (int fd);

#endif /* CAIRNI_EPOLL_H */
