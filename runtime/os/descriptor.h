/* descriptor.h: system calls on descriptors that do not wait.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Return what the system call does, or an error number negated; errno is left
   alone.  A socket's own mode is left as it is where a call can be told not to
   wait; anything else is set to O_NONBLOCK.  */

#ifndef CAIRNI_DESCRIPTOR_H
#define CAIRNI_DESCRIPTOR_H

#include "base/base.h"

#include <sys/socket.h>

extern long cairni_descriptor_read (int fd, void *buffer, size_t nbytes);

/* A socket without a reader sends no signal.  */
extern long cairni_descriptor_write (int fd, const void *buffer, size_t nbytes);

/* The new descriptor is set to O_NONBLOCK, and closed by exec.  */
extern long cairni_descriptor_accept (int fd, struct sockaddr *addr,
                                      socklen_t *nbytes);

extern long cairni_descriptor_connect (int fd, const struct sockaddr *addr,
                                       socklen_t nbytes);

/* How a connection that was in progress came out: 0, or an error number
   negated.  */
extern long cairni_descriptor_connected (int fd);

/* Which of the poll events EVENTS have happened, or others that need not be
   asked for; 0: none.  */
extern long cairni_descriptor_poll (int fd, int events);

#endif /* CAIRNI_DESCRIPTOR_H */
