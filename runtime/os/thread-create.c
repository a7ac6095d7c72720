/* thread-create.c: the process's pthread_create.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The wrapper attaches the new thread before it does anything, so that its
   stack and registers are roots from the start.  Until then the argument is
   kept by a record in manual memory, which is a root.  */

#define _GNU_SOURCE
#include "base/hooks.h"
#include "os/real.h"
#include "os/signals.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#ifdef CAIRNI_STATIC
/* The C library's pthread_create by its other name.  */
extern int __pthread_create (pthread_t *thread, const pthread_attr_t *attr,
                             void *(*start) (void *), void *arg);
#define REAL_CREATE __pthread_create
#else
#define REAL_CREATE CAIRNI_REAL (pthread_create)
#endif

struct birth
{
  void *(*start) (void *);
  void *arg;
};

static void *
begin (void *arg)
{
  struct birth *birth = arg;
  void *(*start) (void *) = birth->start;
  cairni_signals_unblock ();
  cairni_hooks.thread_begin ();
  arg = birth->arg;
  free (birth);
  return start (arg);
}

CAIRNI_PUBLIC int
pthread_create (pthread_t *thread, const pthread_attr_t *attr,
                void *(*start) (void *), void *arg)
{
  struct birth *birth = malloc (sizeof *birth);
  if (!birth)
    return EAGAIN;
  birth->start = start;
  birth->arg = arg;
  int error = REAL_CREATE (thread, attr, begin, birth);
  if (error)
    free (birth);
  return error;
}
