/* helper.c: threads of the runtime's own.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#define _GNU_SOURCE
#include "os/helper.h"
#include "os/real.h"
#include "os/signal-stack.h"

#include <errno.h>
#include <pthread.h>

#ifdef CAIRNI_STATIC
extern int __pthread_create (pthread_t *thread, const pthread_attr_t *attr,
                             void *(*start) (void *), void *arg);
#define REAL_CREATE __pthread_create
#else
#define REAL_CREATE CAIRNI_REAL (pthread_create)
#endif

#define STACK_NBYTES ((size_t)256 << 10)

/* The two signals that the C library uses itself, for cancellation and for
   changing the user of all threads: who blocked the second would make setuid
   wait for ever.  */
#define LIBRARY_SIGNALS ((uint64_t)3 << 31)

bool cairni_helper_was_started;

/* How to make a thread.  */
static int (*real_create (void)) (pthread_t *thread, const pthread_attr_t *attr,
                                  void *(*start) (void *), void *arg)
{
  return REAL_CREATE;
}

void
cairni_helper_init (void)
{
  real_create ();
}

bool
cairni_helper_start (void *(*fn) (void *arg), void *arg)
{
  pthread_attr_t attr;
  pthread_t thread;
  int saved = errno;
  if (pthread_attr_init (&attr) != 0)
    return false;
  pthread_attr_setstacksize (&attr, STACK_NBYTES);
  pthread_attr_setdetachstate (&attr, PTHREAD_CREATE_DETACHED);
  /* The new thread inherits what is blocked.  */
  uint64_t set = cairni_signals_block ();
  cairni_signals_restore (~LIBRARY_SIGNALS);
  cairni_helper_was_started = true;
  bool good = real_create () (&thread, &attr, fn, arg) == 0;
  cairni_signals_restore (set);
  pthread_attr_destroy (&attr);
  cairni_signals_take_library ();
  errno = saved;
  return good;
}

bool
cairni_helper_start_attached (void *(*fn) (void *arg), void *arg)
{
  pthread_t thread;
  int saved = errno;
  /* None of the program's signals are for it.  */
  uint64_t set = cairni_signals_block ();
  cairni_signals_restore (~LIBRARY_SIGNALS);
  cairni_helper_was_started = true;
  bool good = pthread_create (&thread, NULL, fn, arg) == 0;
  cairni_signals_restore (set);
  if (good)
    pthread_detach (thread);
  errno = saved;
  return good;
}
