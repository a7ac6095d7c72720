/* Connections are accepted and made, and what is written arrives, between
   goroutines; each has state on its stack over every wait.  */

#include "net.h"

enum
{
  NCLIENTS = 40,
  NROUNDS = 20
};

static char address[32];
static struct cairn_waitgroup clients, servers;

static void
serve (void *arg)
{
  int fd = NUMBER_OF (arg);
  char buffer[100], *p = buffer;
  for (ssize_t n; (n = cairn_read (fd, p, sizeof buffer)) > 0;)
    CHECK (cairn_write (fd, buffer, n) == n);
  CHECK (cairn_close_fd (fd) == 0);
  cairn_waitgroup_done (&servers);
}

static void
ask (void *arg)
{
  int id = NUMBER_OF (arg), fd = cairn_dial (address);
  CHECK (fd >= 0);
  for (int i = 0; i < NROUNDS; i++)
    {
      char text[40], answer[40];
      int n = snprintf (text, sizeof text, "%d says %d", id, i);
      CHECK (cairn_write (fd, text, n) == n);
      CHECK (read_all (fd, answer, n));
      CHECK (memcmp (text, answer, n) == 0);
    }
  CHECK (cairn_close_fd (fd) == 0);
  cairn_waitgroup_done (&clients);
}

static void
accept_all (void *arg)
{
  int listener = NUMBER_OF (arg), fd;
  while ((fd = cairn_accept (listener, NULL, NULL)) >= 0)
    {
      CHECK (fcntl (fd, F_GETFL) & O_NONBLOCK);
      CHECK (fcntl (fd, F_GETFD) & FD_CLOEXEC);
      GO (serve, fd);
    }
  CHECK (errno == EBADF);
  cairn_waitgroup_done (&servers);
}

int
main (void)
{
  int listener = listen_somewhere (address);
  cairn_waitgroup_add (&clients, NCLIENTS);
  cairn_waitgroup_add (&servers, NCLIENTS + 1);
  GO (accept_all, listener);
  for (int i = 0; i < NCLIENTS; i++)
    GO (ask, i);
  cairn_waitgroup_wait (&clients);
  CHECK (cairn_close_fd (listener) == 0);
  cairn_waitgroup_wait (&servers);

  /* Nobody is there any more, or was; no such address.  */
  CHECK (cairn_dial (address) == -1 && errno == ECONNREFUSED);
  CHECK (cairn_dial ("127.0.0.1") == -1 && errno == EINVAL);
  CHECK (cairn_dial ("::1:80") == -1 && errno == EINVAL);
  CHECK (cairn_dial ("[::1:80") == -1 && errno == EINVAL);
  CHECK (cairn_dial ("127.0.0.1:") == -1 && errno == EINVAL);
  CHECK (cairn_listen ("127.0.0.1:no-such-service") == -1 && errno == ENOENT);
  return 0;
}
