/* descriptor.c: system calls on descriptors that do not wait.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#define _GNU_SOURCE
#include "os/descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* Of the system call NUMBER: its result, or the error number negated.  */
#define CALL(number, ...)                                                      \
  ({                                                                           \
    int saved_ = errno;                                                        \
    long result_ = syscall (number, __VA_ARGS__);                              \
    if (result_ < 0)                                                           \
      result_ = -errno;                                                        \
    errno = saved_;                                                            \
    result_;                                                                   \
  })

/* 0, or an error number negated.  */
static long
set_nonblocking (int fd)
{
  long flags = CALL (SYS_fcntl, fd, F_GETFL);
  if (flags < 0 || (flags & O_NONBLOCK))
    return flags < 0 ? flags : 0;
  return CALL (SYS_fcntl, fd, F_SETFL, flags | O_NONBLOCK);
}

long
cairni_descriptor_read (int fd, void *buffer, size_t nbytes)
{
  long n = nbytes == 0 ? -ENOTSOCK
                       : CALL (SYS_recvfrom, fd, buffer, nbytes, MSG_DONTWAIT,
                               NULL, NULL);
  if (n == -ENOTSOCK && (n = set_nonblocking (fd)) == 0)
    n = CALL (SYS_read, fd, buffer, nbytes);
  return n;
}

long
cairni_descriptor_write (int fd, const void *buffer, size_t nbytes)
{
  long n = CALL (SYS_sendto, fd, buffer, nbytes, MSG_DONTWAIT | MSG_NOSIGNAL,
                 NULL, 0);
  if (n == -ENOTSOCK && (n = set_nonblocking (fd)) == 0)
    n = CALL (SYS_write, fd, buffer, nbytes);
  return n;
}

long
cairni_descriptor_accept (int fd, struct sockaddr *addr, socklen_t *nbytes)
{
  long error = set_nonblocking (fd);
  return error < 0 ? error
                   : CALL (SYS_accept4, fd, addr, nbytes,
                           SOCK_NONBLOCK | SOCK_CLOEXEC);
}

long
cairni_descriptor_connect (int fd, const struct sockaddr *addr,
                           socklen_t nbytes)
{
  long error = set_nonblocking (fd);
  return error < 0 ? error : CALL (SYS_connect, fd, addr, nbytes);
}

long
cairni_descriptor_connected (int fd)
{
  int outcome = 0;
  socklen_t nbytes = sizeof outcome;
  long error
      = CALL (SYS_getsockopt, fd, SOL_SOCKET, SO_ERROR, &outcome, &nbytes);
  return error < 0 ? error : -outcome;
}

long
cairni_descriptor_poll (int fd, int events)
{
  struct pollfd one = { .fd = fd, .events = events };
  struct timespec at_once = { 0, 0 };
  /* poll passes over descriptors that are negative, and has an event for those
     that are closed.  */
  if (fd < 0)
    return -EBADF;
  long n = CALL (SYS_ppoll, &one, 1, &at_once, NULL, 0);
  if (n <= 0)
    return n;
  return one.revents & POLLNVAL ? -EBADF : (unsigned short)one.revents;
}
