/* page-watch.c: have the kernel note which pages are written.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#define _GNU_SOURCE
#include "os/page-watch.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What headers older than Linux 6.7 lack.  */
#define USER_MODE_ONLY 1
#define FEATURE_WP_UNPOPULATED ((uint64_t)1 << 13)
#define FEATURE_WP_ASYNC ((uint64_t)1 << 15)
#define SCAN_WP_MATCHING 1
#define SCAN_CHECK_WPASYNC 2
#define PAGE_WRITTEN 2

struct region
{
  uint64_t start, end, categories;
};

struct scan
{
  uint64_t nbytes, flags, start, end, walk_end, regions, nregions, max_pages,
      category_inverted, category_mask, category_any, return_mask;
};

#define SCAN_REQUEST _IOWR ('f', 16, struct scan)

_Static_assert(sizeof (struct scan) == 96, "as the kernel has it");

/* Programs count on low numbers.  */
#define MIN_DESCRIPTOR 100

#define MAX_REGIONS 2048

/* A descriptor, and what tells whether it is still that.  */
struct descriptor
{
  int fd; /* -1: none.  */
  dev_t device;
  ino_t inode;
};

static struct descriptor faults = { .fd = -1 }, map = { .fd = -1 };

/* An ioctl, with errno left alone: what it returns, or an error number negated.
 */
static long
request (const struct descriptor *descriptor, unsigned long number, void *arg)
{
  int saved = errno;
  long result = syscall (SYS_ioctl, descriptor->fd, number, arg);
  if (result < 0)
    result = -errno;
  errno = saved;
  return result;
}

static bool
is_still (const struct descriptor *descriptor)
{
  struct stat status;
  int saved = errno;
  bool good = descriptor->fd >= 0 && fstat (descriptor->fd, &status) == 0
              && status.st_dev == descriptor->device
              && status.st_ino == descriptor->inode;
  errno = saved;
  return good;
}

/* Close it, unless the program did.  */
static void
close_one (struct descriptor *descriptor)
{
  if (is_still (descriptor))
    syscall (SYS_close, descriptor->fd);
  descriptor->fd = -1;
}

/* Make *DESCRIPTOR of FD, which is closed; a negative one is an error.  */
static bool
take (struct descriptor *descriptor, int fd)
{
  struct stat status;
  int saved = errno;
  descriptor->fd = -1;
  if (fd >= 0)
    {
      descriptor->fd
          = syscall (SYS_fcntl, fd, F_DUPFD_CLOEXEC, MIN_DESCRIPTOR);
      syscall (SYS_close, fd);
    }
  bool good = descriptor->fd >= 0 && fstat (descriptor->fd, &status) == 0;
  if (good)
    {
      descriptor->device = status.st_dev;
      descriptor->inode = status.st_ino;
    }
  errno = saved;
  return good;
}

static bool
open_both (void)
{
  struct uffdio_api api
      = { .api = UFFD_API,
          .features = FEATURE_WP_ASYNC | FEATURE_WP_UNPOPULATED };
  if (is_still (&faults) && is_still (&map))
    return true;
  close_one (&faults);
  close_one (&map);
  int saved = errno;
  int fd = syscall (SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK | USER_MODE_ONLY);
  bool good = take (&faults, fd) && request (&faults, UFFDIO_API, &api) == 0;
  if (good)
    {
      fd = syscall (SYS_openat, AT_FDCWD, "/proc/self/pagemap",
                    O_RDONLY | O_CLOEXEC);
      good = take (&map, fd);
    }
  if (!good)
    {
      close_one (&faults);
      close_one (&map);
    }
  errno = saved;
  return good;
}

bool
cairni_watch_begin (uintptr_t lo, uintptr_t hi)
{
  struct uffdio_register args
      = { .range = { lo, hi - lo }, .mode = UFFDIO_REGISTER_MODE_WP };
  return open_both () && request (&faults, UFFDIO_REGISTER, &args) == 0;
}

static bool
set_protection (uintptr_t lo, uintptr_t hi, uint64_t mode)
{
  struct uffdio_writeprotect args
      = { .range = { lo, hi - lo }, .mode = mode };
  long result;
  do
    result = request (&faults, UFFDIO_WRITEPROTECT, &args);
  while (result == -EAGAIN);
  return result == 0;
}

bool
cairni_watch_protect (uintptr_t lo, uintptr_t hi)
{
  return set_protection (lo, hi, UFFDIO_WRITEPROTECT_MODE_WP);
}

void
cairni_watch_unprotect (uintptr_t lo, uintptr_t hi)
{
  set_protection (lo, hi, 0);
}

bool
cairni_watch_written (uintptr_t lo, uintptr_t hi, bool again,
                      void (*fn) (uintptr_t lo, uintptr_t hi))
{
  static struct region regions[MAX_REGIONS];
  while (lo < hi)
    {
      struct scan args
          = { .nbytes = sizeof args,
              .flags = SCAN_CHECK_WPASYNC | (again ? SCAN_WP_MATCHING : 0),
              .start = lo,
              .end = hi,
              .regions = (uintptr_t)regions,
              .nregions = MAX_REGIONS,
              .category_mask = PAGE_WRITTEN,
              .return_mask = PAGE_WRITTEN };
      long n = request (&map, SCAN_REQUEST, &args);
      if (n == -EINTR)
        continue;
      if (n < 0)
        return false;
      for (long i = 0; i < n; i++)
        fn (regions[i].start, regions[i].end);
      /* The kernel says where it stopped only if it ran out of regions.  */
      if (n < MAX_REGIONS)
        return true;
      lo = args.walk_end;
    }
  return true;
}

void
cairni_watch_after_fork (void)
{
  close_one (&faults);
  close_one (&map);
}
