/* A TCP echo server with a goroutine for each connection: reading and writing
   look as if they waited, and hold up no thread.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include <cairn/net.h>
#include <cairn/sync.h>

#include <stdio.h>
#include <string.h>

enum
{
  /* Both ends are here, so each takes two descriptors.  */
  NCLIENTS = 250
};

static char address[32];
static struct cairn_waitgroup connected, echoed;
static int nright;

/* Send everything back, line or not, until the client is done.  */
static void
serve (int connection)
{
  char text[512];
  ssize_t n;
  while ((n = cairn_read (connection, text, sizeof text)) > 0)
    if (cairn_write (connection, text, n) < 0)
      break;
  cairn_close_fd (connection);
}

static void
accept_all (int listener)
{
  for (;;)
    {
      /* Each time a variable of its own, for the goroutine.  */
      int connection = cairn_accept (listener, NULL, NULL);
      if (connection < 0)
        break;
      cairn_go_do (serve (connection));
    }
}

/* Wait until all are connected, then say something and hear it.  */
static void
ask (int number)
{
  char text[64], answer[64] = "";
  int connection = cairn_dial (address);
  cairn_waitgroup_done (&connected);
  cairn_waitgroup_wait (&connected);
  size_t n = snprintf (text, sizeof text, "This is client %d.", number);
  if (connection >= 0 && cairn_write (connection, text, n) >= 0)
    for (size_t got = 0; got < n;)
      {
        ssize_t more = cairn_read (connection, answer + got, n - got);
        if (more <= 0)
          break;
        got += more;
      }
  if (strcmp (text, answer) == 0)
    __atomic_add_fetch (&nright, 1, __ATOMIC_RELAXED);
  if (number == 7)
    printf ("client 7 hears: %s\n", answer);
  cairn_close_fd (connection);
  cairn_waitgroup_done (&echoed);
}

int
main (void)
{
  int listener = cairn_listen ("127.0.0.1:0");
  if (listener < 0)
    {
      perror ("cairn_listen");
      return 1;
    }
  snprintf (address, sizeof address, "127.0.0.1:%d", cairn_port (listener));
  cairn_go_do (accept_all (listener));

  cairn_waitgroup_add (&connected, NCLIENTS);
  cairn_waitgroup_add (&echoed, NCLIENTS);
  for (int i = 0; i < NCLIENTS; i++)
    {
      int number = i;
      cairn_go_do (ask (number));
    }
  cairn_waitgroup_wait (&echoed);
  printf ("%d of %d connections were echoed, all open at once\n", nright,
          NCLIENTS);
  cairn_close_fd (listener);
  return 0;
}
