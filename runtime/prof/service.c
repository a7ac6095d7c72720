/* service.c: the thread that does what cannot be done in a handler.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "prof/service.h"
#include "base/options.h"
#include "heap/thread.h"
#include "os/helper.h"
#include "os/sys.h"
#include "prof/cpu.h"
#include "prof/goroutines.h"
#include "prof/heap-file.h"
#include "prof/memory-monitor.h"
#include "prof/server.h"

/* 0: there is no thread, 1: there is, or will be.  */
static int state;

/* 1: there may be something to do.  A futex.  */
static int work;

static void *
serve (void *unused)
{
  cairni_thread_serve ();
  for (;;)
    {
      cairni_heap_file_answer ();
      cairni_server_answer ();
      size_t timeout_ns = cairni_memory_monitor_answer ();
      if (!__atomic_exchange_n (&work, 0, __ATOMIC_ACQUIRE))
        cairni_sys_futex_wait (&work, 0, timeout_ns);
    }
  return unused;
}

bool
cairni_service_start (void)
{
  int expected = 0;
  if (!__atomic_compare_exchange_n (&state, &expected, 1, false,
                                    __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
    return true;
  if (cairni_helper_start_attached (serve, NULL))
    return true;
  __atomic_store_n (&state, 0, __ATOMIC_RELEASE);
  return false;
}

void
cairni_service_wake (void)
{
  __atomic_store_n (&work, 1, __ATOMIC_RELEASE);
  cairni_sys_futex_wake (&work, 1);
}

void
cairni_service_init (void)
{
  bool is_wanted = cairni_heap_file_init ();
  is_wanted |= cairni_server_init ();
  is_wanted |= cairni_memory_monitor_init ();
  if (is_wanted)
    cairni_service_start ();
}

void
cairni_service_exit (void)
{
  cairni_heap_file_exit ();
}

void
cairni_service_after_fork (void)
{
  bool had = state != 0;
  state = work = 0;
  cairni_heap_file_after_fork ();
  cairni_goroutines_after_fork ();
  cairni_cpu_after_fork ();
  cairni_server_after_fork ();
  cairni_memory_monitor_after_fork ();
  if (had)
    cairni_service_start ();
}
