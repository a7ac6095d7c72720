/* thread-create.c: the process's pthread_create and thrd_create.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The wrappers attach the new thread before they do anything, so that its
   stack and registers are roots from the start.  Until then the argument is
   kept by a record in manual memory, which is a root.  */

#define _GNU_SOURCE
#include "base/hooks.h"
#include "os/real.h"
#include "os/signals.h"

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

/* What a new thread is to do.  */
struct birth
{
  union
  {
    void *(*posix) (void *);
    thrd_start_t c11;
  } start;
  void *arg;
};

/* A thread begins: attach it, and take its BIRTH.  */
static struct birth
take (struct birth *birth)
{
  cairni_signals_unblock ();
  cairni_hooks.thread_begin ();
  struct birth copy = *birth;
  free (birth);
  return copy;
}

static void *
begin_posix (void *arg)
{
  struct birth birth = take (arg);
  return birth.start.posix (birth.arg);
}

static int
begin_c11 (void *arg)
{
  struct birth birth = take (arg);
  return birth.start.c11 (birth.arg);
}

CAIRNI_PUBLIC int
pthread_create (pthread_t *thread, const pthread_attr_t *attr,
                void *(*start) (void *), void *arg)
{
  struct birth *birth = malloc (sizeof *birth);
  if (!birth)
    return EAGAIN;
  *birth = (struct birth){ .start.posix = start, .arg = arg };
  int error = REAL_CREATE (thread, attr, begin_posix, birth);
  if (error)
    free (birth);
  return error;
}

CAIRNI_PUBLIC int
thrd_create (thrd_t *thread, thrd_start_t start, void *arg)
{
  struct birth *birth = malloc (sizeof *birth);
  if (!birth)
    return thrd_nomem;
  *birth = (struct birth){ .start.c11 = start, .arg = arg };
  int error = REAL_THRD_CREATE (thread, begin_c11, birth);
  if (error != thrd_success)
    free (birth);
  return error;
}
