/* serve-load.c: a load for showcase/serve.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

     serve-load SERVER WHAT CONNECTIONS REQUESTS

   Starts SERVER, opens CONNECTIONS, and sends REQUESTS over them, one on each
   and then the next: WHAT is `get', a JSON text of the store, `put', the same
   text anew, or `open', a new connection for each request.  Prints nanoseconds
   of processor time that the server took for a request.  */

#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static int port;

static void
die (const char *what)
{
  perror (what);
  exit (1);
}

static int
dial (void)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons (port),
                                 .sin_addr = { htonl (INADDR_LOOPBACK) } };
  int fd = socket (AF_INET, SOCK_STREAM, 0);
  if (fd < 0 || connect (fd, (struct sockaddr *)&address, sizeof address) < 0)
    die ("connect");
  return fd;
}

static void
ask (int fd, const char *request)
{
  size_t n = strlen (request);
  if (send (fd, request, n, MSG_NOSIGNAL) != (ssize_t)n)
    die ("send");
}

/* Read one answer, whose status must begin with 2.  */
static void
hear (int fd)
{
  char text[4096];
  size_t n = 0;
  for (;;)
    {
      ssize_t more = recv (fd, text + n, sizeof text - 1 - n, 0);
      if (more <= 0)
        die ("recv");
      text[n += more] = 0;
      char *end = strstr (text, "\r\n\r\n");
      char *length = strstr (text, "Content-Length: ");
      if (end && length && n >= (size_t)(end + 4 - text) + atol (length + 16))
        break;
    }
  if (text[9] != '2')
    {
      fprintf (stderr, "serve-load: %s\n", text);
      exit (1);
    }
}

static double
seconds (struct timeval t)
{
  return t.tv_sec + t.tv_usec / 1e6;
}

int
main (int argc, char **argv)
{
  if (argc != 5)
    {
      fprintf (stderr,
               "Usage: serve-load SERVER get|put|open CONNECTIONS REQUESTS\n");
      return 2;
    }
  int nconnections = atoi (argv[3]), output[2];
  long nrequests = atol (argv[4]);
  if (pipe (output) < 0)
    die ("pipe");
  pid_t server = fork ();
  if (server == 0)
    {
      dup2 (output[1], 1);
      execl (argv[1], argv[1], "--listen", "127.0.0.1:0", "--root", ".",
             (char *)NULL);
      _exit (127);
    }
  close (output[1]);
  FILE *from = fdopen (output[0], "r");
  if (fscanf (from, "listening on port %d", &port) != 1)
    die (argv[1]);

  char body[1001], put[1200];
  memset (body, '1', 1000);
  body[1000] = 0;
  for (int i = 2; i < 1000; i += 3)
    body[i] = ',';
  body[0] = '[';
  body[998] = '1';
  body[999] = ']';
  snprintf (
      put, sizeof put,
      "PUT /store/a HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n%s",
      body);
  const char *request = strcmp (argv[2], "put") == 0
                            ? put
                            : "GET /store/a HTTP/1.1\r\nHost: x\r\n\r\n";
  int first = dial ();
  ask (first, put);
  hear (first);
  close (first);

  int *fds = malloc (nconnections * sizeof *fds);
  for (int i = 0; i < nconnections; i++)
    fds[i] = dial ();
  for (long done = 0; done < nrequests; done += nconnections)
    {
      for (int i = 0; i < nconnections; i++)
        ask (fds[i], request);
      for (int i = 0; i < nconnections; i++)
        {
          hear (fds[i]);
          if (strcmp (argv[2], "open") == 0)
            {
              close (fds[i]);
              fds[i] = dial ();
            }
        }
    }
  for (int i = 0; i < nconnections; i++)
    close (fds[i]);
  kill (server, SIGTERM);
  int status;
  struct rusage usage;
  if (wait4 (server, &status, 0, &usage) < 0 || status != 0)
    die ("the server did not end well");
  printf ("measured cpu=%.0f\n",
          (seconds (usage.ru_utime) + seconds (usage.ru_stime)) * 1e9
              / nrequests);
  return 0;
}
