/* limits.c: notice when the program limits its address space.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The heap reserves far more address space than it uses.  A program that
   sets RLIMIT_AS means memory, so the reservation is given back then (see
   os/region.h); otherwise not even its stack could grow any more.  */

#define _GNU_SOURCE
#include "base/hooks.h"
#include "os/sys.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* rlimit and rlimit64 are the same on this architecture.  */
static int
set_limit (pid_t pid, int which, const void *new_limit, void *old_limit)
{
  int result = syscall (SYS_prlimit64, pid, which, new_limit, old_limit);
  if (result == 0 && which == RLIMIT_AS && new_limit
      && cairni_sys_address_limit () != SIZE_MAX)
    cairni_hooks.limit_changed ();
  return result;
}

CAIRNI_PUBLIC int
setrlimit (__rlimit_resource_t which, const struct rlimit *limit)
{
  return set_limit (0, which, limit, NULL);
}

CAIRNI_PUBLIC int
setrlimit64 (__rlimit_resource_t which, const struct rlimit64 *limit)
{
  return set_limit (0, which, limit, NULL);
}

CAIRNI_PUBLIC int
prlimit (pid_t pid, enum __rlimit_resource which, const struct rlimit *limit,
         struct rlimit *old)
{
  return set_limit (pid, which, limit, old);
}

CAIRNI_PUBLIC int
prlimit64 (pid_t pid, enum __rlimit_resource which,
           const struct rlimit64 *limit, struct rlimit64 *old)
{
  return set_limit (pid, which, limit, old);
}
