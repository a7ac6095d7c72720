/* thread-join.c: the process's pthread_join, pthread_detach and relatives,
   and C11's.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   They do what the C library's do, and then let go of what the runtime keeps
   for the thread's result (heap/zombie.h).  Which thread that is must be
   asked before: afterwards its number may be another's.  Until then the
   result is in a local, which is a root.  */

#define _GNU_SOURCE
#include "base/hooks.h"
#include "os/real.h"

#include <pthread.h>
#include <threads.h>

#ifdef CAIRNI_STATIC
/* The C library's by their other names.  */
extern int __pthread_join (pthread_t thread, void **result);
extern int __pthread_tryjoin_np (pthread_t thread, void **result);
extern int ___pthread_timedjoin_np (pthread_t thread, void **result,
                                    const struct timespec *until);
extern int ___pthread_clockjoin_np (pthread_t thread, void **result,
                                    clockid_t clock,
                                    const struct timespec *until);
extern int __pthread_detach (pthread_t thread);
extern int __thrd_join (thrd_t thread, int *result);
extern int __thrd_detach (thrd_t thread);
#define REAL_JOIN __pthread_join
#define REAL_TRYJOIN __pthread_tryjoin_np
#define REAL_TIMEDJOIN ___pthread_timedjoin_np
#define REAL_CLOCKJOIN ___pthread_clockjoin_np
#define REAL_DETACH __pthread_detach
#define REAL_THRD_JOIN __thrd_join
#define REAL_THRD_DETACH __thrd_detach
#else
#define REAL_JOIN CAIRNI_REAL (pthread_join)
#define REAL_TRYJOIN CAIRNI_REAL (pthread_tryjoin_np)
#define REAL_TIMEDJOIN CAIRNI_REAL (pthread_timedjoin_np)
#define REAL_CLOCKJOIN CAIRNI_REAL (pthread_clockjoin_np)
#define REAL_DETACH CAIRNI_REAL (pthread_detach)
#define REAL_THRD_JOIN CAIRNI_REAL (thrd_join)
#define REAL_THRD_DETACH CAIRNI_REAL (thrd_detach)
#endif

/* THREAD, which had SERIAL, was joined, with the result at LOCAL, or not, if
   ERROR is not 0: hand it to the caller.  */
static int
finish (int error, pthread_t thread, uint64_t serial, void *const *local,
        void **result)
{
  if (error)
    return error;
  if (result)
    *result = *local;
  cairni_hooks.thread_forget (thread, serial);
  return 0;
}

CAIRNI_PUBLIC int
pthread_join (pthread_t thread, void **result)
{
  void *local = NULL;
  uint64_t serial = cairni_hooks.thread_serial (thread);
  return finish (REAL_JOIN (thread, &local), thread, serial, &local, result);
}

CAIRNI_PUBLIC int
pthread_tryjoin_np (pthread_t thread, void **result)
{
  void *local = NULL;
  uint64_t serial = cairni_hooks.thread_serial (thread);
  return finish (REAL_TRYJOIN (thread, &local), thread, serial, &local, result);
}

CAIRNI_PUBLIC int
pthread_timedjoin_np (pthread_t thread, void **result,
                      const struct timespec *until)
{
  void *local = NULL;
  uint64_t serial = cairni_hooks.thread_serial (thread);
  return finish (REAL_TIMEDJOIN (thread, &local, until), thread, serial, &local,
                 result);
}

CAIRNI_PUBLIC int
pthread_clockjoin_np (pthread_t thread, void **result, clockid_t clock,
                      const struct timespec *until)
{
  void *local = NULL;
  uint64_t serial = cairni_hooks.thread_serial (thread);
  return finish (REAL_CLOCKJOIN (thread, &local, clock, until), thread, serial,
                 &local, result);
}

CAIRNI_PUBLIC int
pthread_detach (pthread_t thread)
{
  uint64_t serial = cairni_hooks.thread_serial (thread);
  int error = REAL_DETACH (thread);
  if (!error)
    cairni_hooks.thread_forget (thread, serial);
  return error;
}

/* The result of a C11 thread is a number, but the thread may have left
   something else.  */

CAIRNI_PUBLIC int
thrd_join (thrd_t thread, int *result)
{
  uint64_t serial = cairni_hooks.thread_serial (thread);
  int error = REAL_THRD_JOIN (thread, result);
  if (error == thrd_success)
    cairni_hooks.thread_forget (thread, serial);
  return error;
}

CAIRNI_PUBLIC int
thrd_detach (thrd_t thread)
{
  uint64_t serial = cairni_hooks.thread_serial (thread);
  int error = REAL_THRD_DETACH (thread);
  if (error == thrd_success)
    cairni_hooks.thread_forget (thread, serial);
  return error;
}
