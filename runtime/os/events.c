/* events.c: functions that give the kernel a pointer to give back later.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).
   epoll.  The kernel has a pointer for a descriptor in an epoll instance until
   it gets another one for it.  Removing a descriptor or closing it lets go of
   nothing here: events that were received before may still be in an array of
   struct epoll_event, which is packed, so that the collector does not see
   what is in it when it lies on a stack.  The descriptor's number is soon
   used again.  What is lost: the pointer of a descriptor that was closed while
   a duplicate keeps its registration alive, once its number is registered
   anew.

   Timers that send signals.  POSIX leaves open whether a signal that is
   pending when its timer is deleted is delivered.

   Message queues.  The function for a notification travels through the
   kernel, too.  */

#define _GNU_SOURCE
#include "base/hooks.h"
#include "os/real.h"
#include "os/signal-stack.h"

#include <mqueue.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#ifdef CAIRNI_STATIC
/* The C library's by their other names.  */
extern int ___timer_create (clockid_t clock, struct sigevent *event,
                            timer_t *timer);
extern int ___timer_delete (timer_t timer);
extern int __mq_notify (mqd_t queue, const struct sigevent *event);
#define REAL_TIMER_CREATE ___timer_create
#define REAL_TIMER_DELETE ___timer_delete
#define REAL_MQ_NOTIFY __mq_notify
#else
#define REAL_TIMER_CREATE CAIRNI_REAL (timer_create)
#define REAL_TIMER_DELETE CAIRNI_REAL (timer_delete)
#define REAL_MQ_NOTIFY CAIRNI_REAL (mq_notify)
#endif

struct control
{
  int instance, operation, fd;
  struct epoll_event *event;
};

static int
call_epoll_ctl (void *arg)
{
  const struct control *c = arg;
  return syscall (SYS_epoll_ctl, c->instance, c->operation, c->fd, c->event);
}

CAIRNI_PUBLIC int
epoll_ctl (int instance, int operation, int fd, struct epoll_event *event)
{
  struct control control = { instance, operation, fd, event };
  if ((operation != EPOLL_CTL_ADD && operation != EPOLL_CTL_MOD) || !event)
    return call_epoll_ctl (&control);
  return cairni_hooks.give (CAIRNI_EPOLL,
                            (uintptr_t)instance << 32 | (unsigned)fd,
                            event->data.ptr, call_epoll_ctl, &control);
}

CAIRNI_PUBLIC int
timer_create (clockid_t clock, struct sigevent *event, timer_t *timer)
{
  void *value = event ? event->sigev_value.sival_ptr : NULL;
  int error = REAL_TIMER_CREATE (clock, event, timer);
  cairni_signals_take_library ();
  if (error == 0)
    cairni_hooks.keep (CAIRNI_TIMER, (uintptr_t)*timer, value);
  return error;
}

CAIRNI_PUBLIC int
timer_delete (timer_t timer)
{
  int error = REAL_TIMER_DELETE (timer);
  if (error == 0)
    cairni_hooks.keep (CAIRNI_TIMER, (uintptr_t)timer, NULL);
  return error;
}

CAIRNI_PUBLIC int
mq_notify (mqd_t queue, const struct sigevent *event)
{
  struct sigevent copy = { .sigev_notify = SIGEV_NONE };
  if (event)
    copy = *event;
  int error = REAL_MQ_NOTIFY (queue, event);
  cairni_signals_take_library ();
  if (error == 0 && event)
    {
      cairni_hooks.keep (CAIRNI_QUEUE_VALUE, queue,
                         copy.sigev_value.sival_ptr);
      cairni_hooks.keep (CAIRNI_QUEUE_FUNCTION, queue,
                         copy.sigev_notify == SIGEV_THREAD
                             ? copy.sigev_notify_function
                             : NULL);
    }
  return error;
}
