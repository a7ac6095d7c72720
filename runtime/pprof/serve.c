/* serve.c: HTTP, by libmicrohttpd.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A thread for each connection, as a profile takes its time; a few connections at
   once, and none that says nothing for long: who floods the server keeps others from
   it, but not the program from its work.

   A page of the web that the user looks at may ask for pages of a server on the same
   machine, by a name that leads there.  So a server that only this machine can reach
   answers only to names of this machine.  */

#define _GNU_SOURCE
#include "pprof/pprof.h"

#include <errno.h>
#include <limits.h>
#include <microhttpd.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_CONNECTIONS 16
#define MAX_SERVERS 8
#define TIMEOUT_S 20
#define HEADER_NBYTES ((size_t)32 << 10)
#define BODY_NBYTES ((size_t)1 << 20)
#define STACK_NBYTES ((size_t)1 << 20)

static void (*answer) (const struct cairni_request *request,
                       struct cairni_reply *reply);

static struct server
{
  int fd;
  bool is_local; /* Only this machine can reach it.  */
} servers[MAX_SERVERS];
static unsigned nservers;

/* What is known of a request until it is answered.  */
struct body
{
  char *bytes;
  size_t nbytes;
  bool is_too_large;
};

static const char *
get_argument (void *connection, const char *name)
{
  return MHD_lookup_connection_value (connection, MHD_GET_ARGUMENT_KIND, name);
}

static enum MHD_Result
send_reply (struct MHD_Connection *connection, struct cairni_reply *reply)
{
  struct MHD_Response *response = MHD_create_response_from_buffer (
      reply->nbytes, reply->bytes, MHD_RESPMEM_MUST_FREE);
  if (!response)
    {
      free (reply->bytes);
      return MHD_NO;
    }
  MHD_add_response_header (response, "Content-Type", reply->type);
  MHD_add_response_header (response, "X-Content-Type-Options", "nosniff");
  MHD_add_response_header (response, "Cache-Control", "no-store");
  MHD_add_response_header (response, "Content-Security-Policy",
                           "default-src 'none'; style-src 'unsafe-inline'");
  if (reply->location)
    MHD_add_response_header (response, "Location", reply->location);
  if (reply->file)
    {
      char text[100];
      snprintf (text, sizeof text, "attachment; filename=\"%s\"", reply->file);
      MHD_add_response_header (response, "Content-Disposition", text);
    }
  enum MHD_Result result
      = MHD_queue_response (connection, reply->status, response);
  MHD_destroy_response (response);
  return result;
}

static enum MHD_Result
refuse (struct MHD_Connection *connection, int status, const char *why)
{
  struct cairni_reply reply = { .status = status,
                                .type = "text/plain; charset=utf-8",
                                .bytes = strdup (why),
                                .nbytes = strlen (why) };
  return reply.bytes ? send_reply (connection, &reply) : MHD_NO;
}

/* Whether HOST, as in a request, is a name of this machine.  */
static bool
is_local_name (const char *host)
{
  size_t n = *host == '[' ? strcspn (host, "]") + 1 : strcspn (host, ":");
  static const char *const names[] = { "localhost", "127.0.0.1", "[::1]" };
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strlen (names[i]) == n && strncasecmp (host, names[i], n) == 0)
      return true;
  return false;
}

static enum MHD_Result
take_body (struct body *body, const char *part, size_t nbytes)
{
  if (body->is_too_large || body->nbytes + nbytes > BODY_NBYTES)
    {
      body->is_too_large = true;
      return MHD_YES;
    }
  char *bytes = realloc (body->bytes, body->nbytes + nbytes + 1);
  if (!bytes)
    return MHD_NO;
  memcpy (bytes + body->nbytes, part, nbytes);
  body->bytes = bytes;
  body->nbytes += nbytes;
  bytes[body->nbytes] = 0;
  return MHD_YES;
}

struct first
{
  const char *name;
};

static enum MHD_Result
note_first (void *arg, enum MHD_ValueKind kind, const char *name,
            const char *value)
{
  (void)kind;
  (void)value;
  ((struct first *)arg)->name = name;
  return MHD_NO;
}

static enum MHD_Result
handle (void *arg, struct MHD_Connection *connection, const char *path,
        const char *method, const char *version, const char *part,
        size_t *part_nbytes, void **state)
{
  const struct server *server = arg;
  struct body *body = *state;
  (void)version;
  if (!body)
    {
      *state = calloc (1, sizeof *body);
      return *state ? MHD_YES : MHD_NO;
    }
  if (*part_nbytes)
    {
      enum MHD_Result result = take_body (body, part, *part_nbytes);
      *part_nbytes = 0;
      return result;
    }
  const char *host
      = MHD_lookup_connection_value (connection, MHD_HEADER_KIND, "Host");
  if (server->is_local && host && !is_local_name (host))
    return refuse (connection, 403, "this server is for localhost\n");
  if (body->is_too_large)
    return refuse (connection, 413, "too much\n");
  struct first first = { NULL };
  MHD_get_connection_values (connection, MHD_GET_ARGUMENT_KIND, note_first,
                             &first);
  const struct cairni_request request = {
    .method = method,
    .path = path,
    .query = first.name,
    .body = body->bytes,
    .host = host,
    .context = connection,
    .argument = get_argument,
  };
  struct cairni_reply reply = { 0 };
  answer (&request, &reply);
  return send_reply (connection, &reply);
}

