/* net.h: input and output that wait without holding up a thread.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   For sockets, pipes, terminals and whatever else can be polled.  A function
   here tries its system call, which is told not to wait; if it would have to,
   the goroutine waits until the descriptor is ready, and others run.  Threads
   that the program made itself may call all of them, too, and wait as threads
   do; signal handlers may not.

     int listener = cairn_listen ("127.0.0.1:8080");
     for (int fd; (fd = cairn_accept (listener, NULL, NULL)) >= 0;)
       cairn_go (serve, (void *)(intptr_t)fd);

   Any number of goroutines may wait for one descriptor.  They are woken when
   cairn_close_fd closes it; not when close does, so use that only on what
   nobody waits for.  Descriptors that are no sockets, those that connections
   are accepted on, and those that are connected are set to O_NONBLOCK, which
   their duplicates, also in other processes, share.  Regular files never make
   anybody wait here.

   Unless said otherwise the result is -1 and errno set if something failed:
   EBADF when the descriptor was closed meanwhile.  */

#ifndef CAIRN_NET_H
#define CAIRN_NET_H

#include <cairn/go.h>

#include <poll.h>
#include <sys/socket.h>
#include <sys/types.h>

/* -- What the functions below are made of.  */

/* The would-be result of a call that would have to wait.  */
#define CAIRN_WOULD_WAIT (-2)

/* Wait until FD is ready for one of EVENTS, as poll names them, or has failed,
   but at most TIMEOUT_NS; for ever if that is negative.  Returns the events
   that happened; 0 if the time is over; or an error number, negated.  The
   goroutine may be woken though nothing has happened, so try, and wait again.
 */
extern int cairn_poll_wait (int FD, int EVENTS, int64_t TIMEOUT_NS);

/* Do it now, or return CAIRN_WOULD_WAIT.  */
extern ssize_t cairn_try_read (int FD, void *BUFFER, size_t NBYTES)
    CAIRN_NOESCAPE ();
extern ssize_t cairn_try_write (int FD, const void *BUFFER, size_t NBYTES)
    CAIRN_NOESCAPE ();
extern int cairn_try_accept (int FD, struct sockaddr *ADDR,
                             socklen_t *ADDR_NBYTES) CAIRN_NOESCAPE ();

/* With ADDR NULL: go on with what would have to wait.  */
extern int cairn_try_connect (int FD, const struct sockaddr *ADDR,
                              socklen_t ADDR_NBYTES) CAIRN_NOESCAPE ();

/* Returns which of EVENTS have happened, or others as poll does, or 0.  */
extern int cairn_try_poll (int FD, int EVENTS);

/* Set errno to ERROR, if that is not 0.  Returns 0, or then -1.  */
extern int cairn_set_errno (int ERROR);

/* Wait until FD, in which a call would have to wait, is ready for EVENTS.
   Returns 0.  */
static inline int
cairn_wait_ready_ (int FD, int EVENTS)
{
  int cairn_result = cairn_poll_wait (FD, EVENTS, -1);
  return cairn_result < 0 ? cairn_set_errno (-cairn_result) : 0;
}

/* -- Input and output.  */

/* Read at most NBYTES, but at least one, unless this is the end.  Returns how
   many; 0 at the end.  */
static inline ssize_t
cairn_read (int FD, void *BUFFER, size_t NBYTES)
{
  ssize_t cairn_n;
  while ((cairn_n = cairn_try_read (FD, BUFFER, NBYTES)) == CAIRN_WOULD_WAIT)
    if (cairn_wait_ready_ (FD, POLLIN) < 0)
      return -1;
  return cairn_n;
}

/* Write all NBYTES; returns as many.  If it fails, some may have been written
   already.  A socket whose peer is gone fails with EPIPE, and no signal is
   sent.  */
static inline ssize_t
cairn_write (int FD, const void *BUFFER, size_t NBYTES)
{
  size_t cairn_done = 0;
  do
    {
      ssize_t cairn_n = cairn_try_write (FD, (const char *)BUFFER + cairn_done,
                                         NBYTES - cairn_done);
      if (cairn_n >= 0)
        cairn_done += cairn_n;
      else if (cairn_n != CAIRN_WOULD_WAIT
               || cairn_wait_ready_ (FD, POLLOUT) < 0)
        return -1;
    }
  while (cairn_done < NBYTES);
  return cairn_done;
}

/* -- Connections.  */

