/* address.c: sockets for addresses that are written out.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A file of its own, so that programs that are linked statically bring the
   system's resolver only if they use it.  */

#define _GNU_SOURCE
#include "base/base.h"
#include "cairn/net.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>

/* The longest name of a host.  */
#define HOST_MAX 255

static int
fail (int error)
{
  errno = error;
  return -1;
}

/* Take ADDRESS, "HOST:PORT", apart; returns PORT, or NULL if it is malformed.
   HOST is empty if it is left out.  */
static const char *
take_apart (const char *address, char host[HOST_MAX + 1])
{
  const char *from = address, *colon = strrchr (address, ':');
  if (!colon || !colon[1])
    return NULL;
  size_t n = colon - from;
  if (*from == '[')
    {
      if (n < 2 || from[n - 1] != ']')
        return NULL;
      from++;
      n -= 2;
    }
  else if (memchr (from, ':', n))
    return NULL;
  if (n > HOST_MAX)
    return NULL;
  memcpy (host, from, n);
  host[n] = 0;
  return colon + 1;
}

/* The addresses that ADDRESS means, to be freed; NULL: errno says why not.  */
static struct addrinfo *
look_up (const char *address, int flags)
{
  char host[HOST_MAX + 1];
  const char *port = take_apart (address, host);
  struct addrinfo *found = NULL;
  if (!port)
    {
      errno = EINVAL;
      return NULL;
    }
  struct addrinfo wanted
      = { .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM };
  wanted.ai_flags = flags;
  int error = getaddrinfo (host[0] ? host : NULL, port, &wanted, &found);
  switch (error)
    {
    case 0:
      return found;
    case EAI_SYSTEM:
      break;
    case EAI_MEMORY:
      errno = ENOMEM;
      break;
    case EAI_AGAIN:
      errno = EAGAIN;
      break;
    default:
      errno = ENOENT;
    }
  return NULL;
}

CAIRNI_PUBLIC int
cairn_stream_socket (int family)
{
  return socket (family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

/* A socket that listens on the address of INFO; -1: errno says why not.  */
static int
listen_on (const struct addrinfo *info)
{
  int fd = cairn_stream_socket (info->ai_family), on = 1;
  if (fd < 0)
    return -1;
  setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind (fd, info->ai_addr, info->ai_addrlen) == 0
      && listen (fd, SOMAXCONN) == 0)
    return fd;
  int error = errno;
  cairn_close_fd (fd);
  return fail (error);
}

CAIRNI_PUBLIC int
cairn_listen (const char *address)
{
  struct addrinfo *infos = look_up (address, AI_PASSIVE);
  int fd = -1;
  for (struct addrinfo *info = infos; info && fd < 0; info = info->ai_next)
    fd = listen_on (info);
  if (infos)
    {
      int error = errno;
      freeaddrinfo (infos);
      errno = error;
    }
  return fd;
}

CAIRNI_PUBLIC int
cairn_resolve (const char *address, struct cairn_address *addresses, int max)
{
  struct addrinfo *infos = look_up (address, 0);
  int n = 0;
  if (!infos)
    return -1;
  for (struct addrinfo *info = infos; info && n < max; info = info->ai_next)
    if (info->ai_addrlen <= sizeof addresses[n].storage)
      {
        addresses[n].nbytes = info->ai_addrlen;
        memcpy (&addresses[n].storage, info->ai_addr, info->ai_addrlen);
        n++;
      }
  freeaddrinfo (infos);
  return n ? n : fail (ENOENT);
}

CAIRNI_PUBLIC int
cairn_port (int fd)
{
  union
  {
    struct sockaddr any;
    struct sockaddr_in in;
    struct sockaddr_in6 in6;
    struct sockaddr_storage storage;
  } address;
  socklen_t nbytes = sizeof address;
  if (getsockname (fd, &address.any, &nbytes) < 0)
    return -1;
  switch (address.any.sa_family)
    {
    case AF_INET:
      return ntohs (address.in.sin_port);
    case AF_INET6:
      return ntohs (address.in6.sin6_port);
    default:
      return fail (EAFNOSUPPORT);
    }
}
