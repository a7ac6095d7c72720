/* server.c: CAIRN_PPROF and cairn_pprof_serve.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "prof/server.h"
#include "base/options.h"
#include "cairn/profile.h"
#include "os/lock.h"
#include "os/sys.h"
#include "prof/module.h"
#include "prof/pages.h"
#include "prof/service.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* One is asked for at a time; the rest belongs to who has the lock, and to the
   service while STATE is ASKED.  */
static struct cairni_lock lock;

enum
{
  IDLE,
  ASKED,
  ANSWERED
};

/* A futex.  */
static int state;

static const char *wanted;
static int port;
static char why[200];

/* Whether this process serves.  */
static bool serves;

/* Serve ADDRESS; the port, or a negative error number, with words in WHY.  */
static int
start (const char *address)
{
  const struct cairni_module *module = cairni_module_get ();
  if (!module || !module->serve)
    {
      const char *no_module
          = "libcairn-prof.so is not there, or was built without "
            "libmicrohttpd; static programs cannot serve";
      memcpy (why, no_module, strlen (no_module) + 1);
      return -ENOSYS;
    }
  int result = module->serve (address, cairni_pages_answer, why, sizeof why);
  serves |= result > 0;
  return result;
}

bool
cairni_server_init (void)
{
  return *cairni_pprof_address;
}

/* Whether ADDRESS leaves the port to us, so that we have to tell it.  */
static bool
is_open (const char *address)
{
  const char *colon = strrchr (address, ':');
  return atoi (colon ? colon + 1 : address) == 0;
}

static void
start_first (void)
{
  int result = start (cairni_pprof_address);
  if (result > 0 && is_open (cairni_pprof_address))
    cairni_print ("cairn: CAIRN_PPROF: profiles are at "
                  "http://localhost:%d/debug/pprof/",
                  result);
  else if (result < 0)
    cairni_print ("cairn: CAIRN_PPROF: cannot serve %s: %s",
                  cairni_pprof_address, why);
}

void
cairni_server_answer (void)
{
  static bool has_begun;
  if (!has_begun && *cairni_pprof_address && !serves)
    {
      has_begun = true;
      start_first ();
    }
  if (__atomic_load_n (&state, __ATOMIC_ACQUIRE) == ASKED)
    {
      port = start (wanted);
      __atomic_store_n (&state, ANSWERED, __ATOMIC_RELEASE);
      cairni_sys_futex_wake (&state, 1);
    }
}

CAIRNI_PUBLIC int
cairn_pprof_serve (const char *address)
{
  if (!cairni_service_start ())
    {
      errno = EAGAIN;
      return -1;
    }
  cairni_lock_acquire (&lock);
  wanted = address;
  __atomic_store_n (&state, ASKED, __ATOMIC_RELEASE);
  cairni_service_wake ();
  while (__atomic_load_n (&state, __ATOMIC_ACQUIRE) != ANSWERED)
    cairni_sys_futex_wait (&state, ASKED, 0);
  int result = port;
  state = IDLE;
  if (result < 0)
    cairni_print ("cairn: cairn_pprof_serve: cannot serve %s: %s", address,
                  why);
  cairni_lock_release (&lock);
  if (result > 0)
    return result;
  errno = -result;
  return -1;
}

void
cairni_server_after_fork (void)
{
  lock.word = 0;
  state = IDLE;
  /* The child does not serve; whoever connects shall find the parent.  */
  if (serves)
    cairni_module_get ()->stop_in_child ();
  serves = false;
  *cairni_pprof_address = 0;
}
