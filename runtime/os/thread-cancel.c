/* thread-cancel.c: the process's pthread_cancel.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The C library installs the handler of its signal for cancellation when
   somebody cancels a thread for the first time, and sends that signal at once.
   It must not arrive on a growable stack before the handler is taken over
   (signal-stack.c).  So the first to be cancelled is a thread of our own, on a
   plain stack.  */

#define _GNU_SOURCE
#include "os/real.h"
#include "os/signal-stack.h"
#include "os/sys.h"

#include <pthread.h>

#ifdef CAIRNI_STATIC
/* The C library's by their other names.  */
extern int __pthread_cancel (pthread_t thread);
extern int __pthread_create (pthread_t *thread, const pthread_attr_t *attr,
                             void *(*start) (void *), void *arg);
extern int __pthread_join (pthread_t thread, void **result);
#define REAL_CANCEL __pthread_cancel
#define REAL_CREATE __pthread_create
#define REAL_JOIN __pthread_join
#else
#define REAL_CANCEL CAIRNI_REAL (pthread_cancel)
#define REAL_CREATE CAIRNI_REAL (pthread_create)
#define REAL_JOIN CAIRNI_REAL (pthread_join)
#endif

/* Be there until *WORD is set.  Nothing here is a point of cancellation.  */
static void *
victim (void *word)
{
  while (!__atomic_load_n ((int *)word, __ATOMIC_ACQUIRE))
    cairni_sys_futex_wait (word, 0, 0);
  return NULL;
}

static void
cancel_first (void)
{
  int word = 0, state;
  pthread_t thread;
  if (!cairni_signals_are_taken ())
    return;
  pthread_setcancelstate (PTHREAD_CANCEL_DISABLE, &state);
  /* The victim is never attached: it must have no signals to park for.  */
  uint64_t set = cairni_signals_block ();
  int error = REAL_CREATE (&thread, NULL, victim, &word);
  cairni_signals_restore (set);
  if (error)
    cairni_fatal ("no thread to prepare pthread_cancel with: error %d", error);
  REAL_CANCEL (thread);
  __atomic_store_n (&word, 1, __ATOMIC_RELEASE);
  cairni_sys_futex_wake (&word, 1);
  REAL_JOIN (thread, NULL);
  cairni_signals_take_library ();
  pthread_setcancelstate (state, NULL);
}

CAIRNI_PUBLIC int
pthread_cancel (pthread_t thread)
{
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once (&once, cancel_first);
  int error = REAL_CANCEL (thread);
  /* If the first growable stack has just been made.  */
  cairni_signals_take_library ();
  return error;
}