/* Accept a connection on FD.  Returns its descriptor, which is set to
   O_NONBLOCK and closed by exec.  ADDR and ADDR_NBYTES are those of accept;
   both may be NULL.  */
static inline int
cairn_accept (int FD, struct sockaddr *ADDR, socklen_t *ADDR_NBYTES)
{
  int cairn_fd;
  while ((cairn_fd = cairn_try_accept (FD, ADDR, ADDR_NBYTES))
         == CAIRN_WOULD_WAIT)
    if (cairn_wait_ready_ (FD, POLLIN) < 0)
      return -1;
  return cairn_fd;
}

/* Connect FD to ADDR.  Returns 0.  */
static inline int
cairn_connect (int FD, const struct sockaddr *ADDR, socklen_t ADDR_NBYTES)
{
  int cairn_result = cairn_try_connect (FD, ADDR, ADDR_NBYTES);
  while (cairn_result == CAIRN_WOULD_WAIT)
    {
      if (cairn_wait_ready_ (FD, POLLOUT) < 0)
        return -1;
      cairn_result = cairn_try_connect (FD, NULL, 0);
    }
  return cairn_result;
}

/* -- Any descriptor.  */

/* Wait until one of EVENTS, as poll names them, has happened to FD, at most
   TIMEOUT_NS; not at all if that is 0, for ever if it is negative.  Returns the
   events that happened, among which may be POLLERR and POLLHUP; 0 if the time
   is over.  */
static inline int
cairn_poll (int FD, int EVENTS, int64_t TIMEOUT_NS)
{
  int64_t cairn_start = TIMEOUT_NS > 0 ? cairn_now () : 0;
  int64_t cairn_left = TIMEOUT_NS;
  for (;;)
    {
      int cairn_events = cairn_try_poll (FD, EVENTS);
      if (cairn_events != 0 || cairn_left == 0)
        return cairn_events;
      int cairn_result = cairn_poll_wait (FD, EVENTS, cairn_left);
      if (cairn_result < 0)
        return cairn_set_errno (-cairn_result);
      if (TIMEOUT_NS > 0)
        {
          cairn_left = TIMEOUT_NS - (cairn_now () - cairn_start);
          if (cairn_left < 0)
            cairn_left = 0;
        }
    }
}

/* Close FD, as close does, and wake who waits for it: their calls fail with
   EBADF.  Returns 0.  */
extern int cairn_close_fd (int FD);

/* -- Addresses: "HOST:PORT", "[HOST]:PORT" if HOST has colons, or ":PORT": all
   addresses of this machine, or for cairn_dial the loopback.  HOST and PORT are
   names or numbers; to look names up takes its time.  */

/* Listen on ADDRESS; the port may be 0: the system chooses one.  Returns a
   descriptor like that of cairn_accept; errno is EINVAL if ADDRESS is not like
   that, and ENOENT if there is no such host or port.  */
extern int cairn_listen (const char *ADDRESS) CAIRN_NOESCAPE ();

/* The port that FD, a socket of the internet, has on this side.  */
extern int cairn_port (int FD);

/* The addresses that a connection to ADDRESS can be made to, at most MAX, in
   order of preference.  Returns how many.  */
struct cairn_address
{
  socklen_t nbytes;
  struct sockaddr_storage storage;
};
extern int cairn_resolve (const char *ADDRESS, struct cairn_address *ADDRESSES,
                          int MAX) CAIRN_NOESCAPE ();

/* A stream socket for addresses of FAMILY, set to O_NONBLOCK and closed by
   exec.  */
extern int cairn_stream_socket (int FAMILY);

/* Connect to ADDRESS.  Returns a descriptor like that of cairn_accept.  */
static inline int
cairn_dial (const char *ADDRESS)
{
  struct cairn_address cairn_to[4];
  int cairn_n = cairn_resolve (ADDRESS, cairn_to, 4);
  for (int cairn_i = 0; cairn_i < cairn_n; cairn_i++)
    {
      const struct sockaddr *cairn_addr
          = (const struct sockaddr *)&cairn_to[cairn_i].storage;
      int cairn_fd = cairn_stream_socket (cairn_addr->sa_family);
      if (cairn_fd < 0)
        return -1;
      if (cairn_connect (cairn_fd, cairn_addr, cairn_to[cairn_i].nbytes) == 0)
        return cairn_fd;
      cairn_close_fd (cairn_fd);
    }
  return -1;
}

#endif /* CAIRN_NET_H */
