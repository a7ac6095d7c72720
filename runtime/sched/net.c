/* net.c: the interface of cairn/net.h, as far as it does not wait.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   What is in that header is compiled with the program, because it waits: that
   is done on the goroutine's own stack.  What it calls is here, and sets errno,
   which belongs to the goroutine whatever thread that is in by then.  */

#include "base/base.h"
#include "cairn/net.h"
#include "os/descriptor.h"

#include <errno.h>

/* RESULT is an error number, negated, or what is to be returned.  */
static long
finish (long result)
{
  if (result >= 0)
    return result;
  if (result == -EAGAIN)
    return CAIRN_WOULD_WAIT;
  errno = -result;
  return -1;
}

CAIRNI_PUBLIC int
cairn_set_errno (int error)
{
  return error ? finish (-error) : 0;
}

/* An interrupted call has done nothing.  */
#define AGAIN_IF_INTERRUPTED(call)                                             \
  ({                                                                           \
    long result_;                                                              \
    while ((result_ = (call)) == -EINTR)                                       \
      ;                                                                        \
    result_;                                                                   \
  })

CAIRNI_PUBLIC ssize_t
cairn_try_read (int fd, void *buffer, size_t nbytes)
{
  return finish (
      AGAIN_IF_INTERRUPTED (cairni_descriptor_read (fd, buffer, nbytes)));
}

CAIRNI_PUBLIC ssize_t
cairn_try_write (int fd, const void *buffer, size_t nbytes)
{
  return finish (
      AGAIN_IF_INTERRUPTED (cairni_descriptor_write (fd, buffer, nbytes)));
}

CAIRNI_PUBLIC int
cairn_try_accept (int fd, struct sockaddr *addr, socklen_t *addr_nbytes)
{
  long result;
  do
    result = cairni_descriptor_accept (fd, addr, addr_nbytes);
  /* Those that went away before they were accepted do not count.  */
  while (result == -EINTR || result == -ECONNABORTED);
  return finish (result);
}

CAIRNI_PUBLIC int
cairn_try_connect (int fd, const struct sockaddr *addr, socklen_t addr_nbytes)
{
  long result;
  if (addr)
    {
      result = cairni_descriptor_connect (fd, addr, addr_nbytes);
      if (result == -EINPROGRESS || result == -EINTR)
        return CAIRN_WOULD_WAIT;
      /* The peer's queue is full, for which nobody can wait.  */
      if (result == -EAGAIN)
        {
          errno = EAGAIN;
          return -1;
        }
      return finish (result);
    }
  result = AGAIN_IF_INTERRUPTED (cairni_descriptor_poll (fd, POLLOUT));
  if (result == 0)
    return CAIRN_WOULD_WAIT;
  return finish (result < 0 ? result : cairni_descriptor_connected (fd));
}

CAIRNI_PUBLIC int
cairn_try_poll (int fd, int events)
{
  return finish (AGAIN_IF_INTERRUPTED (cairni_descriptor_poll (fd, events)));
}
