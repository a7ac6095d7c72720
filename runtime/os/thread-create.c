/* thread-create.c: the process's pthread_create and thrd_create.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The wrappers attach the new thread before they do anything, so that its
   stack and registers are roots from the start.  Until then the argument is
   kept by a record in manual memory, which is a root.

   A routine that was compiled for a growable stack gets one.  The C library
   installs a handler when the first thread is made: before any code runs on a
   growable stack that it could interrupt, it is taken over.  */

#define _GNU_SOURCE
#include "base/hooks.h"
#include "os/real.h"
#include "os/signal-stack.h"
#include "os/signals.h"
#include "os/thread-os.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <threads.h>

#ifdef CAIRNI_STATIC
/* The C library's by their other names.  */
extern int __pthread_create (pthread_t *thread, const pthread_attr_t *attr,
                             void *(*start) (void *), void *arg);
extern int __thrd_create (thrd_t *thread, thrd_start_t start, void *arg);
#define REAL_CREATE __pthread_create
#define REAL_THRD_CREATE __thrd_create
#else
#define REAL_CREATE CAIRNI_REAL (pthread_create)
#define REAL_THRD_CREATE CAIRNI_REAL (thrd_create)
#endif

unsigned cairni_os_nbirths;

/* What a new thread is to do.  */
struct birth
{
  union
  {
    void *(*posix) (void *);
    thrd_start_t c11;
    /* As the runtime calls it.  */
    uintptr_t (*any) (uintptr_t, uintptr_t, uintptr_t);
  } start;
  void *arg;
  bool serves; /* Its maker does.  */
};

/* A thread begins: attach it, and take its BIRTH.  The C library does not clear
   a control block that it uses again.  */
static struct birth
take (struct birth *birth)
{
  cairni_signals_unblock ();
  cairni_hooks.thread_begin ();
  cairni_hooks.reset_stacks ();
  cairni_signals_take_library ();
  struct birth copy = *birth;
  if (!copy.serves)
    __atomic_fetch_sub (&cairni_os_nbirths, 1, __ATOMIC_SEQ_CST);
  free (birth);
  if (copy.serves)
    cairni_hooks.thread_serve ();
  return copy;
}

static void *
begin_posix (void *arg)
{
  struct birth birth = take (arg);
  return (void *)cairni_hooks.run (birth.start.any, (uintptr_t)birth.arg, 0, 0);
}

static int
begin_c11 (void *arg)
{
  struct birth birth = take (arg);
  return cairni_hooks.run (birth.start.any, (uintptr_t)birth.arg, 0, 0);
}

/* A thread is about to be made; whether its maker serves.  */
static bool
announce (void)
{
  bool serves = cairni_hooks.thread_serves ();
  if (!serves)
    cairni_hooks.note_thread ();
  return serves;
}

CAIRNI_PUBLIC int
pthread_create (pthread_t *thread, const pthread_attr_t *attr,
                void *(*start) (void *), void *arg)
{
  struct birth *birth = malloc (sizeof *birth);
  if (!birth)
    return EAGAIN;
  *birth = (struct birth){ .start.posix = start,
                           .arg = arg,
                           .serves = announce () };
  bool serves = birth->serves;
  if (!serves)
    __atomic_fetch_add (&cairni_os_nbirths, 1, __ATOMIC_SEQ_CST);
  int error = REAL_CREATE (thread, attr, begin_posix, birth);
  cairni_signals_take_library ();
  if (error)
    {
      if (!serves)
        __atomic_fetch_sub (&cairni_os_nbirths, 1, __ATOMIC_SEQ_CST);
      free (birth);
    }
  return error;
}

CAIRNI_PUBLIC int
thrd_create (thrd_t *thread, thrd_start_t start, void *arg)
{
  struct birth *birth = malloc (sizeof *birth);
  if (!birth)
    return thrd_nomem;
  *birth = (struct birth){ .start.c11 = start,
                           .arg = arg,
                           .serves = announce () };
  bool serves = birth->serves;
  if (!serves)
    __atomic_fetch_add (&cairni_os_nbirths, 1, __ATOMIC_SEQ_CST);
  int error = REAL_THRD_CREATE (thread, begin_c11, birth);
  cairni_signals_take_library ();
  if (error != thrd_success)
    {
      if (!serves)
        __atomic_fetch_sub (&cairni_os_nbirths, 1, __ATOMIC_SEQ_CST);
      free (birth);
    }
  return error;
}
