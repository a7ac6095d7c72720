/* main.c: the program serve.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

   A context says how long the server is wanted.  When it is cancelled, by a
   signal, no connection is accepted any more, those that wait for a request see
   the end of their input, and those that are being answered have as long as an
   answer may take.  */

#define _GNU_SOURCE
#include "serve.h"

#include <cairn/context.h>
#include <cairn/map.h>
#include <cairn/net.h>
#include <cairn/profile.h>
#include <cairn/sync.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static const char usage[]
    = "Usage: serve [--listen HOST:PORT] [--root FOLDER] [--timeout SECONDS]\n"
      "             [--pprof HOST:PORT]\n"
      "Serve files and a store of JSON texts over HTTP/1.1, until SIGINT or\n"
      "SIGTERM.\n"
      "\n"
      "  --listen HOST:PORT  where, 127.0.0.1:8080 if not given; port 0: any\n"
      "                      that is free\n"
      "  --root FOLDER       serve the files in FOLDER, . if not given\n"
      "  --timeout SECONDS   let a request or an answer take so long, 30 if "
      "not\n"
      "                      given\n"
      "  --pprof HOST:PORT   serve live profiles there, below /debug/pprof/\n"
      "  --help              print this text\n"
      "\n"
      "GET and HEAD of /PATH: a file, or a Range of it; / is index.html.  "
      "PUT,\n"
      "GET and DELETE of /store/KEY: a JSON text; GET of /store/: how many.\n"
      "\n"
      "Exit status: 0 after a signal, once all connections are closed; 1 if "
      "some\n"
      "had to be cut off; 2 if serve was called wrongly or cannot listen.\n";

/* The connections there are, by descriptor.  */
CAIRN_MAP (connections, int, struct connection *);
static struct connections *connections;
static struct cairn_mutex connections_lock;

static _Noreturn void
misused (const char *what, const char *argument)
{
  fprintf (stderr, "serve: %s%s; try serve --help\n", what, argument);
  exit (2);
}

static _Noreturn void
failed (const char *what)
{
  fprintf (stderr, "serve: %s: %s\n", what, strerror (errno));
  exit (2);
}

/* Signals write to a pipe, which a goroutine reads.  */
static int signal_pipe[2];

__attribute__ ((cairn_noheap)) static void
note_signal (int sig)
{
  int error = errno;
  char byte = sig;
  if (write (signal_pipe[1], &byte, 1) < 0)
    {
      /* There are more in the pipe than anybody reads.  */
    }
  errno = error;
}

static void
cancel_at_signal (struct cairn_context *context)
{
  struct sigaction action = { .sa_handler = note_signal };
  char byte;
  if (pipe2 (signal_pipe, O_CLOEXEC | O_NONBLOCK) < 0
      || sigaction (SIGINT, &action, NULL) < 0
      || sigaction (SIGTERM, &action, NULL) < 0)
    failed ("signals");
  cairn_go_do (cairn_read (signal_pipe[0], &byte, 1);
               cairn_context_cancel (context));
}

/* End all connections' input, or, with SHUT_RDWR, all of them at once.  */
static void
shut_all (int how)
{
  cairn_mutex_lock (&connections_lock);
  for (struct connections_iterator i = connections_begin (connections);
       connections_next (&i);)
    shutdown (i.key, how);
  cairn_mutex_unlock (&connections_lock);
}

static void
serve_one (struct connection *c, struct cairn_waitgroup *running)
{
  cairn_mutex_lock (&connections_lock);
  connections_set (connections, c->fd, c);
  cairn_mutex_unlock (&connections_lock);
  /* The server may have been stopped before it knew of this one.  */
  if (c->server->is_stopping)
    shutdown (c->fd, SHUT_RD);
  serve_connection (c);
  cairn_mutex_lock (&connections_lock);
  connections_delete (connections, c->fd);
  cairn_close_fd (c->fd);
  cairn_mutex_unlock (&connections_lock);
  cairn_waitgroup_done (running);
}

/* Serve who connects to LISTENER until CONTEXT is cancelled.  Returns the exit
   status.  */
static int
serve (int listener, struct server *server, struct cairn_context *context)
{
  struct cairn_waitgroup running = { 0 };
  connections = connections_make (0);
  cairn_go_do (cairn_receive (cairn_context_done (context));
               server->is_stopping = 1; cairn_close_fd (listener);
               shut_all (SHUT_RD));
  while (!cairn_context_err (context))
    {
      int fd = cairn_accept (listener, NULL, NULL);
      if (fd < 0 && !cairn_context_err (context))
        {
          /* There are too many connections, or too little memory.  */
          fprintf (stderr, "serve: accept: %s\n", strerror (errno));
          cairn_sleep (100 * CAIRN_MILLISECOND);
        }
      if (fd < 0)
        continue;
      struct connection c = { .fd = fd, .server = server };
      cairn_waitgroup_add (&running, 1);
      cairn_go_do (serve_one (&c, &running));
    }
  cairn_chan (char) all_done = cairn_make_chan (char, 0);
  cairn_go_do (cairn_waitgroup_wait (&running); cairn_close (all_done));
  switch (cairn_select (CAIRN_RECEIVE (all_done, NULL, NULL),
                        CAIRN_TIMEOUT (server->timeout_ns)))
    {
    case 0:
      return 0;
    default:
      fputs ("serve: connections were cut off\n", stderr);
      shut_all (SHUT_RDWR);
      return 1;
    }
}

int
main (int argc, char **argv)
{
  const char *address = "127.0.0.1:8080", *root = ".", *pprof = NULL;
  double seconds = 30;
  for (int i = 1; i < argc; i++)
    {
      char *end = "";
      if (strcmp (argv[i], "--help") == 0)
        {
          fputs (usage, stdout);
          return 0;
        }
      if (strcmp (argv[i], "--listen") != 0 && strcmp (argv[i], "--root") != 0
          && strcmp (argv[i], "--timeout") != 0
          && strcmp (argv[i], "--pprof") != 0)
        misused ("unknown option ", argv[i]);
      if (i + 1 == argc)
        misused ("something is missing behind ", argv[i]);
      switch (argv[i++][2])
        {
        case 'l':
          address = argv[i];
          break;
        case 'r':
          root = argv[i];
          break;
        case 'p':
          pprof = argv[i];
          break;
        default:
          seconds = strtod (argv[i], &end);
          if (*end || !(seconds > 0 && seconds < 1e6))
            misused ("the timeout must be a number of seconds, not ", argv[i]);
        }
    }

  struct server server = { .timeout_ns = seconds * 1e9 };
  struct cairn_context *context
      = cairn_context_with_cancel (cairn_context_background ());
  server.root = open (root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (server.root < 0)
    failed (root);
  int listener = cairn_listen (address);
  if (listener < 0)
    failed (address);
  cancel_at_signal (context);
  /* It says itself what is wrong.  */
  if (pprof && cairn_pprof_serve (pprof) < 0)
    return 2;
  printf ("listening on port %d\n", cairn_port (listener));
  fflush (stdout);
  return serve (listener, &server, context);
}