static void
forget (void *arg, struct MHD_Connection *connection, void **state,
        enum MHD_RequestTerminationCode why)
{
  struct body *body = *state;
  (void)arg;
  (void)connection;
  (void)why;
  if (body)
    free (body->bytes);
  free (body);
  *state = NULL;
}

/* Divide ADDRESS, "host:port", ":port" or "port".  False: it is none.  */
static bool
divide (const char *address, char *host, size_t nbytes, char *port)
{
  const char *colon = strrchr (address, ':');
  const char *digits = colon ? colon + 1 : address;
  size_t n = colon ? colon - address : 0, nport = strlen (digits);
  if (nport == 0 || nport > 5 || strspn (digits, "0123456789") != nport
      || atoi (digits) > 65535 || n >= nbytes)
    return false;
  if (n >= 2 && address[0] == '[' && address[n - 1] == ']')
    {
      address++;
      n -= 2;
    }
  memcpy (host, address, n);
  host[n] = 0;
  memcpy (port, digits, nport + 1);
  if (n == 0 || strcasecmp (host, "localhost") == 0)
    strcpy (host, "127.0.0.1");
  else if (strcmp (host, "*") == 0)
    strcpy (host, "0.0.0.0");
  return true;
}

static bool
is_loopback (const struct sockaddr *address)
{
  if (address->sa_family == AF_INET6)
    return IN6_IS_ADDR_LOOPBACK (
        &((const struct sockaddr_in6 *)address)->sin6_addr);
  return ntohl (((const struct sockaddr_in *)address)->sin_addr.s_addr) >> 24
         == 127;
}

/* A socket that listens at ADDRESS; a negative error number, and WHY.  */
static int
listen_at (const struct addrinfo *address, char *why, size_t nbytes)
{
  int one = 1, fd = socket (address->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd >= 0)
    setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (fd < 0 || bind (fd, address->ai_addr, address->ai_addrlen) != 0
      || listen (fd, 16) != 0)
    {
      int error = errno;
      if (fd >= 0)
        close (fd);
      snprintf (why, nbytes, "%s", strerror (error));
      return -error;
    }
  return fd;
}

static int
port_of (int fd)
{
  union
  {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
  } name;
  socklen_t nbytes = sizeof name;
  if (getsockname (fd, &name.any, &nbytes) != 0)
    return -errno;
  return ntohs (name.any.sa_family == AF_INET6 ? name.v6.sin6_port
                                               : name.v4.sin_port);
}

int
cairn_prof_serve (const char *address,
                  void (*fn) (const struct cairni_request *,
                              struct cairni_reply *),
                  char *why, size_t nbytes)
{
  char host[256], port[6];
  struct addrinfo *found, hints = { .ai_flags = AI_PASSIVE | AI_NUMERICSERV,
                                    .ai_socktype = SOCK_STREAM };
  if (nservers == MAX_SERVERS)
    {
      snprintf (why, nbytes, "there are too many servers");
      return -EMFILE;
    }
  if (!divide (address, host, sizeof host, port))
    {
      snprintf (why, nbytes, "an address is HOST:PORT, as localhost:6060");
      return -EINVAL;
    }
  int error = getaddrinfo (host, port, &hints, &found);
  if (error)
    {
      snprintf (why, nbytes, "%s", gai_strerror (error));
      return -EADDRNOTAVAIL;
    }
  struct server *server = &servers[nservers];
  server->is_local = is_loopback (found->ai_addr);
  server->fd = listen_at (found, why, nbytes);
  freeaddrinfo (found);
  if (server->fd < 0)
    return server->fd;
  answer = fn;
  int result = port_of (server->fd);
  if (!MHD_start_daemon (
          MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD
              | MHD_USE_POLL,
          0, NULL, NULL, handle, server, MHD_OPTION_LISTEN_SOCKET, server->fd,
          MHD_OPTION_CONNECTION_LIMIT, MAX_CONNECTIONS,
          MHD_OPTION_CONNECTION_TIMEOUT, TIMEOUT_S,
          MHD_OPTION_CONNECTION_MEMORY_LIMIT, HEADER_NBYTES,
          MHD_OPTION_THREAD_STACK_SIZE, STACK_NBYTES,
          MHD_OPTION_NOTIFY_COMPLETED, forget, NULL, MHD_OPTION_END))
    {
      snprintf (why, nbytes, "libmicrohttpd does not start");
      close (server->fd);
      return -EAGAIN;
    }
  nservers++;
  return result;
}

void
cairn_prof_stop_in_child (void)
{
  for (unsigned i = 0; i < nservers; i++)
    close (servers[i].fd);
  nservers = 0;
}
