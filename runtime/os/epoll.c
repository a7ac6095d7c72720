/* epoll.c: the system's way to wait for many descriptors.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#define _GNU_SOURCE
#include "os/epoll.h"

#include <errno.h>
#include <linux/time_types.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What is not negative, or the error number negated.  */
#define RESULT_OF(call)                                                        \
  ({                                                                           \
    int saved_ = errno;                                                        \
    long result_ = (call);                                                     \
    if (result_ < 0)                                                           \
      result_ = -errno;                                                        \
    errno = saved_;                                                            \
    result_;                                                                   \
  })

/* Since Linux 5.11.  */
#ifndef SYS_epoll_pwait2
#define SYS_epoll_pwait2 441
#endif

#define NS_PER_MS 1000000

int
cairni_epoll_create (void)
{
  return RESULT_OF (syscall (SYS_epoll_create1, EPOLL_CLOEXEC));
}

static long
control (int instance, int operation, int fd, uint32_t events)
{
  struct epoll_event event = { .events = events, .data = { .fd = fd } };
  return RESULT_OF (syscall (SYS_epoll_ctl, instance, operation, fd, &event));
}

int
cairni_epoll_arm (int instance, int fd, uint32_t events, bool was_known)
{
  events |= EPOLLONESHOT;
  /* Who closes and opens descriptors meanwhile may spoil a guess, but not for
     ever.  */
  for (;;)
    {
      long result = control (
          instance, was_known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd, events);
      if (result != (was_known ? -ENOENT : -EEXIST))
        return -result;
      was_known = !was_known;
    }
}

int
cairni_epoll_wait (int instance, struct epoll_event *events, int max,
                   size_t timeout_ns)
{
  static bool is_old;
  if (!__atomic_load_n (&is_old, __ATOMIC_RELAXED))
    {
      struct __kernel_timespec timeout = { .tv_sec = timeout_ns / 1000000000,
                                           .tv_nsec = timeout_ns % 1000000000 };
      long result = RESULT_OF (
          syscall (SYS_epoll_pwait2, instance, events, max,
                   timeout_ns == SIZE_MAX ? NULL : &timeout, NULL, 0));
      if (result != -ENOSYS)
        return result;
      __atomic_store_n (&is_old, true, __ATOMIC_RELAXED);
    }
  /* Rather too long than too short, and than too often.  */
  size_t timeout_ms = timeout_ns / NS_PER_MS + (timeout_ns % NS_PER_MS != 0);
  return RESULT_OF (syscall (
      SYS_epoll_wait, instance, events, max,
      timeout_ns == SIZE_MAX ? -1 : (int)cairni_min (timeout_ms, INT_MAX)));
}

int
cairni_epoll_make_wake (int instance)
{
  long fd = RESULT_OF (syscall (SYS_eventfd2, 0, EFD_NONBLOCK | EFD_CLOEXEC));
  if (fd < 0)
    return fd;
  long result = control (instance, EPOLL_CTL_ADD, fd, EPOLLIN);
  if (result == 0)
    return fd;
  cairni_epoll_close (fd);
  return result;
}

void
cairni_epoll_wake (int wake)
{
  uint64_t one = 1;
  RESULT_OF (syscall (SYS_write, wake, &one, sizeof one));
}

void
cairni_epoll_take_wake (int wake)
{
  uint64_t count;
  RESULT_OF (syscall (SYS_read, wake, &count, sizeof count));
}

int
cairni_epoll_close (int fd)
{
  return -RESULT_OF (syscall (SYS_close, fd));
}
