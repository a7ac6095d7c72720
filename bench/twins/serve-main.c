/* serve-main.c: the server of showcase/serve as C has it: a pthread for each
   connection, blocking calls with a timeout, an arena for each request.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

     serve --listen 127.0.0.1:0 --root FOLDER  */

#define _GNU_SOURCE
#include "serve.h"

#include <cairn/net.h>

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* -- What http.c calls.  */

int64_t
cairn_now (void)
{
  struct timespec t;
  clock_gettime (CLOCK_MONOTONIC, &t);
  return t.tv_sec * CAIRN_SECOND + t.tv_nsec;
}

/* The sockets have timeouts: a call that would have to wait has waited.  */
int
cairn_poll_wait (int fd, int events, int64_t timeout_ns)
{
  (void)fd, (void)events, (void)timeout_ns;
  return 0;
}

ssize_t
cairn_try_read (int fd, void *buffer, size_t nbytes)
{
  ssize_t n = recv (fd, buffer, nbytes, 0);
  return n < 0 && errno == EAGAIN ? CAIRN_WOULD_WAIT : n;
}

ssize_t
cairn_try_write (int fd, const void *buffer, size_t nbytes)
{
  ssize_t n = send (fd, buffer, nbytes, MSG_NOSIGNAL);
  return n < 0 && errno == EAGAIN ? CAIRN_WOULD_WAIT : n;
}

/* -- Connections.  */

static struct server server = { .timeout_ns = 30 * CAIRN_SECOND };
static volatile sig_atomic_t is_stopped;
static int listener;

static void
stop (int sig)
{
  (void)sig;
  is_stopped = 1;
  shutdown (listener, SHUT_RD);
}

static void *
serve_one (void *arg)
{
  struct connection *c = arg;
  serve_connection (c);
  close (c->fd);
  free (c);
  twin_free_all ();
  return NULL;
}

int
main (int argc, char **argv)
{
  struct sockaddr_in address
      = { .sin_family = AF_INET, .sin_addr = { htonl (INADDR_LOOPBACK) } };
  struct sigaction action = { .sa_handler = stop };
  socklen_t size = sizeof address;
  pthread_attr_t attributes;
  server.root = open (argc > 4 ? argv[4] : ".", O_RDONLY | O_DIRECTORY);
  listener = socket (AF_INET, SOCK_STREAM, 0);
  if (server.root < 0 || listener < 0
      || bind (listener, (struct sockaddr *)&address, size) < 0
      || listen (listener, 1024) < 0
      || getsockname (listener, (struct sockaddr *)&address, &size) < 0)
    {
      perror ("serve");
      return 2;
    }
  sigaction (SIGTERM, &action, NULL);
  printf ("listening on port %d\n", ntohs (address.sin_port));
  fflush (stdout);
  pthread_attr_init (&attributes);
  pthread_attr_setdetachstate (&attributes, PTHREAD_CREATE_DETACHED);
  /* For bodies that are nested deeply, though not as deeply as one likes.  */
  pthread_attr_setstacksize (&attributes, 8 << 20);
  while (!is_stopped)
    {
      struct timeval timeout = { 30, 0 };
      struct connection *c;
      pthread_t thread;
      int fd = accept (listener, NULL, NULL);
      if (fd < 0 || !(c = calloc (1, sizeof *c)))
        continue;
      setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
      setsockopt (fd, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout);
      c->fd = fd;
      c->server = &server;
      if (pthread_create (&thread, &attributes, serve_one, c) != 0)
        {
          close (fd);
          free (c);
        }
    }
  return 0;
}
