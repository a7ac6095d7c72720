/* System calls and functions around them: what they keep, look at in a vector
   of buffers, and return into buffers.  */
#define _GNU_SOURCE
#include <aio.h>
#include <arpa/inet.h>
#include <getopt.h>
#include <libgen.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <pwd.h>
#include <regex.h>
#include <semaphore.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

int
events (int fd)
{
  int x = 1; /* { dg-escape "moved to heap: x" } */
  struct epoll_event e = { EPOLLIN, { .ptr = &x } };
  struct epoll_event got[4];
  struct pollfd polled = { fd, POLLIN, 0 };
  fd_set set;
  struct timeval timeout = { 0, 0 };
  FD_ZERO (&set);
  epoll_ctl (fd, EPOLL_CTL_ADD, fd, &e);
  return epoll_wait (fd, got, 4, 0) + poll (&polled, 1, 0)
         + select (fd, &set, 0, 0, &timeout);
}

/* What comes back is not known not to be a global's address.  */
void
events_come (int fd)
{
  int x = 1; /* { dg-escape "moved to heap: x" } */
  struct epoll_event got[4];
  epoll_wait (fd, got, 4, 0);
  *(int **) got[0].data.ptr = &x;
}

int
timers (void)
{
  int x = 1; /* { dg-escape "moved to heap: x" } */
  timer_t timer;
  struct itimerspec time = { { 0, 0 }, { 1, 0 } };
  struct sigevent e = { .sigev_notify = SIGEV_SIGNAL };
  e.sigev_value.sival_ptr = &x;
  timer_create (CLOCK_MONOTONIC, &e, &timer);
  return timer_settime (timer, 0, &time, NULL);
}

int
asynchronous (int fd)
{
  char bytes[10];  /* { dg-escape "moved to heap: bytes" } */
  struct aiocb cb; /* { dg-escape "moved to heap: cb" } */
  memset (&cb, 0, sizeof cb);
  cb.aio_fildes = fd;
  cb.aio_buf = bytes;
  cb.aio_nbytes = sizeof bytes;
  return aio_read (&cb);
}

/* The bytes that are written may be pointers; where they stand is not kept. */
int
vectors (int fd)
{
  int x = 1; /* { dg-escape "moved to heap: x" } */
  int y = 1; /* { dg-escape "moved to heap: y" } */
  int z = 2;
  int *p = &x, *q = &y, *r = &z;
  struct iovec v = { &p, sizeof p }, w = { &q, sizeof q }, u;
  struct msghdr m = { .msg_iov = &w, .msg_iovlen = 1 };
  u.iov_base = &r;
  u.iov_len = sizeof r;
  return writev (fd, &v, 1) + sendmsg (fd, &m, 0) + readv (fd, &u, 1) + *r;
}

void
vectors_come (int fd)
{
  int x = 1; /* { dg-escape "moved to heap: x" } */
  int y = 1; /* { dg-escape "moved to heap: y" } */
  int **p = 0, **q = 0;
  struct iovec v = { &p, sizeof p }, w = { &q, sizeof q };
  struct msghdr m = { .msg_iov = &w, .msg_iovlen = 1 };
  readv (fd, &v, 1);
  recvmsg (fd, &m, 0);
  *p = &x;
  *q = &y;
}

/* Static results and results in a buffer.  */
char *
name_in_buffer (uid_t uid)
{
  struct passwd entry, *result;
  char buffer[1000]; /* { dg-escape "moved to heap: buffer" } */
  getpwuid_r (uid, &entry, buffer, sizeof buffer, &result);
  return entry.pw_name;
}

char *
name_of_result (uid_t uid)
{
  struct passwd entry, *result;
  char buffer[1000]; /* { dg-escape "moved to heap: buffer" } */
  getpwuid_r (uid, &entry, buffer, sizeof buffer, &result);
  return result->pw_name;
}

struct passwd *
result (uid_t uid)
{
  struct passwd entry, *result; /* { dg-escape "moved to heap: entry" } */
  char buffer[1000]; /* { dg-escape "moved to heap: buffer" } */
  getpwuid_r (uid, &entry, buffer, sizeof buffer, &result);
  return result;
}

int
stays_in_buffer (const char *name) /* { dg-escape "name does not escape" } */
{
  struct hostent entry, *result;
  char buffer[1000], path[] = "/a/b", text[INET_ADDRSTRLEN];
  int error;
  struct in_addr address;
  gethostbyname_r (name, &entry, buffer, sizeof buffer, &result, &error);
  inet_pton (AF_INET, name, &address);
  return *entry.h_name + *basename (path)
         + *inet_ntop (AF_INET, &address, text, sizeof text);
}

int
options (int argc, char **argv) /* { dg-escape "leaking param content: argv" } */
{
  int flag;
  struct option all[] = { { "flag", 0, &flag, 1 }, { 0, 0, 0, 0 } };
  return getopt_long (argc, argv, "x:", all, NULL);
}

/* Nothing of these is kept.  */
int
looked_at (int fd)
{
  static sigjmp_buf outer;
  jmp_buf here;
  struct stat st;
  struct termios t;
  struct timespec ts = { 0, 0 };
  sigset_t mask;
  int status, pair[2];
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  pthread_attr_t attributes;
  sem_t semaphore;
  regex_t regex;
  regmatch_t match[2];
  if (setjmp (here) || sigsetjmp (outer, 1))
    return 0;
  fstat (fd, &st);
  tcgetattr (fd, &t);
  clock_nanosleep (CLOCK_REALTIME, 0, &ts, NULL);
  sigemptyset (&mask);
  pthread_sigmask (SIG_BLOCK, &mask, NULL);
  waitpid (-1, &status, 0);
  socketpair (AF_UNIX, SOCK_STREAM, 0, pair);
  pthread_mutex_lock (&mutex);
  pthread_attr_init (&attributes);
  sem_init (&semaphore, 0, 1);
  sem_wait (&semaphore);
  regcomp (&regex, "a", 0);
  regexec (&regex, "a", 2, match, 0);
  return status + pair[0] + match[0].rm_so;
}

char stack[65536];
int
thread_stack (void)
{
  pthread_attr_t attributes;
  void *where;
  size_t size;
  pthread_attr_setstack (&attributes, stack, sizeof stack);
  return pthread_attr_getstack (&attributes, &where, &size) + (where == stack);
}
