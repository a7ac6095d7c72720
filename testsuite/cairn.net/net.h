/* net.h: what the programs of this area share.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include <cairn/chan.h>
#include <cairn/go.h>
#include <cairn/net.h>
#include <cairn/sync.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CHECK(cond)                                                            \
  do                                                                           \
    {                                                                          \
      if (!(cond))                                                             \
        {                                                                      \
          printf ("%s:%d: not so: %s\n", __FILE__, __LINE__, #cond);           \
          exit (1);                                                            \
        }                                                                      \
    }                                                                          \
  while (0)

/* Start FN (ARG), which takes a number.  */
#define GO(FN, NUMBER) cairn_go (FN, (void *)(intptr_t)(NUMBER))
#define NUMBER_OF(ARG) ((int)(intptr_t)(ARG))

/* A listener on the loopback, and its address.  */
__attribute__ ((unused)) static int
listen_somewhere (char address[32])
{
  int fd = cairn_listen ("127.0.0.1:0");
  CHECK (fd >= 0);
  snprintf (address, 32, "127.0.0.1:%d", cairn_port (fd));
  return fd;
}

/* Read exactly N bytes.  */
__attribute__ ((unused)) static int
read_all (int fd, void *buffer, size_t n)
{
  for (size_t done = 0; done < n;)
    {
      ssize_t got = cairn_read (fd, (char *)buffer + done, n - done);
      if (got <= 0)
        return 0;
      done += got;
    }
  return 1;
}
