/* signal-stack.c: handlers never run on a growable stack.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#define _GNU_SOURCE
#include "os/signal-stack.h"

#include <errno.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Bytes of the kernel's signal set.  */
#define KERNEL_SET_NBYTES 8

uint64_t
cairni_signals_block (void)
{
  uint64_t all = UINT64_MAX, old = 0;
  int saved = errno;
  syscall (SYS_rt_sigprocmask, SIG_SETMASK, &all, &old, KERNEL_SET_NBYTES);
  errno = saved;
  return old;
}

void
cairni_signals_restore (uint64_t set)
{
  int saved = errno;
  syscall (SYS_rt_sigprocmask, SIG_SETMASK, &set, NULL, KERNEL_SET_NBYTES);
  errno = saved;
}

uintptr_t
cairni_signals_use_stack (uintptr_t lo, uintptr_t hi)
{
  int saved = errno;
  stack_t stack = { .ss_flags = SS_DISABLE };
  if (hi)
    stack = (stack_t){ .ss_sp = (void *)lo, .ss_size = hi - lo };
  syscall (SYS_sigaltstack, &stack, NULL);
  errno = saved;
  return hi;
}
