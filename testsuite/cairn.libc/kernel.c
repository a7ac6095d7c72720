/* What only the kernel has until it gives it back: the data of events and of
   timers' signals.  */
/* { dg-options "-Wall -Wno-trampolines" } */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <signal.h>
#include <sys/epoll.h>
#include <time.h>
#include "../lib/check.h"

#define N 20

struct source { int n, read_from, write_to; };

static NOINLINE void watch (int instance, int n, int operation, int *fds)
{
  struct source source = { n, fds[0], fds[1] };
  struct epoll_event event = { EPOLLIN, { .ptr = &source } };
  CHECK (epoll_ctl (instance, operation, fds[0], &event) == 0);
}
static NOINLINE void check_watched (int instance, int first)
{
  struct epoll_event events[N];
  clobber ();
  int n = epoll_wait (instance, events, N, 0);
  CHECK (n == N);
  unsigned seen = 0;
  for (int i = 0; i < n; i++)
    {
      struct source *source = events[i].data.ptr;
      CHECK (source->n >= first && source->n < first + N);
      seen |= 1u << (source->n - first);
    }
  CHECK (seen == (1u << N) - 1);
}
static NOINLINE void epoll (void)
{
  int instance = epoll_create1 (0), fds[N][2];
  CHECK (instance >= 0);
  for (int i = 0; i < N; i++)
    {
      CHECK (pipe (fds[i]) == 0 && write (fds[i][1], "x", 1) == 1);
      watch (instance, i, EPOLL_CTL_ADD, fds[i]);
    }
  check_watched (instance, 0);
  for (int i = 0; i < N; i++)
    watch (instance, 100 + i, EPOLL_CTL_MOD, fds[i]);
  check_watched (instance, 100);
  /* What fails changes nothing.  */
  struct epoll_event event = { EPOLLIN, { .ptr = NULL } };
  errno = 0;
  CHECK (epoll_ctl (instance, EPOLL_CTL_ADD, fds[0][0], &event) == -1);
  CHECK (errno == EEXIST);
  check_watched (instance, 100);
  /* Numbers that are used again.  */
  for (int i = 0; i < N; i++)
    {
      int again[2];
      CHECK (epoll_ctl (instance, EPOLL_CTL_DEL, fds[i][0], NULL) == 0);
      CHECK (pipe (again) == 0 && dup2 (again[0], fds[i][0]) == fds[i][0]);
      CHECK (write (again[1], "x", 1) == 1 && close (again[0]) == 0);
      watch (instance, 200 + i, EPOLL_CTL_ADD, fds[i]);
    }
  check_watched (instance, 200);
}

static volatile int expired;

static void on_timer (int sig, siginfo_t *info, void *context)
{
  (void) sig;
  (void) context;
  CHECK (info->si_code == SI_TIMER);
  CHECK (*(int *) info->si_value.sival_ptr == 77);
  expired++;
}
static void on_thread (union sigval value)
{
  clobber ();
  CHECK (*(int *) value.sival_ptr == 77);
  __atomic_add_fetch (&expired, 1, __ATOMIC_SEQ_CST);
}
static NOINLINE timer_t new_timer (int how)
{
  int value = 77;
  timer_t timer;
  struct sigevent event;
  memset (&event, 0, sizeof event);
  event.sigev_notify = how;
  event.sigev_signo = SIGUSR1;
  event.sigev_value.sival_ptr = &value;
  if (how == SIGEV_THREAD)
    event.sigev_notify_function = on_thread;
  CHECK (timer_create (CLOCK_MONOTONIC, &event, &timer) == 0);
  return timer;
}
static NOINLINE void timers (int how)
{
  struct sigaction action;
  memset (&action, 0, sizeof action);
  action.sa_sigaction = on_timer;
  action.sa_flags = SA_SIGINFO;
  CHECK (sigaction (SIGUSR1, &action, NULL) == 0);
  timer_t timers[N];
  for (int i = 0; i < N; i++)
    timers[i] = new_timer (how);
  clobber ();
  expired = 0;
  for (int i = 0; i < N; i++)
    {
      struct itimerspec soon = { { 0, 0 }, { 0, 1000 } };
      CHECK (timer_settime (timers[i], 0, &soon, NULL) == 0);
      struct timespec pause = { 0, 1000000 };
      while (expired == i)
        nanosleep (&pause, NULL);
    }
  for (int i = 0; i < N; i++)
    CHECK (timer_delete (timers[i]) == 0);
}

typedef void notified (union sigval);

static NOINLINE notified *notification (int n)
{
  int x = n;
  void notify (union sigval value)
  {
    clobber ();
    CHECK (x == n && *(int *) value.sival_ptr == n);
    __atomic_add_fetch (&expired, 1, __ATOMIC_SEQ_CST);
  }
  return notify;
}
static NOINLINE void ask (mqd_t queue, int n)
{
  int value = n;
  struct sigevent event;
  memset (&event, 0, sizeof event);
  event.sigev_notify = SIGEV_THREAD;
  event.sigev_notify_function = notification (n);
  event.sigev_value.sival_ptr = &value;
  CHECK (mq_notify (queue, &event) == 0);
}
static NOINLINE void messages (void)
{
  char name[50], got[16];
  struct mq_attr attributes = { .mq_maxmsg = 1, .mq_msgsize = sizeof got };
  snprintf (name, sizeof name, "/cairn-test-%d", (int) getpid ());
  mqd_t queue = mq_open (name, O_CREAT | O_RDWR, 0600, &attributes);
  /* Not every container has message queues.  */
  if (queue == (mqd_t) -1)
    return;
  mq_unlink (name);
  expired = 0;
  for (int i = 0; i < 5; i++)
    {
      ask (queue, i);
      clobber ();
      CHECK (mq_send (queue, "x", 1, 0) == 0);
      struct timespec pause = { 0, 1000000 };
      while (expired == i)
        nanosleep (&pause, NULL);
      CHECK (mq_receive (queue, got, sizeof got, NULL) == 1);
    }
}

int
main (void)
{
  epoll ();
  timers (SIGEV_SIGNAL);
  timers (SIGEV_THREAD);
  messages ();
  return 0;
}
